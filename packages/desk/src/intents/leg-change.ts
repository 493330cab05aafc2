import { type DealId, Decimal, type Direction, type Epic, type Market } from '@scalpdesk/sdk'
import { areSameLegs, type Holding, type Legs } from '../book/holding.ts'
import type { OrderId } from '../orders/order.ts'
import { unreachable } from '../unreachable.ts'
import { type Message, message } from '../words/message.ts'
import type { Intent, Leg, LegPlace } from './intent.ts'

export type LegIntent = Extract<
  Intent,
  { kind: 'breakeven' | 'move-leg' | 'set-leg' | 'tighten' | 'remove-limit' | 'trail' }
>

/** A change of the legs of one position that the trader asked for, and that was not sent yet. */
export interface LegChange {
  /** Of the order that it becomes. */
  readonly id: OrderId
  readonly dealId: DealId
  readonly epic: Epic
  readonly intent: LegIntent
  readonly pressedAtMs: number
  /** It is not sent after this. */
  readonly untilMs: number
}

export type NewLegs =
  | { readonly kind: 'legs'; readonly legs: Legs }
  | { readonly kind: 'nothing'; readonly why: Message }

/** What a change is worked out from; null is what nobody knows. */
export interface LegSurroundings {
  readonly market: Market | null
  /** At which the position would close now. */
  readonly price: Decimal | null
}

/** Both legs as they shall be, because an amendment replaces both. Exact. */
export function changedLegs(shown: Holding, intent: LegIntent, around: LegSurroundings): NewLegs {
  const sign = shown.direction === 'BUY' ? 1 : -1
  const holding = followed(shown, around, sign)
  const found = newLegs({ holding, around, sign }, intent)
  if (found.kind === 'legs' && !areFigures(found.legs)) return nothing(message('no-figure'))
  return found.kind === 'legs' && areSameLegs(found.legs, holding) ? nothing(message('so-already')) : found
}

/**
 * A stop that trails has followed the price since it was told of, to within its distance and a step: an amendment that says where it
 * was would take it back.
 */
function followed(shown: Holding, around: LegSurroundings, sign: 1 | -1): Holding {
  const { direction, stopLevel, trailingStop } = shown
  if (stopLevel === null || trailingStop === null || around.price === null) return shown
  const { distancePoints, stepPoints } = trailingStop
  const least = moveBy(shown, around, around.price, distancePoints.plus(stepPoints).times(-sign))
  return least && isNearer(direction, least, stopLevel) ? { ...shown, stopLevel: least } : shown
}

function areFigures({ stopLevel, limitLevel, trailingStop }: Legs): boolean {
  const { distancePoints = null, stepPoints = null } = trailingStop ?? {}
  return [stopLevel, limitLevel, distancePoints, stepPoints].every(figure => figure === null || figure.isFinite())
}

interface Change {
  readonly holding: Holding
  readonly around: LegSurroundings
  /** Times a distance: towards more profit. */
  readonly sign: 1 | -1
}

function newLegs(change: Change, intent: LegIntent): NewLegs {
  const { holding } = change
  switch (intent.kind) {
    case 'breakeven':
      return breakeven(change)
    case 'move-leg':
      return moveLeg(change, intent.leg, intent.byPoints)
    case 'set-leg':
      return setLeg(change, intent.leg, intent.to)
    case 'tighten':
      return tighten(change, intent.byPoints)
    case 'remove-limit':
      return legs(holding, { limitLevel: null })
    case 'trail':
      return trail(change, intent.trailing)
    default:
      return unreachable(intent)
  }
}

function breakeven({ holding, around }: Change): NewLegs {
  const { level, direction, stopLevel } = holding
  if (!level) return nothing(message('opening-level-unknown'))
  const stop = inDecimals(level, around.market)
  if (stopLevel && isNearer(direction, stopLevel, stop)) return nothing(message('stop-nearer-already'))
  if (around.price && !isNearer(direction, around.price, stop)) return nothing(message('price-not-passed'))
  return legs(holding, { stopLevel: stop })
}

