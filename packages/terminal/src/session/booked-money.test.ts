import {
  ACCOUNT,
  type BrokerPort,
  contractFor,
  type DeskState,
  dayTotals,
  type Intent,
  type Preset,
  runDesk,
} from '@scalpdesk/desk'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, createQuote, Decimal, type Epic, epic, systemClock } from '@scalpdesk/sdk'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { bookedMoney } from './booked-money.ts'
import { dealReferences } from './deal-references.ts'

/** A Wednesday: markets trade. */
const START_MS = Date.UTC(2026, 5, 17, 9, 30, 15)
const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const APPLE = epic('UA.D.AAPL.CASH.IP')

const usual: Preset = {
  name: 'usual',
  sizes: { 1: { kind: 'fixed', size: new Decimal(1) } },
  sizeKey: 1,
  stop: { kind: 'guaranteed', distancePoints: new Decimal(20) },
  limitPoints: null,
}
const shares: Preset = { ...usual, stop: null, sizes: { 1: { kind: 'fixed', size: new Decimal(7) } } }

/** A desk on the mock broker over sockets; its own time passes by hand. */
async function started() {
  const beganMs = systemClock.monotonicMs()
  const wednesday = {
    nowMs: () => START_MS + systemClock.monotonicMs() - beganMs,
    monotonicMs: () => systemClock.monotonicMs(),
    at: (dueMs: number, run: () => void) => systemClock.at(dueMs, run),
  }
  const delays = { acknowledgeMs: 0, confirmMs: 0 }
  const broker = await startMockBroker({ pastDays: 0, delays, clock: wednesday })
  broker.pause()
  broker.injectTick(EURUSD, '1.08417', '1.08423')
  broker.injectTick(APPLE, '214.27', '214.33')
  const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }
  const ig = await connectIg({ environment: new URL(broker.url), credentials, clock: wednesday })
  const clock = manualClock(START_MS)
  const markets = [await ig.markets.get(EURUSD), await ig.markets.get(APPLE)] as const
  const port: BrokerPort = {
    open: (order, watch) => ig.positions.open(order, watch),
    close: (order, watch) => ig.positions.close(order, watch),
    amend: (order, watch) => ig.positions.amend(order, watch),
    place: (order, watch) => ig.orders.place(order, watch),
    cancel: (order, watch) => ig.orders.cancel(order.dealId, watch),
    findConfirm: reference => ig.confirms.find(reference),
    readBook: async () => ({ workingOrders: await ig.orders.list(), positions: await ig.positions.list() }),
    findDeals: async () => [],
    findCharges: sinceMs => bookedMoney(ig.history, sinceMs),
  }
  const contracts = [contractFor(markets[0], [usual]), contractFor(markets[1], [shares])]
  const desk = runDesk(
    { contracts, accountCurrency: ig.account.currency },
    { broker: port, journal: { append() {} }, clock, nextReference: dealReferences(START_MS) },
  )
  desk.tell({ kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: clock.monotonicMs() })
  desk.tell({ kind: 'trade', trade: { kind: 'feed', state: 'listening' }, atMs: clock.monotonicMs() })

  /** Lets the desk's time pass until something is so; what the broker answers is real. */
  const comes = async (isSo: (state: DeskState) => boolean, stepMs = 500): Promise<void> => {
    for (let step = 0; step < 1_000 && !isSo(desk.state); step++) {
      clock.advance(stepMs)
      await new Promise(resolve => systemClock.at(systemClock.monotonicMs() + 5, () => resolve(null)))
    }
    await waitFor('the desk to know', () => isSo(desk.state))
  }
  const price = (of: Epic, decimals: number, bidUnits: number, offerUnits: number): void => {
    const told = { brokerTimeMs: null, isDelayed: false, isSnapshot: false, session: 1, state: 'tradeable' } as const
    const receivedAtMs = clock.monotonicMs()
    desk.tell({
      kind: 'quote',
      quote: createQuote({ epic: of, decimals, bidUnits, offerUnits, receivedAtMs, ...told }),
    })
  }
  const cash = async (): Promise<Decimal> => (await ig.accounts.list())[0]!.balance!.cash
  const want = (intent: Intent): void => desk.want(intent, clock.monotonicMs())
  return {
    broker,
    desk,
    want,
    comes,
    price,
    cash,
    async [Symbol.asyncDispose]() {
      desk.stop()
      await ig.close()
      await broker.close()
    },
  }
}

it('makes the day what the broker booked, to the cent: results, a commission, a premium and the funding of a night', async () => {
  await using session = await started()
  const { broker, desk, comes } = session
  await comes(({ book, booked }) => book.agreedAt !== null && booked?.elsewhere !== null)
  const before = await session.cash()
  const day = () => {
    const { realised, charges } = dayTotals(desk.state.day)
    return realised && charges && realised.plus(charges).plus(desk.state.booked?.elsewhere ?? 0)
  }
  for (const [of, decimals, bid, offer] of [
    [EURUSD, 5, 108_417, 108_423],
    [APPLE, 2, 21_427, 21_433],
  ] as const) {
    session.price(of, decimals, bid, offer)
    session.want({ kind: 'enter', epic: of, direction: 'BUY' })
  }
  await comes(({ holdings }) => holdings.size === 2)
  broker.passNight()
  // The guaranteed stop goes, and only what was booked tells what it brought.
  broker.injectTick(EURUSD, '1.08111', '1.08117')
  await comes(({ holdings }) => holdings.size === 1)
  session.want({ kind: 'flatten', scope: ACCOUNT })
  await comes(({ holdings, flattens }) => holdings.size + flattens.length === 0)
  const { asks: asksBefore } = desk.state.booked!
  await comes(({ booked }) => booked!.asks > asksBefore && booked!.asking === null)
  const { asks } = desk.state.booked!
  expect(day()?.toFixed(2)).toBe((await session.cash()).minus(before).toFixed(2))
  const causes = new Set(desk.state.day.charges.map(({ cause }) => cause))
  expect(causes).toEqual(new Set(['commission', 'funding', 'guaranteed-stop']))
  expect(desk.state.booked?.elsewhere?.toFixed()).toBe('0')
  const told = day()?.toFixed()
  await comes(({ booked }) => booked!.asks > asks && booked!.asking === null, 5_000)
  expect(day()?.toFixed()).toBe(told)
})
