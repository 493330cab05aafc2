import { contractFor, freshness } from '@scalpdesk/desk'
import { startMockBroker } from '@scalpdesk/mock-broker'
import {
  connectIg,
  createQuote,
  type Ig,
  type IgStream,
  type PriceOptions,
  type Quote,
  type StreamStatus,
  type TradeEvent,
} from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { PLAIN_SESSION, unseenPicture } from '../testing/session-parts.ts'
import { DEFAULT_EPIC, presetFor } from './default-presets.ts'
import { startTradingSession } from './trading-session.ts'

/** A session on a signed-in connection, whose streams are told by hand. */
async function started() {
  const broker = await startMockBroker()
  const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }
  const ig = await connectIg({ environment: new URL(broker.url), credentials })
  const market = await ig.markets.get(DEFAULT_EPIC)
  const clock = manualClock()
  const subscription = { close() {} }
  let hearStatus = (_status: StreamStatus): void => {}
  let hearTrade = (_trade: TradeEvent): void => {}
  let hearQuote = (_quote: Quote): void => {}
  const stream = Object.assign(Object.create(ig.stream), {
    onStatus(listener: typeof hearStatus) {
      hearStatus = listener
      return () => {}
    },
    prices(_markets: unknown, listener: typeof hearQuote, options?: PriceOptions) {
      if (!options?.depth) hearQuote = listener
      return subscription
    },
    trades(listener: typeof hearTrade) {
      hearTrade = listener
      return subscription
    },
    account: () => subscription,
    heartbeat: () => subscription,
  }) as IgStream
  const charted: (number | null)[] = []
  const picture = unseenPicture(quote => void charted.push(quote.bidUnits))
  const session = startTradingSession({
    ...PLAIN_SESSION,
    ig: Object.assign(Object.create(ig), { stream }) as Ig,
    contracts: [contractFor(market, [presetFor(market, {})])],
    first: market.epic,
    journal: { append() {} },
    picture: picture.asPicture,
    clock,
  })
  const fields = { epic: market.epic, decimals: 5, brokerTimeMs: null, isDelayed: false, isSnapshot: false, session: 1 }
  return {
    charted,
    said: picture.said,
    trade: (trade: TradeEvent) => hearTrade(trade),
    changes: () => picture.state?.book.changes ?? 0,
    status: (status: StreamStatus) => hearStatus(status),
    price: (bidUnits: number) =>
      hearQuote(
        createQuote({
          ...fields,
          bidUnits,
          offerUnits: bidUnits + 6,
          state: 'tradeable',
          receivedAtMs: clock.monotonicMs(),
        }),
      ),
    lose: () =>
      hearQuote(
        createQuote({
          ...fields,
          bidUnits: null,
          offerUnits: null,
          state: { other: 'lost: the session was renewed' },
          receivedAtMs: clock.monotonicMs(),
          gap: { kind: 'lost', text: 'the session was renewed', missed: null },
        }),
      ),
    /** What the price on the screen is worth. */
    worth: () => picture.state && freshness(picture.state, picture.state.quotes.get(market.epic), clock.monotonicMs()),
    async [Symbol.asyncDispose]() {
      session.stop()
      await ig.close()
      await broker.close()
    },
  }
}

it('a price whose feed is lost while the stream is up is let go of: nothing else says that it is old', async () => {
  await using desk = await started()
  desk.status({ kind: 'live', continuity: 'new' })
  desk.price(108_417)
  expect(desk.worth()).toBe('live')
  desk.lose()
  expect(desk.worth()).toBe('none')
  expect(desk.charted).toEqual([108_417, null])
  desk.price(108_420)
  expect(desk.worth()).toBe('live')
})

it('a price whose stream is lost stays to be seen, and is known to be old', async () => {
  await using desk = await started()
  desk.status({ kind: 'live', continuity: 'new' })
  desk.price(108_417)
  desk.status({ kind: 'waiting', cause: { code: 'lost', text: 'cut' }, retryAtMs: 1_000 })
  desk.lose()
  expect(desk.worth()).toBe('stale')
  expect(desk.charted).toEqual([108_417])
})

it('a fault of our own in what the broker tells takes nothing down, and makes us ask what is open', async () => {
  await using desk = await started()
  desk.status({ kind: 'live', continuity: 'new' })
  const changes = desk.changes()
  const faulty = {
    get kind(): 'feed' {
      throw new Error('odd')
    },
    state: 'listening',
  } as const
  desk.trade(faulty)
  expect(desk.said.at(-1)).toMatch(/odd/)
  expect(desk.changes()).toBeGreaterThan(changes)
  desk.price(108_417)
  expect(desk.worth()).toBe('live')
})
