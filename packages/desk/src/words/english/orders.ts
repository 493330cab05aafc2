import { REJECTION_REASONS, rejectionReason } from '@scalpdesk/sdk'
import { unreachable } from '../../unreachable.ts'
import type { SentencesOf } from '../message.ts'
import type { OrderMessages } from '../messages/order-messages.ts'
import type { OrderText } from '../things.ts'
import { legsText, orderText } from './things.ts'

export const ENGLISH_ORDERS: SentencesOf<OrderMessages> = {
  sent: ({ direction, size, market, stopPoints }) =>
    `SENT ${direction} ${size} ${market}, ${stopPoints === null ? 'no stop' : `stop ${stopPoints} points`}`,
  'sent-order': ({ order }) => `SENT ${orderText(order)}`,
  filled: ({ direction, size, market, level, slippedPoints, stop }) => {
    const at = level === null ? '' : ` at ${level}${slippage(slippedPoints)}`
    const legs = stop === null ? 'NO STOP' : `stop ${stop}`
    return `FILLED: ${direction === 'BUY' ? 'BOUGHT' : 'SOLD'} ${size} ${market}${at}, ${legs}`
  },
  'filled-order': ({ order }) => `FILLED: ${orderText(order)}`,
  closed: ({ direction, size, of, level, result }) => {
    const part = of === null ? '' : ` of ${of}`
    const at = level === null ? '' : ` at ${level}`
    return `CLOSED: ${direction} ${size}${part}${at}${result === null ? '' : `, result ${result}`}`
  },
  amended: ({ legs }) => `AMENDED: ${legsText(legs)}`,
  resting: ({ order }) => `RESTING: ${orderText(order)}`,
  cancelled: () => 'CANCELLED: the order rests no more',
  'order-gone': () =>
    'GONE: the order rests no more; whether it was cancelled or dealt was not told, look at what is open',
  'dealt-by-history': ({ order }) => `DEALT, by the account’s history: ${orderText(order)}; asking what is open`,
  'no-matter': ({ order }) => `NO LONGER OF ANY MATTER: ${orderText(order)}, its position is gone`,
  rejected: ({ order, reason }) => `REJECTED by the broker, ${orderText(order)}: ${reasonText(reason)}`,
  'denied-order': ({ order, why }, said) => `DENIED ${orderText(order)}: ${said(why)}`,
  checking: ({ order, cause }, said) =>
    `UNKNOWN, CHECKING: ${orderText(order)} was sent and ${said(cause)}; it is not sent again`,
  unresolved: ({ order, cause }, said) => `UNKNOWN: ${orderText(order)}, ${said(cause)}; ${advice(order)}`,
  'dealt-although-refused': ({ order }) =>
    `DEALT ALTHOUGH REFUSED: ${orderText(order)} was confirmed after all; asking the broker what is open`,

  'nothing-was-sent': ({ cause }) => `nothing was sent: ${cause}`,
  'journal-unwritable': ({ cause }) => `the journal cannot be written: ${cause}`,
  'confirm-did-not-come': () => 'its confirm did not come',
  'no-answer-in-a-minute': () => 'no answer was found in a minute',
  'position-still-listed': ({ isWhole }) => `the position is still listed${isWhole ? ' whole' : ''}`,
  'listed-without-it': () => 'the position is listed without it',
  'order-still-listed': () => 'the order is still listed',
  told: ({ text }) => text,
}

/** What a known reason means, with the broker's own word for it; another one as it came. */
function reasonText(reason: string): string {
  const known = rejectionReason(reason)
  return known === null ? reason : `${REJECTION_REASONS[known][0]} (${reason})`
}

/** @param points above 0 is against the trader */
function slippage(points: string | null): string {
  if (points === null) return ''
  return points.startsWith('-') ? ` (better by ${points.slice(1)} points)` : ` (slipped ${points} points)`
}

/** What to do about an order that nobody could settle. */
function advice({ kind }: OrderText): string {
  switch (kind) {
    case 'open':
    case 'place':
      return 'look at the broker’s platform'
    case 'close':
      return 'press the key to close again'
    case 'amend':
    case 'cancel':
      return 'look at the list, and press the key again'
    default:
      return unreachable(kind)
  }
}
