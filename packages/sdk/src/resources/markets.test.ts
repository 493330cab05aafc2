import { describe, expect, it } from 'vitest'
import { DecodeError, InvalidInputError, RefusedError } from '../errors.ts'
import { type Epic, epic } from '../ids.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { INSTRUMENT, LADDER, MARKET, marketRow, snapshotRow } from '../testing/market-json.ts'
import { type Markets, marketsOver } from './markets.ts'

const GBPUSD = epic('CS.D.GBPUSD.MINI.IP')

describe('markets.get', () => {
  it('has what dealing needs, and everything else in groups', async () => {
    const rest = fakeRest([MARKET])
    const market = await marketsOver(rest).get(GBPUSD)
    expect(rest.asked).toEqual(['GET /markets/CS.D.GBPUSD.MINI.IP v3'])
    expect(market).toMatchObject({ epic: GBPUSD, currency: 'USD', decimals: 5, state: 'tradeable' })
    expect(market.instrument).toMatchObject({
      type: 'currencies',
      unit: 'contracts',
      marketId: 'GBPUSD',
      isForceOpenAllowed: true,
      areStopsAndLimitsAllowed: true,
      isGuaranteedStopAllowed: true,
      isStreamable: true,
      openingHours: [{ opensAt: '00:00', closesAt: '23:00' }],
      expiryDetails: { lastDealingDate: '2025-03-19T21:00', settlementInfo: null },
      rolloverDetails: null,
      country: null,
      onePipMeans: '0.0001 USD/GBP',
      specialInfo: ['MAX KNOCK OUT LEVEL DISTANCE'],
    })
    expect(market.instrument.marginBands?.map(band => band.toSize?.toFixed() ?? null)).toEqual(['90', null])
    expect(market.instrument.marginFactor?.value.toFixed()).toBe('3.33')
    expect(market.instrument.slippageFactor).toMatchObject({ unit: 'PERCENTAGE' })
    expect(market.instrument.valueOfOnePip?.toFixed()).toBe('1')
    expect(market.rules).toMatchObject({ marketOrders: 'default-on', trailingStops: 'available' })
    expect(market.rules.minTrailingStep?.value.toFixed()).toBe('4')
    expect(market.snapshot).toMatchObject({ updateTime: '09:14:02', delayMinutes: 0, binaryOdds: null })
    expect(market.snapshot.netChange?.toFixed()).toBe('-0.00041')
  })

  it('reads a number with float noise as the one that was meant', async () => {
    const noisy = JSON.stringify(MARKET).replace(
      '"marginFactor":3.33',
      '"marginFactor":3.33000000000000007105427357601',
    )
    const market = await marketsOver(fakeRest([JSON.parse(noisy)])).get(GBPUSD)
    expect(market.instrument.marginFactor?.value.toFixed()).toBe('3.33')
  })

  it.each([
    ['marginDepositBands', [{ min: 'x' }], 'marginBands', null],
    ['marginFactorUnit', 3, 'marginFactor', null],
    ['slippageFactor', null, 'slippageFactor', null],
    ['openingHours', 'always', 'openingHours', null],
    ['lotSize', undefined, 'lotSize', null],
    ['valueOfOnePip', 'one', 'valueOfOnePip', null],
    ['specialInfo', null, 'specialInfo', []],
    ['type', 'WEATHER', 'type', { other: 'WEATHER' }],
    ['type', null, 'type', { other: '' }],
    ['unit', 'BARRELS', 'unit', { other: 'BARRELS' }],
    ['controlledRiskAllowed', 'perhaps', 'isGuaranteedStopAllowed', false],
  ])('does not lose the market to %s being %o', async (field, value, name, expected) => {
    const json = { ...MARKET, instrument: { ...INSTRUMENT, [field]: value } }
    const market = await marketsOver(fakeRest([json])).get(GBPUSD)
    expect(market.instrument).toMatchObject({ [name]: expected })
    expect(market.minSize.toFixed()).toBe('0.5')
  })

  it('does not make up what dealing depends on', async () => {
    const json = { ...MARKET, dealingRules: { ...MARKET.dealingRules, minDealSize: null } }
    await expect(marketsOver(fakeRest([json])).get(GBPUSD)).rejects.toThrow(DecodeError)
  })
})

