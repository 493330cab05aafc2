import type { Confirm, Decimal, Direction, Epic, OpenOrder } from '@scalpdesk/sdk'
import type { Holding, Legs } from '../book/holding.ts'
import type { Scope } from '../book/scope.ts'
import { areTradesHeard, type DeskState, marketOf } from '../desk-state.ts'
import { unreachable } from '../unreachable.ts'
import { type Message, type MessageOf, message } from '../words/message.ts'
import type { HeldText, LegsText, OrderText, PositionText } from '../words/things.ts'
import { isUnresolvedEntry, type OpenPurpose, type TrackedOrder } from './order.ts'

// Orders, positions and what became of them, as the exact texts that messages carry.

export function sentMessage(state: DeskState, { direction, size, stop, market }: OpenOrder): Message {
  const stopPoints = stop?.distancePoints?.toFixed() ?? null
  return message('sent', { direction, size: size.toFixed(), market: marketName(state, market.epic), stopPoints })
}

export function orderText(state: DeskState, { purpose }: Pick<TrackedOrder, 'purpose'>): OrderText {
  switch (purpose.kind) {
    case 'open':
      return { kind: 'open', direction: purpose.direction, size: purpose.size.toFixed() }
    case 'close':
      return { kind: 'close', size: purpose.size.toFixed() }
    case 'amend':
      return { kind: 'amend', legs: legsText(state, purpose.epic, purpose.after) }
    case 'place': {
      const { epic, direction, size, level } = purpose
      return { kind: 'place', direction, size: size.toFixed(), level: levelText(state, epic, level) }
    }
    case 'cancel':
      return { kind: 'cancel' }
    default:
      return unreachable(purpose)
  }
}

export function legsText(state: DeskState, epic: Epic, { stopLevel, limitLevel, trailingStop }: Legs): LegsText {
  const text = (level: Decimal | null): string | null => level && levelText(state, epic, level)
  return { stop: text(stopLevel), limit: text(limitLevel), trails: trailingStop !== null }
}

type Held = Pick<Holding, 'direction' | 'size' | 'marketName'>

export function positionText({ direction, size, marketName: market }: Held): PositionText {
  return { direction, size: size.toFixed(), market }
}

interface SomeHeld {
  readonly direction: Direction | null
  readonly size: Decimal | null
  readonly marketName: string
}

/** Of a working order the broker may not say all. */
export function heldText({ direction, size, marketName: market }: SomeHeld): HeldText {
  return { direction, size: size?.toFixed() ?? null, market }
}

export function filledMessage(
  state: DeskState,
  purpose: OpenPurpose,
  level: Decimal | null,
  stop: Decimal | null,
): Message {
  const { direction, size, epic } = purpose
  return message('filled', {
    direction,
    size: size.toFixed(),
    market: marketName(state, epic),
    level: level && levelText(state, epic, level),
    slippedPoints: level && slippedPoints(purpose, level, marketOf(state, epic)?.pointsPerUnit ?? null),
    stop: stop && levelText(state, epic, stop),
  })
}

/** Against the price that was on screen when the key was pressed; above 0 is against the trader. */
function slippedPoints(
  { direction, seenLevel }: OpenPurpose,
  level: Decimal,
  pointsPerUnit: number | null,
): string | null {
  if (!seenLevel || pointsPerUnit === null) return null
  const points = level
    .minus(seenLevel)
    .times(pointsPerUnit)
    .times(direction === 'BUY' ? 1 : -1)
  return points.isZero() ? null : points.toFixed()
}

/** Why FLAT is not said although nothing is listed. */
export function whyWithheld(state: DeskState): MessageOf<'flat-withheld'>['values']['why'] {
  if ([...state.orders.values()].some(isUnresolvedEntry)) return 'order-unresolved'
  if (state.stream.kind === 'closed') return 'stream-closed'
  if (state.stream.kind !== 'live') return 'stream-down'
  return areTradesHeard(state) ? 'orders-not-listed' : 'trades-not-heard'
}

interface Closed {
  readonly epic: Epic
  /** Of the position. */
  readonly direction: Direction
  readonly size: Decimal
  /** Of the position before: more than the size where a part was closed. */
  readonly heldSize: Decimal
}

/** @param result with its sign and currency */
export function closedMessage(state: DeskState, closed: Closed, level: Decimal | null, result: string | null): Message {
  const { epic, direction, size, heldSize } = closed
  const of = size.lt(heldSize) ? heldSize.toFixed() : null
  return message('closed', {
    direction,
    size: size.toFixed(),
    of,
    level: level && levelText(state, epic, level),
    result,
  })
}

export function resultText(confirm: Confirm): string | null {
  if (confirm.outcome.kind !== 'accepted') return null
  const { profit, profitCurrency } = confirm.outcome
  return profit && profitCurrency ? `${profit.gte(0) ? '+' : ''}${withDecimals(profit, CENTS)} ${profitCurrency}` : null
}

/** Its name, where the desk trades it. */
export function marketName(state: DeskState, epic: Epic): string {
  return marketOf(state, epic)?.name ?? epic
}

/** null: the whole account. */
export function scopeMarket(state: DeskState, scope: Scope): string | null {
  return scope.kind === 'account' ? null : marketName(state, scope.epic)
}

/** Money is written to the cent; a digit more is shown rather than lost. */
const CENTS = 2

/** A market from elsewhere has decimals that are not known here. */
function levelText(state: DeskState, epic: Epic, level: Decimal): string {
  const market = marketOf(state, epic)
  return market ? withDecimals(level, market.decimals) : level.toFixed()
}

/** At least so many decimals, and every one that the figure has. */
const withDecimals = (figure: Decimal, least: number): string => figure.toFixed(Math.max(least, figure.decimalPlaces()))
