import { parseUnits } from '../engine/index.ts'
import { unknownEpic } from './broker-faults.ts'
import type { BrokerState } from './broker-state.ts'
import { MockBrokerError } from './mock-broker-error.ts'

/** Shows a market this quote. @throws MockBrokerError for an unknown epic or a price it cannot show. */
export function injectTick(state: BrokerState, epic: string, bid: string, offer: string, atMs: number): void {
  const market = state.engine.book(epic)?.market
  if (!market) throw unknownEpic(epic)
  const bidUnits = parseUnits(bid, market.decimals)
  const offerUnits = parseUnits(offer, market.decimals)
  if (!bidUnits || !offerUnits) {
    throw new MockBrokerError(
      'bad-option',
      `expected prices above 0 with at most ${market.decimals} decimals for ${epic}, but got ${bid}/${offer}; correct them`,
    )
  }
  state.process({ kind: 'tick', epic, atMs, bidUnits, offerUnits })
}

/** Ends a contract. @throws MockBrokerError for an unknown epic, or without a level that it can show. */
export function settle(state: BrokerState, epic: string, level: string | undefined, atMs: number): void {
  const book = state.engine.book(epic)
  if (!book) throw unknownEpic(epic)
  const levelUnits = level === undefined ? undefined : parseUnits(level, book.market.decimals)
  if (levelUnits === null || levelUnits === 0 || (levelUnits === undefined && !book.quote)) {
    throw new MockBrokerError(
      'bad-option',
      `expected a level above 0 with at most ${book.market.decimals} decimals to settle ${epic} at, but got ${level ?? 'none, and it shows no price'}; name one`,
    )
  }
  state.process({ kind: 'settlement', epic, atMs, levelUnits })
}
