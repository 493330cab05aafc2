import { waitFor } from '@scalpdesk/testkit'
import { APIClient, Direction, PositionOrderType } from 'ig-trading-api'
import { afterEach, expect, it } from 'vitest'
import { startQuietBroker } from '../testing/quiet-broker.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const ending: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

it('serves a day of ig-trading-api: login, search, stream, open, amend, partial close, close, history, logout', async () => {
  const broker = await startQuietBroker({ streaming: { legacyItems: true } })
  ending.push(() => broker.close())
  const { rest, stream } = new APIClient(`${broker.url}/`, broker.apiKey)
  const session = await rest.login.createSession(broker.username, broker.password)
  expect(session.accountId).toBe('MOCK1')

  const { markets } = await rest.market.searchMarkets('EUR/USD')
  expect(markets.map(({ epic }) => epic)).toContain(EURUSD)

  const bids: number[] = []
  const states: string[] = []
  const funds: (number | undefined)[] = []
  const closes: number[] = []
  const ticks: number[] = []
  const confirmed: string[] = []
  const lightstreamer = stream.subscribeMarketUpdates([EURUSD], (_epic, update) => {
    bids.push(update.BID)
    states.push(update.MARKET_STATE)
  })
  ending.push(() => lightstreamer.disconnect())
  const minute = '1MINUTE' as Parameters<typeof stream.subscribeCandles>[1]
  stream.subscribeCandles([EURUSD], minute, (_epic, candle) => void closes.push(candle.closePrice.bid ?? 0))
  stream.subscribeTicks([EURUSD], (_epic, tick) => void ticks.push(tick.BID ?? 0))
  stream.subscribeAccount((_account, update) => void funds.push(update.FUNDS))
  stream.subscribeTrade((_account, { CONFIRMS }) => {
    if (CONFIRMS && !confirmed.includes(CONFIRMS.dealReference)) confirmed.push(CONFIRMS.dealReference)
  })
  await waitFor('the stream', () => bids.length > 0 && funds.length > 0 && closes.length > 0)
  expect([bids[0], states[0], funds[0], closes[0]]).toEqual([1.08417, 'TRADEABLE', 100_000, 1.08417])
  await waitFor('all five subscriptions', () => broker.streams()[0]?.subscriptions === 5)
  broker.injectTick(EURUSD, '1.08418', '1.08424')
  await waitFor('the tick', () => ticks.includes(1.08418) && bids.includes(1.08418))

  const opened = await rest.dealing.createPosition({
    currencyCode: 'USD',
    direction: Direction.BUY,
    epic: EURUSD,
    expiry: '-',
    forceOpen: true,
    guaranteedStop: false,
    orderType: PositionOrderType.MARKET,
    size: 2,
    stopDistance: 20,
  })
  const { dealId, dealStatus } = await rest.dealing.confirmTrade(opened)
  expect(dealStatus).toBe('ACCEPTED')
  await rest.dealing.updatePosition(dealId, { limitLevel: 1.09, stopLevel: 1.08 })
  await waitFor('the amend', () => broker.positions()[0]?.position.stopLevel === 1.08)

  const exit = { dealId, direction: Direction.SELL, expiry: '-', orderType: PositionOrderType.MARKET } as const
  for (const [size, left] of [
    [0.5, 1.5],
    [1.5, undefined],
  ] as const) {
    // Its type asks for a level, which a market order must not have: NaN is null on the wire.
    const request: Parameters<typeof rest.dealing.closePosition>[0] = { ...exit, level: Number.NaN, size }
    const closed = await rest.dealing.closePosition(request)
    expect((await rest.dealing.confirmTrade(closed)).dealStatus).toBe('ACCEPTED')
    const { positions } = await rest.dealing.getAllOpenPositions()
    expect(positions[0]?.position.size).toBe(left)
  }
  await waitFor('the streamed confirms', () => confirmed.length >= 4)
  expect(confirmed).toContain(opened.dealReference)

  const { activities } = await rest.account.getActivityHistory({ from: '2000-01-01' })
  expect(activities.slice(0, 4).every(({ epic, status }) => epic === EURUSD && status === 'ACCEPTED')).toBe(true)
  const { transactions } = await rest.account.getTransactionHistory({ from: '2000-01-01' })
  expect(
    transactions
      .slice(0, 2)
      .map(({ size }) => size)
      .toSorted(),
  ).toEqual(['+0.5', '+1.5'])

  await rest.login.logout()
  await waitFor('the end of its stream', () => broker.streams().length === 0)
  expect(broker.orders().map(({ method }) => method)).toEqual(['POST', 'DELETE', 'DELETE'])
})
