import type { Reason } from './reason.ts'

/** The states the engine can put a market in (IG Labs, REST API reference, "Markets": `marketStatus`, version 4 included). */
export type MarketState =
  | 'TRADEABLE'
  | 'EDITS_ONLY'
  | 'CLOSED'
  | 'OFFLINE'
  | 'SUSPENDED'
  | 'ON_AUCTION'
  | 'ON_AUCTION_NO_EDITS'
  | 'CLOSINGS_ONLY'
  | 'DEAL_NO_EDIT'

export function isMarketState(text: string): text is MarketState {
  return Object.hasOwn(answers, text)
}

export type DealingAction = 'open' | 'place-order' | 'amend' | 'close'

/** What a market's state says to an action; null lets it through. */
export function refuseByState(state: MarketState, action: DealingAction): Reason | null {
  return answers[state][action]
}

/** Whether prices move: others hold the last one. */
export function hasLivePrices(state: MarketState): boolean {
  return state === 'TRADEABLE' || state === 'CLOSINGS_ONLY' || state === 'DEAL_NO_EDIT'
}

/** Whether legs and orders may only move away from the market. */
export function isMoveAwayOnly(state: MarketState): boolean {
  return state === 'EDITS_ONLY' || state === 'ON_AUCTION'
}

/**
 * The first four rows follow IG's texts of the states; the rest is our reading of them, and what IG answers on a suspended
 * market, in an auction, or to an edit where there are none is unconfirmed.
 */
const answers: Readonly<Record<MarketState, Readonly<Record<DealingAction, Reason | null>>>> = {
  TRADEABLE: { open: null, 'place-order': null, amend: null, close: null },
  EDITS_ONLY: { open: 'MARKET_CLOSED_WITH_EDITS', 'place-order': null, amend: null, close: 'MARKET_CLOSED_WITH_EDITS' },
  CLOSED: all('MARKET_CLOSED'),
  OFFLINE: all('MARKET_OFFLINE'),
  SUSPENDED: all('MARKET_OFFLINE'),
  ON_AUCTION: { open: 'MARKET_CLOSED_WITH_EDITS', 'place-order': null, amend: null, close: 'MARKET_CLOSED_WITH_EDITS' },
  ON_AUCTION_NO_EDITS: all('MARKET_CLOSED'),
  CLOSINGS_ONLY: {
    open: 'CLOSING_ONLY_TRADES_ACCEPTED_ON_THIS_MARKET',
    'place-order': 'CLOSING_ONLY_TRADES_ACCEPTED_ON_THIS_MARKET',
    amend: null,
    close: null,
  },
  DEAL_NO_EDIT: { open: null, 'place-order': null, amend: 'ORDER_LOCKED', close: null },
}

function all(reason: Reason): Readonly<Record<DealingAction, Reason>> {
  return { open: reason, 'place-order': reason, amend: reason, close: reason }
}
