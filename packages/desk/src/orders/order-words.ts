import type { Confirm, Decimal, Direction, Epic, OpenOrder } from '@scalpdesk/sdk'
import type { Holding, Legs } from '../book/holding.ts'
import type { Scope } from '../book/scope.ts'
import { areTradesHeard, type DeskState, marketOf } from '../desk-state.ts'
import { unreachable } from '../unreachable.ts'
import { isUnresolvedEntry, type OpenPurpose, type TrackedOrder } from './order.ts'

/** Outcomes in the words that the trader reads. */

export function sentWords(state: DeskState, order: OpenOrder): string {
  const stop = order.stop?.distancePoints ? `stop ${order.stop.distancePoints} points` : 'no stop'
  return `SENT ${order.direction} ${order.size} ${marketWords(state, order.market.epic)}, ${stop}`
}

/** What an order is, within a sentence. */
export function orderWords({ purpose }: TrackedOrder): string {
  switch (purpose.kind) {
    case 'open':
      return `${purpose.direction} ${purpose.size}`
    case 'close':
      return `close of ${purpose.size}`
    case 'amend':
      return `change to ${legWords(purpose.after)}`
    case 'place':
      return `order to ${purpose.direction} ${purpose.size} at ${purpose.level.toFixed()}`
    case 'cancel':
      return 'cancellation of an order'
    default:
      return unreachable(purpose)
  }
}

export function legWords({ stopLevel, limitLevel, trailingStop }: Legs): string {
  const trails = trailingStop ? ', trailing' : ''
  return `stop ${stopLevel?.toFixed() ?? 'none'}${trails}, limit ${limitLevel?.toFixed() ?? 'none'}`
}

/** What to do about an order that nobody could settle. */
export function adviceWords({ purpose }: TrackedOrder): string {
  switch (purpose.kind) {
    case 'open':
    case 'place':
      return 'look at the broker’s platform'
    case 'close':
      return 'press the key to close again'
    case 'amend':
    case 'cancel':
      return 'look at the list, and press the key again'
    default:
      return unreachable(purpose)
  }
}

export function openedWords(
  state: DeskState,
  purpose: OpenPurpose,
  level: Decimal | null,
  stop: Decimal | null,
): string {
  const { direction, size, epic } = purpose
  const verb = direction === 'BUY' ? 'BOUGHT' : 'SOLD'
  const pointsPerUnit = marketOf(state, epic)?.pointsPerUnit ?? null
  const slipped = level && pointsPerUnit !== null ? slippageWords(purpose, level, pointsPerUnit) : ''
  const at = level ? ` at ${levelText(state, epic, level)}${slipped}` : ''
  const stopped = stop ? `stop ${levelText(state, epic, stop)}` : 'NO STOP'
  return `FILLED: ${verb} ${size} ${marketWords(state, epic)}${at}, ${stopped}`
}

/** Slippage against the price that was on screen when the key was pressed; positive is against the trader. */
function slippageWords({ direction, seenLevel }: OpenPurpose, level: Decimal, pointsPerUnit: number): string {
  if (!seenLevel) return ''
  const points = level
    .minus(seenLevel)
    .times(pointsPerUnit)
    .times(direction === 'BUY' ? 1 : -1)
  if (points.isZero()) return ''
  return points.gt(0) ? ` (slipped ${points.toFixed()} points)` : ` (better by ${points.neg().toFixed()} points)`
}

export function contradictionWords(order: TrackedOrder): string {
  return `DEALT ALTHOUGH REFUSED: ${orderWords(order)} was confirmed after all; asking the broker what is open`
}

export function noStopWords({ direction, size, marketName }: Holding): string {
  return `NO STOP at the broker: ${direction} ${size} ${marketName} was sent with a stop, and is held without one`
}

/** Why FLAT is not said although nothing is listed. */
export function withheldWords(state: DeskState): string {
  if ([...state.orders.values()].some(isUnresolvedEntry))
    return 'FLAT is withheld because an order could not be settled; look at the broker’s platform'
  if (state.stream.kind === 'closed') return 'FLAT is withheld until the program was restarted: the stream is closed'
  if (state.stream.kind !== 'live') return 'FLAT is withheld until the stream is back'
  if (!areTradesHeard(state)) return 'FLAT is withheld until trade updates are back'
  return 'FLAT is withheld until the working orders can be read'
}

interface Closed {
  readonly epic: Epic
  /** Of the position. */
  readonly direction: Direction
  readonly size: Decimal
  /** Of the position before: more than the size where a part was closed. */
  readonly heldSize: Decimal
}

export function closedWords(state: DeskState, closed: Closed, level: Decimal | null, profit: string | null): string {
  const { epic, direction, size, heldSize } = closed
  const part = size.lt(heldSize) ? ` of ${heldSize}` : ''
  const at = level ? ` at ${levelText(state, epic, level)}` : ''
  return `CLOSED: ${direction} ${size}${part}${at}${profit ? `, result ${profit}` : ''}`
}

export function goneWords({ direction, size, marketName }: Holding): string {
  return `CLOSED BY THE BROKER: ${direction} ${size} ${marketName} (stop, limit or elsewhere)`
}

export function profitWords(confirm: Confirm): string | null {
  if (confirm.outcome.kind !== 'accepted') return null
  const { profit, profitCurrency } = confirm.outcome
  return profit && profitCurrency ? `${profit.gte(0) ? '+' : ''}${withDecimals(profit, CENTS)} ${profitCurrency}` : null
}

/** Its name, where the desk trades it. */
export function marketWords(state: DeskState, epic: Epic): string {
  return marketOf(state, epic)?.name ?? epic
}

/** After a word such as FLAT: nothing for the account, ` in …` for one market. */
export function scopeWords(state: DeskState, scope: Scope): string {
  return scope.kind === 'account' ? '' : ` in ${marketWords(state, scope.epic)}`
}

/** Money is written to the cent; a digit more is shown rather than lost. */
const CENTS = 2

/** A market from elsewhere has decimals that are not known here. */
export function levelText(state: DeskState, epic: Epic, level: Decimal): string {
  const market = marketOf(state, epic)
  return market ? withDecimals(level, market.decimals) : level.toFixed()
}

/** At least so many decimals, and every one that the figure has. */
const withDecimals = (figure: Decimal, least: number): string => figure.toFixed(Math.max(least, figure.decimalPlaces()))
