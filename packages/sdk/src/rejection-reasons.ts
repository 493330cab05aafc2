/**
 * What each `reason` of a confirm means, and what to do. IG has added reasons before: keep unknown ones as they came.
 * Source of the codes: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}; the words are ours.
 */
export const REJECTION_REASONS = {
  SUCCESS: ['the deal was done', 'nothing is left to do'],
  UNKNOWN: ['IG gave no reason', 'check currency, size and entitlement, and look at positions and activity'],
  ACCOUNT_NOT_ENABLED_TO_TRADING: ['this account may not trade', "see on IG's website what it waits for"],
  ATTACHED_ORDER_LEVEL_ERROR: ['a stop, limit or order level is on the wrong side or too close', 'move it away'],
  ATTACHED_ORDER_TRAILING_STOP_ERROR: ['the trailing distance or step is not valid', "check the market's rules"],
  CANNOT_CHANGE_STOP_TYPE: ['the kind of stop cannot be changed', 'keep the kind, or close and open again'],
  CANNOT_REMOVE_STOP: ['a stop is compulsory here', 'move it instead'],
  CLOSING_ONLY_TRADES_ACCEPTED_ON_THIS_MARKET: ['this market takes only closing deals', 'choose another market'],
  CLOSINGS_ONLY_ACCOUNT: ['this account may only close', "see on IG's website why"],
  CONFLICTING_ORDER: ['a request with this reference was sent before, and differs', 'look at the positions first'],
  CONTACT_SUPPORT_INSTRUMENT_ERROR: ['the market cannot be dealt like this', 'check the currency, then ask IG'],
  CR_SPACING: ['the underlying market does not trade at this stop or limit level', 'move it to a level that it has'],
  DUPLICATE_ORDER_ERROR: ['the same order was given before', 'look at positions and working orders first'],
  EXCHANGE_MANUAL_OVERRIDE: ["the exchange's check failed", 'phone IG'],
  EXPIRY_LESS_THAN_SPRINT_MARKET_MIN_EXPIRY: ['the sprint market ends too soon', 'choose a later end'],
  FINANCE_REPEAT_DEALING: ['too much size on this market in a short time', 'wait for the repeat-dealing window to end'],
  FORCE_OPEN_ON_SAME_MARKET_DIFFERENT_CURRENCY: [
    'a position in another currency is open on this market',
    'use its currency, or close it first',
  ],
  GENERAL_ERROR: ['IG did not say what failed', 'look at positions and activity'],
  GOOD_TILL_DATE_IN_THE_PAST: ["the order's expiry has passed", 'give a later one'],
  INSTRUMENT_NOT_FOUND: ['there is no such market, or not with this expiry', 'look it up with markets.search()'],
  INSTRUMENT_NOT_TRADEABLE_IN_THIS_CURRENCY: ['the market is not offered in this currency', "take one of the market's"],
  INSUFFICIENT_FUNDS: ['the available funds do not cover the margin', 'reduce the size, or add funds'],
  LEVEL_TOLERANCE_ERROR: ['the price moved away', 'look at the price and decide again'],
  LIMIT_ORDER_WRONG_SIDE_OF_MARKET: ['the limit level cannot deal at the present price', 'look at the price again'],
  MANUAL_ORDER_TIMEOUT: ['the dealer did not answer in time', 'look at the positions, then decide again'],
  MARGIN_ERROR: ['the margin check failed', 'check funds and size'],
  MARKET_CLOSED: ['the market is closed', 'wait until it opens'],
  MARKET_CLOSED_WITH_EDITS: ['the market is closed, and takes only changes of orders', 'wait until it opens'],
  MARKET_CLOSING: ['the contract is about to expire', 'use the next one'],
  MARKET_NOT_BORROWABLE: ['this market cannot be sold short', 'choose another market'],
  MARKET_OFFLINE: ['the market is offline', 'wait until it is back'],
  MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMENT: ['this market takes no market orders', 'send a limit order with a level'],
  MARKET_PHONE_ONLY: ['this market is dealt by phone only', 'phone IG'],
  MARKET_ROLLED: ['the contract has moved to the next period', 'use the next one'],
  MARKET_UNAVAILABLE_TO_CLIENT: ['this account is not entitled to the market', 'choose another market, or ask IG'],
  MAX_AUTO_SIZE_EXCEEDED: ['the size is larger than IG deals automatically', 'reduce the size'],
  MINIMUM_ORDER_SIZE_ERROR: [
    'the size is below the smallest of this market',
    'read its rules again, then raise the size',
  ],
  MOVE_AWAY_ONLY_LIMIT: ['while the market is closed a limit may only move away', 'move it away, or wait'],
  MOVE_AWAY_ONLY_STOP: ['while the market is closed a stop may only move away', 'move it away, or wait'],
  MOVE_AWAY_ONLY_TRIGGER_LEVEL: ['while the market is closed an order may only move away', 'move it away, or wait'],
  NCR_POSITIONS_ON_CR_ACCOUNT: ['this limited-risk account needs a guaranteed stop', 'give one'],
  OPPOSING_DIRECTION_ORDERS_NOT_ALLOWED: ['a guaranteed-stop position is open the other way', 'close it first'],
  OPPOSING_POSITIONS_NOT_ALLOWED: [
    'the market would be held both long and short',
    'close or cancel the other side first',
  ],
  ORDER_DECLINED: ['IG declined the order', 'ask IG'],
  ORDER_LOCKED: ['the order cannot be changed by the client', 'ask IG'],
  ORDER_NOT_FOUND: ['there is no such working order', 'read the working orders again: it may have been filled'],
  ORDER_SIZE_CANNOT_BE_FILLED: ['this size is not to be had at this price now', 'reduce the size, or decide again'],
  OVER_NORMAL_MARKET_SIZE: ['the total at this stop level is too large', 'reduce the size, or move the stop'],
  PARTIALY_CLOSED_POSITION_NOT_DELETED: [
    'the position was closed in part and cannot be deleted',
    'look at the positions',
  ],
  POSITION_ALREADY_EXISTS_IN_OPPOSITE_DIRECTION: [
    'a position is open the other way',
    'close it first, or force the new one open',
  ],
  POSITION_NOT_AVAILABLE_TO_CANCEL: ['the position cannot be cancelled', 'look at the positions'],
  POSITION_NOT_AVAILABLE_TO_CLOSE: ['the position is gone, or smaller than the size to close', 'look at the positions'],
  POSITION_NOT_FOUND: ['there is no such position', 'look at the positions: it may be closed already'],
  REJECT_CFD_ORDER_ON_SPREADBET_ACCOUNT: ['a CFD cannot be dealt on a spread-bet account', "use the spread bet's epic"],
  REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT: ['a spread bet cannot be dealt on a CFD account', "use the CFD's epic"],
  SIZE_INCREMENT: ["the size is no multiple of the market's step", 'round it to the step'],
  SPRINT_MARKET_EXPIRY_AFTER_MARKET_CLOSE: ['the sprint market would end after the close', 'choose an earlier end'],
  STOP_OR_LIMIT_NOT_ALLOWED: ['this market takes no attached stop or limit', 'send the order without'],
  STOP_REQUIRED_ERROR: ['a stop is compulsory here', 'give one'],
  STRIKE_LEVEL_TOLERANCE: ['the strike level is not valid', 'look at the price and decide again'],
  TRAILING_STOP_NOT_ALLOWED: ['the market or the account allows no trailing stop', 'give a fixed one'],
  WRONG_SIDE_OF_MARKET: ['the direction is wrong for this deal', 'look at position and price, then decide again'],
} as const satisfies Readonly<Record<string, readonly [meaning: string, advice: string]>>

