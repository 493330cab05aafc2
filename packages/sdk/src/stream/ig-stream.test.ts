import type { Row, SubscriptionListener, SubscriptionSpec, TlcpStatus } from '@scalpdesk/tlcp'
import { Decimal } from 'decimal.js'
import { expect, it } from 'vitest'
import type { AccountFigures } from '../account.ts'
import { accountId, epic } from '../ids.ts'
import type { Market } from '../market.ts'
import type { Quote } from '../quote.ts'
import { systemClock } from '../system-clock.ts'
import { fakeRow } from '../testing/fake-row.ts'
import type { TradeEvent } from '../trade-event.ts'
import { FIGURE_FIELDS } from './figures-reader.ts'
import { LazyIgStream } from './ig-stream.ts'
import type { StreamClient } from './stream-connection.ts'

const rule = { unit: 'POINTS', value: new Decimal(2) } as const
const MARKET: Market = {
  epic: epic('CS.D.EURUSD.CFD.IP'),
  name: 'EUR/USD',
  expiry: '-',
  currency: 'USD',
  currencyPerBase: null,
  decimals: 5,
  pointsPerUnit: 10_000,
  contractSize: new Decimal(100_000),
  minSize: new Decimal('0.5'),
  minStopDistance: rule,
  maxStopDistance: rule,
  minGuaranteedStopDistance: rule,
  state: 'tradeable',
  bid: null,
  offer: null,
  high: null,
  low: null,
  allowsMarketOrders: true,
}

/** A connection that remembers what it was asked for. */
function start() {
  const asked: { spec: SubscriptionSpec; listener: SubscriptionListener<Row>; isOpen: boolean }[] = []
  let opened = 0
  const tell: ((status: TlcpStatus) => void)[] = []
  const client: StreamClient = {
    status: { kind: 'connecting' },
    subscribe(spec, listener) {
      const subscription = { spec, listener, isOpen: true }
      asked.push(subscription)
      return {
        close() {
          subscription.isOpen = false
        },
      }
    },
    onStatus(listener) {
      tell.push(listener)
      listener({ kind: 'connecting' })
      return () => void tell.splice(tell.indexOf(listener), 1)
    },
    close: async () => {},
  }
  const open = () => {
    opened++
    return client
  }
  return {
    stream: new LazyIgStream({ open, account: () => accountId('ABC12'), server: () => '', clock: systemClock }),
    asked,
    opened: () => opened,
    tell,
  }
}

it('connects at the first subscription, once', () => {
  const { stream, opened } = start()
  expect(opened()).toBe(0)
  stream.trades(() => {})
  stream.account(() => {})
  expect(opened()).toBe(1)
})

it('asks for each market by itself, under the account, on the adapter of prices', () => {
  const { stream, asked } = start()
  const second = { ...MARKET, epic: epic('IX.D.DAX.IFD.IP') }
  const subscription = stream.prices([MARKET, second], () => {})
  expect(asked.map(({ spec }) => [spec.mode, spec.items, spec.dataAdapter, spec.isSnapshotWanted])).toEqual([
    ['MERGE', ['PRICE:ABC12:CS.D.EURUSD.CFD.IP'], 'Pricing', true],
    ['MERGE', ['PRICE:ABC12:IX.D.DAX.IFD.IP'], 'Pricing', true],
  ])
  subscription.close()
  expect(asked.map(({ isOpen }) => isOpen)).toEqual([false, false])
})

it('takes what happened before the subscription for no news', () => {
  const { stream, asked } = start()
  stream.trades(() => {})
  expect(asked[0]?.spec).toMatchObject({ mode: 'DISTINCT', items: ['TRADE:ABC12'], isSnapshotWanted: false })
})

