// What a stranger does with the packed desk: wants to buy a market that it has not been told of, and nothing is sent.
import assert from 'node:assert/strict'
import { type DeskState, process as decide, initialState } from '@scalpdesk/desk'
import { readChain } from '@scalpdesk/desk/journal'
import { dealReference, epic } from '@scalpdesk/sdk'

const state: DeskState = initialState({ contracts: [], accountCurrency: 'EUR' })
const decided = decide(state, {
  kind: 'intent',
  intent: { kind: 'enter', epic: epic('CS.D.EURUSD.CFD.IP'), direction: 'BUY' },
  pressedAtMs: 0,
  atMs: 0,
  reference: dealReference('packed-1'),
})
assert.match(decided.state.outcome.text, /^DENIED/)
assert.deepEqual(
  decided.effects.map(effect => effect.kind).filter(kind => kind === 'open'),
  [],
)
// @ts-expect-error a state is not a text: the types have come along
const wrong: string = decided.state
assert.equal(typeof wrong, 'object')
assert.equal(readChain([], () => '').fault, null)
console.log('@scalpdesk/desk: denies')