describe('markets.ladder', () => {
  it('has prices by size, and whether stops are taken', async () => {
    const rest = fakeRest([LADDER])
    const ladder = await marketsOver(rest).ladder(GBPUSD)
    expect(rest.asked).toEqual(['GET /markets/CS.D.GBPUSD.MINI.IP v4'])
    expect(ladder).toMatchObject({ state: 'closings-only', isLimitAllowed: true, isStopAllowed: false, decimals: 5 })
    expect(ladder.prices.map(price => [price.bid?.toFixed(), price.offer?.toFixed() ?? null])).toEqual([
      ['1.27105', '1.27114'],
      ['1.27101', null],
    ])
    expect(ladder.sizes[0]?.bidSizes.map(size => size?.toFixed())).toEqual(['100000', '500000'])
    expect(ladder.sizes[0]?.offerSizes[1]).toBeNull()
    expect(ladder.rules.minSize?.toFixed()).toBe('0.5')
    expect(ladder.limitedRiskPremium?.value.toFixed()).toBe('1.4')
  })

  it.each([
    [1_718_352_842, 1_718_352_842_000],
    [1_718_352_842.5, 1_718_352_842_500],
    [1_718_352_842_000, 1_718_352_842_000],
    ['1718352842', 1_718_352_842_000],
    [null, null],
    [0, null],
  ])('takes the time %o for the instant that it can only be', async (updateTimestampUTC, expected) => {
    const json = { ...LADDER, snapshot: { ...LADDER.snapshot, updateTimestampUTC } }
    expect((await marketsOver(fakeRest([json])).ladder(GBPUSD)).updatedAtMs).toBe(expected)
  })

  it('may have no steps and no rules', async () => {
    const snapshot = { ...LADDER.snapshot, priceLadder: null, currencyLadders: undefined }
    const ladder = await marketsOver(fakeRest([{ ...LADDER, dealingRules: null, snapshot }])).ladder(GBPUSD)
    expect(ladder).toMatchObject({ prices: [], sizes: [], rules: { minSize: null, trailingStops: null } })
  })
})

const epicNo = (index: number): Epic => epic(`XX.D.MARKET${String(index).padStart(3, '0')}.IP`)
const manyEpics = (count: number): readonly Epic[] => Array.from({ length: count }, (_, index) => epicNo(index))