it('says so when prices, events or figures are missing', () => {
  const { stream, asked } = start()
  const quotes: Quote[] = []
  const events: TradeEvent[] = []
  const figures: AccountFigures[] = []
  stream.prices([MARKET], quote => quotes.push(quote))
  stream.trades(event => events.push(event))
  stream.account(each => figures.push(each))
  for (const { listener } of asked) {
    listener.refused?.({ code: -1, text: 'Insufficient permissions' })
    listener.interrupted?.('the server dropped 7 rows')
  }
  expect(quotes.map(quote => [quote.bid, quote.offer, quote.state])).toEqual([
    [null, null, { other: 'refused: Insufficient permissions (-1)' }],
    [null, null, { other: 'interrupted: the server dropped 7 rows' }],
  ])
  expect(events.map(event => event.kind)).toEqual(['feed', 'unreadable', 'unreadable'])
  expect(figures.map(each => each.funds)).toEqual([null, null])
})

it('gives figures as decimals, and null for one that is missing or unreadable', () => {
  const { stream, asked } = start()
  const figures: AccountFigures[] = []
  stream.account(each => figures.push(each))
  const row = { PNL: '-12.5', FUNDS: '10000.10', EQUITY: null, DEPOSIT: 'n/a', AVAILABLE_TO_DEAL: '' }
  asked[0]?.listener.update(fakeRow(FIGURE_FIELDS, row))
  const [first] = figures
  expect(first?.profitLoss?.toFixed()).toBe('-12.5')
  expect(first?.funds?.toFixed()).toBe('10000.1')
  expect([first?.equity, first?.deposit, first?.available]).toEqual([null, null, null])
})

it('tells the status at once, before and after there is a connection, and no more after leaving', () => {
  const { stream, tell } = start()
  const seen: string[] = []
  const leave = stream.onStatus(status => seen.push(status.kind))
  stream.trades(() => {})
  for (const listener of tell) listener({ kind: 'live', continuity: 'new' })
  leave()
  for (const listener of tell) listener({ kind: 'stalled' })
  expect(seen).toEqual(['connecting', 'connecting', 'live'])
})

it('is closed for good: subscriptions then stay silent, and the status says it', async () => {
  const { stream, opened } = start()
  const seen: string[] = []
  stream.onStatus(status => seen.push(status.kind))
  await stream.close()
  stream.trades(() => {})
  expect(opened()).toBe(0)
  expect(seen).toEqual(['connecting', 'closed'])
})

it('begins again on the other account when it is switched, and tells that what was before no longer counts', async () => {
  let account = accountId('ABC12')
  const made: { asked: string[]; isClosed: boolean }[] = []
  const open = (): StreamClient => {
    const own: { asked: string[]; isClosed: boolean } = { asked: [], isClosed: false }
    made.push(own)
    return {
      status: { kind: 'connecting' },
      subscribe(spec) {
        own.asked.push(...spec.items)
        return { close() {} }
      },
      onStatus(listener) {
        listener({ kind: 'connecting' })
        return () => {}
      },
      close: async () => {
        own.isClosed = true
      },
    }
  }
  const stream = new LazyIgStream({ open, account: () => account, server: () => '', clock: systemClock })
  const events: string[] = []
  const quotes: Quote[] = []
  const ended = stream.prices([MARKET], () => {})
  stream.trades(event => events.push(event.kind === 'feed' ? event.state : event.kind))
  stream.prices([MARKET], quote => quotes.push(quote))
  ended.close()

  account = accountId('ABC13')
  stream.switchAccount()
  expect(made.map(({ isClosed }) => isClosed)).toEqual([true, false])
  expect(made[1]?.asked).toEqual(['PRICE:ABC13:CS.D.EURUSD.CFD.IP', 'TRADE:ABC13'])
  expect(events).toEqual(['interrupted', 'unreadable'])
  expect(quotes.map(({ bid }) => bid)).toEqual([null])

  stream.prices([{ ...MARKET, epic: epic('IX.D.DAX.IFD.IP') }], () => {})
  expect(made[1]?.asked.at(-1)).toBe('PRICE:ABC13:IX.D.DAX.IFD.IP')
  await stream.close()
  expect(made.map(({ isClosed }) => isClosed)).toEqual([true, true])
})