/** A `reason` that the reference names. Confirms carry plain text, because IG adds to the list. */
export type RejectionReason = keyof typeof REJECTION_REASONS

/** The known reason that this text is, in the reference's spelling; `null` for an unknown one. */
export function rejectionReason(text: string): RejectionReason | null {
  const name = OTHER_SPELLINGS.get(text) ?? text
  return isKnown(name) ? name : null
}

/** One line for the trader: what it means; what to do. Holds no text that could harm a terminal. */
export function explainReason(reason: string): string {
  const known = rejectionReason(reason)
  if (known === null) return `IG gave the reason ${printable(reason)}; look at positions and activity`
  const [meaning, advice] = REJECTION_REASONS[known]
  return `${meaning}; ${advice}`
}

/** Spellings of IG's client samples and of client libraries. The reference itself writes PARTIALY with one L. */
const OTHER_SPELLINGS: ReadonlyMap<string, RejectionReason> = new Map([
  ['PARTIALLY_CLOSED_POSITION_NOT_DELETED', 'PARTIALY_CLOSED_POSITION_NOT_DELETED'],
  ['ACCOUNT_NOT_ENABLED_FOR_TRADING', 'ACCOUNT_NOT_ENABLED_TO_TRADING'],
  ['MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMNET', 'MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMENT'],
])

function isKnown(text: string): text is RejectionReason {
  return Object.hasOwn(REJECTION_REASONS, text)
}

function printable(text: string): string {
  const visible = text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80)
  return visible === '' ? '(empty)' : visible
}