function moveLeg({ holding, around }: Change, leg: 'stop' | 'limit', byPoints: Decimal): NewLegs {
  const level = leg === 'stop' ? holding.stopLevel : holding.limitLevel
  if (!level) return nothing(message('no-such-leg', { leg }))
  const moved = moveBy(holding, around, level, byPoints)
  if (!moved) return nothing(message('point-unknown'))
  return legs(holding, leg === 'stop' ? { stopLevel: moved } : { limitLevel: moved })
}

function setLeg({ holding, around, sign }: Change, leg: Leg, to: LegPlace): NewLegs {
  if ('level' in to) return legs(holding, leg === 'stop' ? { stopLevel: to.level } : { limitLevel: to.level })
  if (!to.points.gt(0)) return nothing(message('points-not-positive', { points: String(to.points) }))
  if (!holding.level) return nothing(message('opening-level-unknown'))
  const away = leg === 'stop' ? -sign : sign
  const level = moveBy(holding, around, holding.level, to.points.times(away))
  if (!level) return nothing(message('point-unknown'))
  return legs(holding, leg === 'stop' ? { stopLevel: level } : { limitLevel: level })
}

function tighten({ holding, around, sign }: Change, byPoints: Decimal): NewLegs {
  const { stopLevel, direction } = holding
  if (!stopLevel) return nothing(message('no-such-leg', { leg: 'stop' }))
  if (!byPoints.gt(0)) return nothing(message('points-not-positive', { points: String(byPoints) }))
  const moved = moveBy(holding, around, stopLevel, byPoints.times(sign))
  if (!moved) return nothing(message('point-unknown'))
  const nearest = nearestStop(holding, around, sign)
  const stop = nearest && isNearer(direction, moved, nearest) ? nearest : moved
  if (!isNearer(direction, stop, stopLevel)) return nothing(message('stop-as-near-as-allowed'))
  return legs(holding, { stopLevel: stop })
}

function trail({ holding, around, sign }: Change, trailing: Legs['trailingStop']): NewLegs {
  const { stopLevel, direction, isGuaranteed } = holding
  if (!trailing)
    return stopLevel ? legs(holding, { trailingStop: null }) : nothing(message('no-such-leg', { leg: 'stop' }))
  if (isGuaranteed) return nothing(message('guaranteed-cannot-trail'))
  if (!around.price) return nothing(message('no-price-to-trail'))
  const stop = moveBy(holding, around, around.price, trailing.distancePoints.times(-sign))
  if (!stop) return nothing(message('point-unknown'))
  const kept = stopLevel && isNearer(direction, stopLevel, stop) ? stopLevel : stop
  return legs(holding, { stopLevel: kept, trailingStop: trailing })
}

function nothing(why: Message): NewLegs {
  return { kind: 'nothing', why }
}

function legs({ stopLevel, limitLevel, isGuaranteed, trailingStop }: Holding, change: Partial<Legs>): NewLegs {
  return { kind: 'legs', legs: { stopLevel, limitLevel, isGuaranteed, trailingStop, ...change } }
}

/** Further in the direction of profit. */
function isNearer(direction: Direction, level: Decimal, than: Decimal): boolean {
  return direction === 'BUY' ? level.gt(than) : level.lt(than)
}

/** The least distance that the market allows from the price; the price itself where that is not told in points. */
function nearestStop(holding: Holding, around: LegSurroundings, sign: 1 | -1): Decimal | null {
  if (!around.price) return null
  const least = around.market?.minStopDistance
  const points = least?.unit === 'POINTS' ? least.value : new Decimal(0)
  return moveBy(holding, around, around.price, points.times(-sign))
}

function moveBy(
  { pointsPerUnit }: Holding,
  { market }: LegSurroundings,
  level: Decimal,
  points: Decimal,
): Decimal | null {
  const perUnit = pointsPerUnit ?? market?.pointsPerUnit ?? null
  return perUnit === null ? null : inDecimals(level.plus(points.div(perUnit)), market)
}

/** The broker takes levels in the market's decimals. */
function inDecimals(level: Decimal, market: Market | null): Decimal {
  return market ? level.toDecimalPlaces(market.decimals) : level
}
