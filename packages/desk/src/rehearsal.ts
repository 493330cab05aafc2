import { createQuote, dealReference } from '@scalpdesk/sdk'
import { process } from './desk.ts'
import { type DeskSetup, type DeskState, initialState } from './desk-state.ts'

/**
 * Plays entries and exits to the desk on a state that is thrown away, so that the first key of the day runs on compiled
 * code instead of waiting for it. Nothing leaves: the effects are dropped.
 */
export function rehearse(setup: DeskSetup, rounds: number): void {
  const reference = dealReference('REHEARSAL')
  const ready = readyState(setup)
  for (let round = 0; round < rounds; round++) {
    const moment = { pressedAtMs: 1, atMs: 1, reference }
    const direction = round % 2 === 0 ? 'BUY' : 'SELL'
    const entered = process(ready, { kind: 'intent', intent: { kind: 'enter', direction }, ...moment })
    process(entered.state, { kind: 'on-wire', id: reference, atMs: 1 })
    const submission = { kind: 'acknowledged', reference, acknowledgedAtMs: 1 } as const
    const taken = process(entered.state, { kind: 'submitted', id: reference, submission, atMs: 1 })
    process(taken.state, { kind: 'intent', intent: { kind: 'flatten' }, ...moment })
    for (const effect of entered.effects) if (effect.kind === 'journal') JSON.stringify(effect.record)
  }
}

/** A desk that could trade: the broker has answered, and a price is live. */
function readyState(setup: DeskSetup): DeskState {
  const { epic, decimals } = setup.preset.market
  const quote = createQuote({
    epic,
    decimals,
    bidUnits: 100_000,
    offerUnits: 100_001,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 1,
    isSnapshot: false,
  })
  const start = initialState(setup)
  const live = process(start, { kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 }).state
  const trade = { kind: 'feed', state: 'listening' } as const
  const heard = process(live, { kind: 'trade', trade, atMs: 0 }).state
  const asked = process(heard, { kind: 'quote', quote }).state
  const book = { positions: [], workingOrders: [] }
  return process(asked, { kind: 'book-read', ask: asked.book.asks, book, atMs: 0 }).state
}