describe('markets.details and markets.snapshots', () => {
  it('give markets by epic, in the order asked for, whatever IG’s is', async () => {
    const rest = fakeRest([{ marketDetails: [marketRow(epicNo(1)), marketRow(epicNo(0))] }])
    const markets = await marketsOver(rest).details([epicNo(0), epicNo(1), epicNo(0)])
    expect(rest.asked).toEqual(['GET /markets?epics=XX.D.MARKET000.IP%2CXX.D.MARKET001.IP v2'])
    expect([...markets.keys()]).toEqual([epicNo(0), epicNo(1)])
    expect(markets.get(epicNo(1))?.instrument.marketId).toBe('GBPUSD')
  })

  it('ask for 50 at a time', async () => {
    const rest = servedMarkets(new Set())
    const markets = await marketsOver(rest).snapshots(manyEpics(101))
    expect(rest.sizes).toEqual([50, 50, 1])
    expect(markets.size).toBe(101)
    expect(rest.asked[0]).toContain('&filter=SNAPSHOT_ONLY v2')
  })

  it('give prices alone where that was asked for', async () => {
    const rest = fakeRest([{ marketDetails: [snapshotRow(GBPUSD)] }])
    const snapshot = (await marketsOver(rest).snapshots([GBPUSD])).get(GBPUSD)
    expect(snapshot).toMatchObject({ epic: GBPUSD, instrumentType: 'currencies', state: 'tradeable', delayMinutes: 0 })
    expect(snapshot?.offer?.toFixed()).toBe('1.27114')
  })

  it('fail with IG’s refusal when one epic is unknown, unless told to leave it out', async () => {
    const rest = servedMarkets(new Set([epicNo(3)]))
    await expect(marketsOver(rest).details(manyEpics(10))).rejects.toMatchObject({ name: 'RefusedError' })
    expect(rest.asked).toHaveLength(1)
  })

  it('fail when a market is missing in a good answer', async () => {
    const rest = fakeRest([{ marketDetails: [marketRow(epicNo(0))] }])
    await expect(marketsOver(rest).details(manyEpics(2))).rejects.toMatchObject({ code: 'market-missing' })
  })

  it.each(Array.from({ length: 50 }, (_, index) => index))(
    'leave unknown epic %i of 50 out, in few calls',
    async bad => {
      const rest = servedMarkets(new Set([epicNo(bad)]))
      const markets = await marketsOver(rest).snapshots(manyEpics(50), { onUnknown: 'leave-out' })
      expect([...markets.keys()]).toEqual(manyEpics(50).filter(each => each !== epicNo(bad)))
      expect(rest.asked.length).toBeLessThanOrEqual(1 + 12)
      // What is known to be refused is not asked for again.
      expect(new Set(rest.asked).size).toBe(rest.asked.length)
    },
  )

  it('do not ask for a half again of which the other half has told enough', async () => {
    const rest = servedMarkets(new Set([epicNo(49)]))
    await marketsOver(rest).snapshots(manyEpics(50), { onUnknown: 'leave-out' })
    expect(rest.sizes).toEqual([50, 25, 12, 6, 3, 2, 1])
  })

  it('leave all out when all are unknown', async () => {
    const rest = servedMarkets(new Set(manyEpics(7)))
    expect((await marketsOver(rest).details(manyEpics(7), { onUnknown: 'leave-out' })).size).toBe(0)
  })

  it('do not take another refusal for an unknown epic', async () => {
    const request = { method: 'GET', path: '/markets' }
    const rest = fakeRest([new RefusedError('error.security.api-key-restricted', 403, request, 'change the key')])
    const failure = marketsOver(rest).details(manyEpics(4), { onUnknown: 'leave-out' })
    await expect(failure).rejects.toMatchObject({ code: 'error.security.api-key-restricted' })
    expect(rest.asked).toHaveLength(1)
  })
})

describe('markets.search', () => {
  const hit = {
    epic: 'SE.D.ACME.CASH.IP',
    instrumentName: 'Acme (24 Hours)',
    instrumentType: 'SHARES',
    expiry: '-',
    high: 41.2,
    low: 40.11,
    percentageChange: 0.4,
    netChange: 0.16,
    updateTime: '22:59:58',
    updateTimeUTC: '20:59:58',
    bid: null,
    offer: null,
    delayTime: 15,
    streamingPricesAvailable: false,
    marketStatus: 'EDITS_ONLY',
    scalingFactor: 100,
  }

  it('finds markets, closed ones without prices', async () => {
    const rest = fakeRest([{ markets: [hit] }])
    const [market] = await marketsOver(rest).search('Acme & Co')
    expect(rest.asked).toEqual(['GET /markets?searchTerm=Acme%20%26%20Co v1'])
    expect(market).toMatchObject({ instrumentType: 'shares', state: 'edits-only', bid: null, offer: null })
    expect(market).toMatchObject({
      delayMinutes: 15,
      updateTimeUtc: '20:59:58',
      pointsPerUnit: 100,
      isStreamable: false,
    })
    expect(market?.netChange?.toFixed()).toBe('0.16')
  })

  it('finds nothing as well', async () => {
    expect(await marketsOver(fakeRest([{ markets: [] }])).search('zzz')).toEqual([])
  })

  it('lists a hit that lacks what is not its name', async () => {
    const bare = { ...hit, netChange: null, percentageChange: undefined, delayTime: 'x', scalingFactor: 0 }
    const [market] = await marketsOver(fakeRest([{ markets: [bare] }])).search('Acme')
    expect(market).toMatchObject({ netChange: null, percentageChange: null, delayMinutes: null, pointsPerUnit: null })
  })
})

