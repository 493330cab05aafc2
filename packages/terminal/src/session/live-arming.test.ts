import { contractFor } from '@scalpdesk/desk'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, systemClock } from '@scalpdesk/sdk'
import { waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { PLAIN_SESSION, unseenPicture } from '../testing/session-parts.ts'
import type { Environment } from './arming.ts'
import { DEFAULT_EPIC, presetFor } from './default-presets.ts'
import { startTradingSession } from './trading-session.ts'

const open = closedAfterEach()

/** A session that takes the mock broker for another world: nothing of it is real but its rules. */
async function sessionIn(environment: Environment, disarmsOnFocusLoss = false) {
  const broker: MockBroker = await startMockBroker({ seed: 7 })
  open.push(broker)
  const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }
  const ig = await connectIg({ environment: new URL(broker.url), credentials })
  open.push(ig)
  const market = await ig.markets.get(DEFAULT_EPIC)
  const picture = unseenPicture()
  const session = startTradingSession({
    ...PLAIN_SESSION,
    environment,
    disarmsOnFocusLoss,
    ig,
    contracts: [contractFor(market, [presetFor(market, {})])],
    first: market.epic,
    journal: { append() {} },
    picture: picture.asPicture,
    clock: systemClock,
  })
  open.push({
    async [Symbol.asyncDispose]() {
      session.stop()
    },
  })
  await picture.until(state => state.book.agreedAt !== null && state.quotes.get(market.epic) !== undefined)
  const { keys } = session
  return {
    picture,
    keys,
    act: (action: Parameters<typeof keys.act>[0]) => keys.act(action, systemClock.monotonicMs()),
    type(text: string) {
      for (const letter of text) keys.type({ kind: 'char', text: letter })
    },
    orders: () => broker.orders().length,
    outcome: () => picture.state?.outcome.text ?? '',
  }
}

it.each(['demo', 'live'] as const)('%s starts without entries, and says so', async environment => {
  const { picture, act, orders, outcome } = await sessionIn(environment)
  expect(picture.scene.arming).toEqual({ kind: 'disarmed', why: 'as it starts' })
  act('buy')
  expect(outcome()).toMatch(/DENIED BUY: the desk is disarmed/)
  expect(orders()).toBe(0)
})

it('demo is armed by its key', async () => {
  const { picture, act, orders } = await sessionIn('demo')
  act('toggle-armed')
  expect(picture.scene.arming).toEqual({ kind: 'armed' })
  act('buy')
  await waitFor('the order', () => orders() === 1)
})

describe('live', () => {
  it('is armed by a sentence, which is asked for once a session', async () => {
    const { picture, act, type, keys } = await sessionIn('live')
    act('toggle-armed')
    expect(keys.context()).toBe('text')
    expect(picture.scene.overlay).toMatchObject({ kind: 'confirm', ask: expect.stringContaining('TRADE LIVE') })
    type('TRADE LIVE')
    keys.type({ kind: 'enter' })
    expect(picture.scene.arming).toEqual({ kind: 'armed' })
    act('toggle-armed')
    expect(picture.scene.arming).toEqual({ kind: 'disarmed', why: 'by the trader' })
    act('toggle-armed')
    expect(picture.scene.arming).toEqual({ kind: 'armed' })
    expect(keys.context()).toBe('trading')
  })

  it.each([
    ['another sentence', 'trade live', 'enter', 'the sentence was not typed'],
    ['nothing', '', 'enter', 'the sentence was not typed'],
    ['the escape key', 'TRADE LIVE', 'escape', 'left as it was'],
  ] as const)('stays disarmed after %s', async (_what, text, end, words) => {
    const { picture, act, type, keys } = await sessionIn('live')
    act('toggle-armed')
    type(text)
    keys.type({ kind: end })
    expect(picture.scene.arming.kind).toBe('disarmed')
    expect(picture.said.at(-1)).toContain(words)
  })

  it('closes while the sentence is asked for', async () => {
    const { act, outcome } = await sessionIn('live')
    act('toggle-armed')
    act('flatten')
    expect(outcome()).toMatch(/FLAT|CLOS|NOTHING/)
  })
})

it('a lost focus disarms where it is to, and its return arms nothing', async () => {
  const { picture, keys, act } = await sessionIn('mock', true)
  keys.focus(false)
  expect(picture.scene.arming).toEqual({ kind: 'disarmed', why: 'the window lost the focus' })
  expect(picture.scene.keyboard).toContain('lost the focus')
  keys.focus(true)
  expect(picture.scene.arming.kind).toBe('disarmed')
  act('toggle-armed')
  expect(picture.scene.arming.kind).toBe('armed')
})

it('a lost focus means nothing where it is not to', async () => {
  const { picture, keys } = await sessionIn('mock')
  keys.focus(false)
  expect(picture.scene.arming.kind).toBe('armed')
})

it('an entry waits for its market to have been on the screen, an exit for nothing', async () => {
  const { picture, act, orders, outcome } = await sessionIn('mock')
  picture.hold()
  act('buy')
  await waitFor('the order', () => orders() === 1)
  await picture.until(state => state.holdings.size === 1)
  // The position is there, and no frame has shown it yet.
  act('close-half')
  expect(picture.said.at(-1)).toContain('what is marked changed')
  act('flatten')
  expect(outcome()).toMatch(/CLOSING|FLATTEN/)
})
