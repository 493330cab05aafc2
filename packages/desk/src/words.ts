import type { Confirm, Decimal, OpenOrder } from '@scalpdesk/sdk'
import { areTradesHeard, type DeskState, type Holding } from './desk-state.ts'
import { isUnresolvedOpen, type TrackedOrder } from './order.ts'
import { opposite } from './preset.ts'

/** Outcomes in the words that the trader reads. */

export function sentWords(state: DeskState, order: OpenOrder): string {
  const stop = order.stop ? `stop ${order.stop.distancePoints} points` : 'no stop'
  return `SENT ${order.direction} ${order.size} ${state.preset.market.name}, ${stop}`
}

export function orderWords(order: TrackedOrder): string {
  const { purpose } = order
  return purpose.kind === 'open' ? `${purpose.direction} ${purpose.size}` : `close of ${purpose.size}`
}

export function openedWords(
  state: DeskState,
  order: TrackedOrder,
  level: Decimal | null,
  stop: Decimal | null,
): string {
  const { purpose } = order
  if (purpose.kind !== 'open') return ''
  const verb = purpose.direction === 'BUY' ? 'BOUGHT' : 'SOLD'
  const { market } = state.preset
  const at = level ? ` at ${levelText(level, state)}${slippageWords(order, level, market.pointsPerUnit)}` : ''
  return `FILLED: ${verb} ${purpose.size} ${market.name}${at}, ${stop ? `stop ${levelText(stop, state)}` : 'NO STOP'}`
}

/** Slippage against the price that was on screen when the key was pressed; positive is against the trader. */
function slippageWords(order: TrackedOrder, level: Decimal, pointsPerUnit: number): string {
  if (order.purpose.kind !== 'open') return ''
  const { direction, seenLevel } = order.purpose
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
  if ([...state.orders.values()].some(isUnresolvedOpen))
    return 'FLAT is withheld because an order could not be settled; look at the broker’s platform'
  if (state.stream.kind === 'closed') return 'FLAT is withheld until the program was restarted: the stream is closed'
  if (state.stream.kind !== 'live') return 'FLAT is withheld until the stream is back'
  if (!areTradesHeard(state)) return 'FLAT is withheld until trade updates are back'
  return 'FLAT is withheld until the working orders can be read'
}

export function closedWords(
  state: DeskState,
  order: TrackedOrder,
  level: Decimal | null,
  profit: string | null,
): string {
  const { direction, size } = order.purpose
  const what = `${opposite(direction)} ${size}`
  return `CLOSED: ${what}${level ? ` at ${closedAt(state, order, level)}` : ''}${profit ? `, result ${profit}` : ''}`
}

export function goneWords({ direction, size, marketName }: Holding): string {
  return `CLOSED BY THE BROKER: ${direction} ${size} ${marketName} (stop, limit or elsewhere)`
}

export function profitWords(confirm: Confirm): string | null {
  if (confirm.outcome.kind !== 'accepted') return null
  const { profit, profitCurrency } = confirm.outcome
  return profit && profitCurrency ? `${profit.gte(0) ? '+' : ''}${withDecimals(profit, CENTS)} ${profitCurrency}` : null
}

/** Money is written to the cent; a digit more is shown rather than lost. */
const CENTS = 2

const levelText = (level: Decimal, state: DeskState): string => withDecimals(level, state.preset.market.decimals)

/** A position opened elsewhere may be of another market, whose decimals are not known here. */
function closedAt(state: DeskState, order: TrackedOrder, level: Decimal): string {
  return order.purpose.epic === state.preset.market.epic ? levelText(level, state) : level.toFixed()
}

/** At least so many decimals, and every one that the figure has. */
const withDecimals = (figure: Decimal, least: number): string => figure.toFixed(Math.max(least, figure.decimalPlaces()))
