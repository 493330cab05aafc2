import { describe, expect, it } from 'vitest'
import { accountId, type Epic, epic } from '../ids.ts'
import type { Ig } from '../ig.ts'
import { type Contract, DAX, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

const NOPE = epic('CS.D.NOPE.CFD.IP')
const APPLE = epic('UA.D.AAPL.CASH.IP')
/** Has no price at all. */
const PFIZER = epic('SE.D.PFE.CASH.IP')

describe('one market', () => {
  it('has its dealing rules, units and price', async () => {
    await using contract = await startContract()
    const market = await contract.ig.markets.get(EURUSD)
    expect(market).toMatchObject({
      epic: EURUSD,
      name: 'EUR/USD',
      expiry: '-',
      currency: 'USD',
      decimals: 5,
      pointsPerUnit: 10_000,
      state: 'tradeable',
      allowsMarketOrders: true,
    })
    const { currencyPerBase, contractSize, minSize, bid, offer } = market
    const digits = [currencyPerBase, contractSize, minSize, bid, offer].map(String)
    expect(digits).toEqual(['1.08', '100000', '0.1', '1.08417', '1.08423'])
    expect(rule(market.minStopDistance)).toBe('2 POINTS')
    expect(rule(market.maxStopDistance)).toBe('75 PERCENTAGE')
    expect(rule(market.minGuaranteedStopDistance)).toBe('5 POINTS')
    expect(market.instrument).toMatchObject({
      type: 'currencies',
      unit: 'contracts',
      marketId: 'EURUSD',
      isForceOpenAllowed: true,
      areStopsAndLimitsAllowed: true,
      isGuaranteedStopAllowed: true,
      isStreamable: true,
      openingHours: null,
      expiryDetails: null,
      onePipMeans: '0.0001 USD/EUR',
    })
    expect(market.instrument.currencies).toMatchObject([{ code: 'USD', symbol: '$', isDefault: true }])
    expect(market.instrument.valueOfOnePip?.toFixed()).toBe('10')
    expect(market.instrument.marginFactor && rule(market.instrument.marginFactor)).toBe('3.33 PERCENTAGE')
    const bands = market.instrument.marginBands?.map(
      band => `${band.fromSize}-${band.toSize}: ${band.marginPercentage}`,
    )
    expect(bands).toEqual(['0-100: 3.33', '100-200: 3.33', '200-400: 4.995', '400-null: 9.99'])
    expect(market.rules).toMatchObject({ marketOrders: 'default-on', trailingStops: 'available' })
    expect(market.rules.minTrailingStep && rule(market.rules.minTrailingStep)).toBe('1 POINTS')
    // 09:30:15 UTC, an hour further east.
    expect(market.snapshot).toMatchObject({ updateTime: '10:30:15', delayMinutes: 0, binaryOdds: null })
  })

  it('of a share has the contract size 1, and of one without a price none', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const apple = await ig.markets.get(APPLE)
    expect([apple.contractSize.toFixed(), apple.instrument.unit, apple.instrument.type]).toEqual([
      '1',
      'shares',
      'shares',
    ])
    const pfizer = await ig.markets.get(PFIZER)
    expect(pfizer).toMatchObject({ bid: null, offer: null, high: null, low: null, state: 'edits-only' })
    expect(pfizer.instrument.isStreamable).toBe(false)
  })

  it('says that it is closed, that it takes no market orders, and that its price is gone', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    expect((await ig.markets.get(epic('IX.D.SUNDOW.IGI.IP'))).allowsMarketOrders).toBe(false)
    broker.faults.closeMarket(EURUSD)
    broker.faults.nullPrices(DAX)
    expect((await ig.markets.get(EURUSD)).state).toBe('closed')
    expect(await ig.markets.get(DAX)).toMatchObject({ bid: null, offer: null, high: null, low: null })
  })

  it('by its ladder has the prices with their sizes and an instant', async () => {
    await using contract = await startContract()
    const ladder = await contract.ig.markets.ladder(EURUSD)
    expect(ladder).toMatchObject({
      epic: EURUSD,
      decimals: 5,
      pointsPerUnit: 10_000,
      isLimitAllowed: true,
      isStopAllowed: true,
      state: 'tradeable',
      updatedAtMs: START_MS,
    })
    expect(ladder.prices.map(({ bid, offer }) => `${bid}/${offer}`)).toEqual(['1.08417/1.08423'])
    expect(ladder.sizes.map(({ currency, bidSizes }) => `${currency} ${bidSizes}`)).toEqual(['USD 100'])
    expect(ladder.rules.minSize?.toFixed()).toBe('0.1')
  })

  it('that IG does not know is refused', async () => {
    await using contract = await startContract()
    const refused = { name: 'RefusedError', code: 'error.public-api.epic-not-found', httpStatus: 404 }
    await expect(contract.ig.markets.get(NOPE)).rejects.toMatchObject(refused)
    await expect(contract.ig.markets.ladder(NOPE)).rejects.toMatchObject(refused)
  })
})

