import { type DealId, Decimal, type Direction, type GoodTill, systemClock, type WorkingOrder } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import type { PressOutcome } from '../../host/press-outcome.ts'
import type { PressIntent } from '../../host/press-text.ts'
import type { CommonOptions } from '../command-context.ts'
import { misused } from '../flag-values.ts'
import { dealIdOf, epicOf } from '../name-values.ts'
import { EXITING, runPress, type TradeDeed } from './run-press.ts'

export interface PlaceOptions extends CommonOptions {
  readonly level?: string
  readonly type: 'limit' | 'stop'
  readonly size?: string
  readonly stop?: string | false
  readonly limit?: string
  readonly until?: string
  readonly confirmLive?: string
}

type PlacedIntent = Extract<PressIntent, { kind: 'place' }>

/** Rests an order at a level. What is left out is as in the market's preset. */
export function runPlace(side: string, name: string, options: PlaceOptions): Promise<number> {
  const direction = directionOf(side)
  const epic = epicOf(name)
  const { level, type, size, stop, limit, until } = options
  if (level === undefined)
    throw new ExitError(EXIT.usage, 'expected --level, at which the order deals, but got none; give it')
  const intent: PlacedIntent = {
    kind: 'place',
    epic,
    direction,
    orderKind: type,
    level: new Decimal(level),
    ...(size !== undefined && { size: new Decimal(size) }),
    ...(stop !== undefined && { stopPoints: stop === false ? null : new Decimal(stop) }),
    ...(limit !== undefined && { limitPoints: new Decimal(limit) }),
    ...(until !== undefined && { goodTill: goodTillOf(until) }),
  }
  const words = `place an order to ${direction} ${size ?? 'the size of the preset'} ${epic} at ${level}`
  return runPress(
    options,
    { kind: 'order', words, confirm: options.confirmLive, epic: () => epic },
    async (press, { ig }) => {
      await ig.markets.get(epic)
      return press(intent)
    },
  )
}

function directionOf(side: string): Direction {
  const direction = side.toUpperCase()
  if (direction === 'BUY' || direction === 'SELL') return direction
  throw misused('the side', 'buy or sell', side, 'see scalpdesk order place --help')
}

/** @throws ExitError for a time that is none, or is over */
function goodTillOf(text: string): GoodTill {
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(text)
  const atMs = isTime ? Date.parse(text) : Number.NaN
  if (Number.isNaN(atMs)) throw misused('--until', 'a time in UTC such as 2026-01-05T16:00Z', text)
  if (atMs > systemClock.nowMs()) return { atMs }
  throw misused('--until', 'a time that is still to come', text)
}

export function runCancel(name: string, options: CommonOptions): Promise<number> {
  const dealId = dealIdOf(name)
  return runPress(options, EXITING, press => press({ kind: 'cancel', orders: { dealId } }))
}

export interface AmendOptions extends CommonOptions {
  readonly level?: string
  readonly stop?: string | false
  readonly limit?: string | false
  readonly until?: string
  readonly confirmLive?: string
}

/**
 * Cancels a working order and places it anew as it shall be, under the guard's eyes. Nothing is placed unless the cancellation is
 * certain: an order that filled meanwhile is a position, and a second one would double it.
 */
export function runAmend(name: string, options: AmendOptions): Promise<number> {
  const dealId = dealIdOf(name)
  const { level, stop, limit, until } = options
  if (level === undefined && stop === undefined && limit === undefined && until === undefined)
    throw new ExitError(
      EXIT.usage,
      'expected what shall change, --level, --stop, --limit or --until, but got none of them; see scalpdesk order amend --help',
    )
  const goodTill = until === undefined ? undefined : goodTillOf(until)
  const deed: TradeDeed = {
    kind: 'order',
    words: `cancel ${dealId} and place it anew`,
    confirm: options.confirmLive,
    epic: async ({ ig }) => (await ig.orders.list()).find(order => order.dealId === dealId)?.epic ?? null,
  }
  return runPress(options, deed, async (press, { ig }) => {
    const resting = (await ig.orders.list()).find(order => order.dealId === dealId)
    if (!resting) return NOT_RESTING(dealId)
    const intent = replacement(resting, options, goodTill)
    const cancelled = await press({ kind: 'cancel', orders: { dealId } })
    if (cancelled.outcome !== 'done') return cancelled
    const placed = await press(intent)
    const words =
      placed.outcome === 'done'
        ? `${cancelled.words}\n${placed.words}`
        : `${placed.words}\nThe order ${dealId} was cancelled for it, and nothing rests in its place as far as is known`
    return { ...placed, words, orders: [...cancelled.orders, ...placed.orders] }
  })
}

const NOT_RESTING = (dealId: DealId): PressOutcome => ({
  outcome: 'nothing',
  words: `NOTHING TO AMEND: the broker lists no working order ${dealId}; look with scalpdesk orders`,
  denial: null,
  orders: [],
})

/** @throws ExitError where the broker does not say what has to be said again */
function replacement(
  order: WorkingOrder,
  { level, stop, limit }: AmendOptions,
  goodTill: GoodTill | undefined,
): PlacedIntent {
  const { epic, direction, size, kind, goodTillAtMs, stopDistancePoints, limitDistancePoints, isGuaranteed } = order
  const at = level === undefined ? order.level : new Decimal(level)
  if (!direction || !size || !at || (kind !== 'limit' && kind !== 'stop') || isGuaranteed)
    throw new ExitError(
      EXIT.failed,
      isGuaranteed
        ? 'expected an order without a guaranteed stop, but it has one, which cannot be placed anew from here; cancel it and place another'
        : 'expected the broker to say side, size, level and type of the order, but it does not; cancel it and place another',
    )
  return {
    kind: 'place',
    epic,
    direction,
    size,
    orderKind: kind,
    level: at,
    stopPoints: changed(stop, stopDistancePoints),
    limitPoints: changed(limit, limitDistancePoints),
    goodTill: goodTill ?? (goodTillAtMs === null ? 'cancelled' : { atMs: goodTillAtMs }),
  }
}

function changed(wanted: string | false | undefined, now: Decimal | null): Decimal | null {
  if (wanted === undefined) return now
  return wanted === false ? null : new Decimal(wanted)
}
