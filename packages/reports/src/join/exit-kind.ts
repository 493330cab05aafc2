import type { Decimal, Direction } from '@scalpdesk/sdk'
import type { BrokerActivity } from '../day-facts.ts'
import type { TradeDeal } from '../trade.ts'
import type { Restop } from './deal-activity.ts'

/** What a position had when it was closed. */
export interface Legs {
  readonly direction: Direction
  readonly stop: Decimal | null
  readonly limit: Decimal | null
  readonly isTrailing: boolean
  readonly restops: readonly Restop[]
}

export interface ExitKind {
  readonly how: TradeDeal['how']
  /** Of the stop or limit that closed it; null of one that trailed. */
  readonly legLevel: Decimal | null
}

/**
 * IG names no cause of a close. What the system closed at or beyond the stop that stood then, its stop closed; so for the limit. Beyond
 * neither it says nothing, unless the stop trailed: that moves without a row.
 */
export function exitKind({ channel, atMs }: BrokerActivity, level: Decimal | null, legs: Legs): ExitKind {
  if (channel === 'public-web-api') return { how: 'market', legLevel: null }
  if (channel !== 'system') return { how: 'elsewhere', legLevel: null }
  const last = legs.restops.findLast(each => each.atMs === null || atMs === null || each.atMs <= atMs)
  const { stop, limit, isTrailing } = last ?? legs
  if (!level) return { how: 'unknown', legLevel: null }
  const isLong = legs.direction === 'BUY'
  if (stop && (isLong ? level.lte(stop) : level.gte(stop))) return { how: 'stop', legLevel: isTrailing ? null : stop }
  if (limit && (isLong ? level.gte(limit) : level.lte(limit))) return { how: 'limit', legLevel: limit }
  return { how: isTrailing ? 'stop' : 'unknown', legLevel: null }
}