describe('many markets', () => {
  it('come in the order asked for, also those of more than one call', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const epics = await everyEpic(contract)
    expect(epics.length).toBeGreaterThan(50)
    const before = askedMarkets(contract)
    const details = await ig.markets.details(epics)
    expect([...details.keys()]).toEqual(epics)
    expect(askedMarkets(contract) - before).toBe(2)
    expect(details.get(EURUSD)).toEqual(await ig.markets.get(EURUSD))
    const snapshots = await ig.markets.snapshots(epics)
    expect([...snapshots.keys()]).toEqual(epics)
    expect(snapshots.get(EURUSD)).toMatchObject({ epic: EURUSD, instrumentType: 'currencies', state: 'tradeable' })
    expect(snapshots.get(EURUSD)?.offer?.toFixed()).toBe('1.08423')
    expect(snapshots.get(PFIZER)?.offer).toBeNull()
  })

  it('fail for one that IG does not know, or come without it', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const known = (await everyEpic(contract)).slice(0, 49)
    const asked = [...known.slice(0, 20), NOPE, ...known.slice(20), epic('CS.D.NOPE2.CFD.IP')]
    await expect(ig.markets.details(asked)).rejects.toMatchObject({ code: 'error.public-api.epic-not-found' })
    expect([...(await ig.markets.details(asked, { onUnknown: 'leave-out' })).keys()]).toEqual(known)
    expect([...(await ig.markets.snapshots([NOPE], { onUnknown: 'leave-out' })).keys()]).toEqual([])
  })
})

describe('finding markets', () => {
  it('by a part of the name, among those of the kind of account', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const [hit] = await ig.markets.search('eur/usd')
    expect(hit).toMatchObject({
      epic: EURUSD,
      name: 'EUR/USD',
      instrumentType: 'currencies',
      expiry: '-',
      state: 'tradeable',
      isStreamable: true,
      delayMinutes: 0,
      pointsPerUnit: 10_000,
      updateTimeUtc: '09:30:15',
    })
    expect([hit?.bid?.toFixed(), hit?.offer?.toFixed()]).toEqual(['1.08417', '1.08423'])
    expect(await ig.markets.search('there is none of this name & so')).toEqual([])
    await ig.session.switchAccount(accountId('MOCK2'))
    expect((await ig.markets.search('EUR/USD')).map(({ expiry }) => expiry)).toEqual(['DFB'])
  })

  it('by their categories, each instrument once, whatever the size of a page', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const categories = await ig.markets.categories()
    expect(categories).toContainEqual({ id: 'FOREX', isTradeable: true })
    const whole = await Array.fromAsync(ig.markets.instruments('FOREX'))
    expect(whole.map(each => each.epic)).toContain(EURUSD)
    for (const pageSize of [1, 5, whole.length]) {
      expect(await Array.fromAsync(ig.markets.instruments('FOREX', { pageSize }))).toEqual(whole)
    }
    expect(whole.find(each => each.epic === EURUSD)).toMatchObject({ isOtcTradeable: true, updateTime: '10:30:15' })
    expect(await Array.fromAsync(ig.markets.instruments('NO SUCH'))).toEqual([])
  })
})

describe('client sentiment', () => {
  it('adds up to a hundred, and is null for what IG does not know', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const one = await ig.markets.sentiment('EURUSD')
    if (one.longPercentage === null || one.shortPercentage === null) throw new Error('expected percentages')
    expect(one.longPercentage.plus(one.shortPercentage).toFixed()).toBe('100')
    const nobody = { marketId: 'NOBODY', longPercentage: null, shortPercentage: null }
    expect(await ig.markets.sentiment('NOBODY')).toEqual(nobody)
    expect(await ig.markets.sentiments(['EURUSD', 'NOBODY'])).toEqual([one, nobody])
  })

  it('of more markets than fit into one call, and of related ones', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const ids = Array.from({ length: 60 }, (_, index) => `ID${index}`)
    expect((await ig.markets.sentiments(ids)).map(each => each.marketId)).toEqual(ids)
    const related = await ig.markets.relatedSentiments('EURUSD')
    expect(related.length).toBeGreaterThan(0)
    expect(related.map(each => each.marketId)).not.toContain('EURUSD')
  })
})

it('exercises every route of markets', () => {
  expect(notExercised('markets')).toEqual([])
})

function rule({ value, unit }: { readonly value: { toFixed(): string }; readonly unit: unknown }): string {
  return `${value.toFixed()} ${String(unit)}`
}

/** Of both kinds of account. */
async function everyEpic(contract: Contract): Promise<readonly Epic[]> {
  const betting = await contract.connect({ accountId: accountId('MOCK2') })
  return [...(await epicsOf(contract.ig)), ...(await epicsOf(betting))]
}

async function epicsOf(ig: Ig): Promise<readonly Epic[]> {
  const found: Epic[] = []
  for (const { id } of await ig.markets.categories()) {
    for await (const instrument of ig.markets.instruments(id)) found.push(instrument.epic)
  }
  return found
}

function askedMarkets({ broker }: Contract): number {
  return broker.requests().filter(({ path }) => path.startsWith('/markets?epics=')).length
}
