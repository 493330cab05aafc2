import { describe, expect, it } from 'vitest'
import { DecodeError } from '../errors.ts'
import { ACCOUNTS } from '../testing/rude-server.ts'
import { decodeAccounts } from './decode-account.ts'
import { decodeMarket } from './decode-market.ts'
import { decodeMarketSearch } from './decode-market-summary.ts'

// Shapes: IG Labs, REST API reference; figures are made up.

const POINTS = (value: number) => ({ unit: 'POINTS', value })
const MARKET = {
  instrument: {
    epic: 'CS.D.EURUSD.MINI.IP',
    expiry: '-',
    name: 'EUR/USD Mini',
    currencies: [{ code: 'USD', symbol: '$', baseExchangeRate: 1.0842, exchangeRate: 0.71, isDefault: false }],
    contractSize: '10000',
  },
  dealingRules: {
    minDealSize: POINTS(0.5),
    minNormalStopOrLimitDistance: POINTS(2),
    maxStopOrLimitDistance: { unit: 'PERCENTAGE', value: 75 },
    minControlledRiskStopDistance: POINTS(5),
    marketOrderPreference: 'AVAILABLE_DEFAULT_OFF',
  },
  snapshot: {
    marketStatus: 'TRADEABLE',
    bid: 1.08417,
    offer: 1.08423,
    high: 1.08512,
    low: null,
    decimalPlacesFactor: 5,
    scalingFactor: 10000,
  },
}

describe('a market', () => {
  it('is read with the first currency where none is the default', () => {
    const market = decodeMarket(MARKET)
    expect(market).toMatchObject({ epic: 'CS.D.EURUSD.MINI.IP', currency: 'USD', decimals: 5, pointsPerUnit: 10_000 })
    expect(market).toMatchObject({ state: 'tradeable', low: null, allowsMarketOrders: true })
    expect(market.bid?.toFixed()).toBe('1.08417')
    expect(market.contractSize.toFixed()).toBe('10000')
    expect(market.maxStopDistance).toMatchObject({ unit: 'PERCENTAGE' })
  })

  it('takes the default currency, and one unit a share', () => {
    const [usd] = MARKET.instrument.currencies
    const instrument = {
      ...MARKET.instrument,
      currencies: [usd, { ...usd, code: 'EUR', isDefault: true }],
      contractSize: null,
    }
    const market = decodeMarket({ ...MARKET, instrument })
    expect(market.currency).toBe('EUR')
    expect(market.contractSize.toFixed()).toBe('1')
  })

  it('keeps a status that is new', () => {
    const market = decodeMarket({ ...MARKET, snapshot: { ...MARKET.snapshot, marketStatus: 'HALF_OPEN' } })
    expect(market.state).toEqual({ other: 'HALF_OPEN' })
  })

  it.each([
    ['no currency', { ...MARKET, instrument: { ...MARKET.instrument, currencies: [] } }, 'instrument.currencies'],
    ['no rules', { ...MARKET, dealingRules: null }, 'dealingRules'],
    [
      'no decimals',
      { ...MARKET, snapshot: { ...MARKET.snapshot, decimalPlacesFactor: null } },
      'snapshot.decimalPlacesFactor',
    ],
    ['a factor of 0', { ...MARKET, snapshot: { ...MARKET.snapshot, scalingFactor: 0 } }, 'snapshot.scalingFactor'],
    ['an epic that is none', { ...MARKET, instrument: { ...MARKET.instrument, epic: 'a b' } }, 'instrument.epic'],
    ['nothing', undefined, 'the top'],
  ])('with %s is refused, naming the place', (_title, json, path) => {
    expect(pathOf(() => decodeMarket(json))).toContain(path === 'the top' ? '' : path)
    expect(() => decodeMarket(json)).toThrow(DecodeError)
  })

  it('a closed share in a search has no prices', () => {
    const hit = {
      epic: 'SE.D.PFE.CASH.IP',
      instrumentName: 'Pfizer',
      instrumentType: 'SHARES',
      expiry: '-',
      marketStatus: 'EDITS_ONLY',
    }
    const [summary] = decodeMarketSearch({ markets: [{ ...hit, bid: null, offer: null, high: 28.49, low: 27.95 }] })
    expect(summary).toMatchObject({ bid: null, offer: null, state: 'edits-only', isStreamable: false })
  })
})

describe('accounts', () => {
  it('may have no figures', () => {
    expect(decodeAccounts(ACCOUNTS).map(account => account.balance?.cash.toFixed() ?? null)).toEqual(['10000', null])
  })
})

function pathOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof DecodeError) return error.path
    throw error
  }
  throw new Error('expected a DecodeError')
}