describe('client sentiment', () => {
  const EURUSD = { marketId: 'EURUSD', longPositionPercentage: 61.5, shortPositionPercentage: 38.5 }
  const UNKNOWN = { marketId: 'NOPE', longPositionPercentage: 0, shortPositionPercentage: 0 }

  it('of one market', async () => {
    const rest = fakeRest([EURUSD])
    const sentiment = await marketsOver(rest).sentiment('EURUSD')
    expect(rest.asked).toEqual(['GET /clientsentiment/EURUSD v1'])
    expect(sentiment.longPercentage?.toFixed()).toBe('61.5')
    expect(sentiment.shortPercentage?.toFixed()).toBe('38.5')
  })

  it('of several, with nothing for one that IG does not know', async () => {
    const rest = fakeRest([{ clientSentiments: [EURUSD, UNKNOWN] }])
    const sentiments = await marketsOver(rest).sentiments(['EURUSD', 'NOPE', 'EURUSD'])
    expect(rest.asked).toEqual(['GET /clientsentiment?marketIds=EURUSD%2CNOPE v1'])
    expect(sentiments[1]).toEqual({ marketId: 'NOPE', longPercentage: null, shortPercentage: null })
  })

  it('of all against none is a sentiment', async () => {
    const all = { marketId: 'X1', longPositionPercentage: 100, shortPositionPercentage: 0 }
    const sentiment = await marketsOver(fakeRest([all])).sentiment('X1')
    expect([sentiment.longPercentage?.toFixed(), sentiment.shortPercentage?.toFixed()]).toEqual(['100', '0'])
  })

  it('of more than 50 takes several calls', async () => {
    const rest = fakeRest([{ clientSentiments: [EURUSD] }, { clientSentiments: [EURUSD] }])
    await marketsOver(rest).sentiments(Array.from({ length: 51 }, (_, index) => `M${index}`))
    expect(rest.asked).toHaveLength(2)
  })

  it('of related markets', async () => {
    const rest = fakeRest([{ clientSentiments: [EURUSD] }])
    await marketsOver(rest).relatedSentiments('GC/1')
    expect(rest.asked).toEqual(['GET /clientsentiment/related/GC%2F1 v1'])
  })
})

describe('input that can be none', () => {
  it.each<[string, (markets: Markets) => Promise<unknown>]>([
    ['a search for nothing', markets => markets.search('')],
    ['a search for a blank', markets => markets.search('  ')],
    ['a market without an epic', markets => markets.get('' as Epic)],
    ['a ladder without an epic', markets => markets.ladder('a/b' as Epic)],
    ['details of nothing', markets => markets.details([])],
    ['details of two epics in one', markets => markets.details(['AA.BB.CC,DD.EE.FF' as Epic])],
    ['another word for unknown ones', markets => markets.details([GBPUSD], { onUnknown: 'skip' as 'fail' })],
    ['snapshots of nothing', markets => markets.snapshots([])],
    ['a sentiment without a market', markets => markets.sentiment('')],
    ['a sentiment above', markets => markets.sentiment('..')],
    ['sentiments of nothing', markets => markets.sentiments([])],
    ['sentiments of two in one', markets => markets.sentiments(['A,B'])],
    ['related to nothing', markets => markets.relatedSentiments(' ')],
  ])('%s is refused, and nothing is sent', async (_what, ask) => {
    const rest = fakeRest([])
    await expect(ask(marketsOver(rest))).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })

  it('an epic is not any text, by type', () => {
    const ask = (markets: Markets) =>
      // @ts-expect-error a text is no epic
      markets.get('CS.D.GBPUSD.MINI.IP')
    expect(ask).toBeTypeOf('function')
  })
})

/** A server that refuses a whole list for one unknown epic, as IG does, and answers in the reverse order. */
function servedMarkets(unknown: ReadonlySet<Epic>) {
  const asked: string[] = []
  const sizes: number[] = []
  const { write, answer } = fakeRest([])
  return {
    asked,
    sizes,
    write,
    answer,
    async read({ path, route }: { path: string; route: { method: string; version: number } }) {
      asked.push(`${route.method} ${path} v${route.version}`)
      const epics = (new URLSearchParams(path.split('?')[1]).get('epics') ?? '').split(',').map(epic)
      sizes.push(epics.length)
      if (epics.some(each => unknown.has(each))) {
        const request = { method: 'GET', path: '/markets' }
        throw new RefusedError('error.public-api.epic-not-found', 404, request, 'look it up')
      }
      const row = path.includes('SNAPSHOT_ONLY') ? snapshotRow : marketRow
      return { marketDetails: epics.map(each => row(each)).reverse() }
    },
  }
}
