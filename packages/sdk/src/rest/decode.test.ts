import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../errors.ts'
import { ACCOUNTS } from '../testing/rude-server.ts'
import { decodeAccounts } from './decode-account.ts'
import { decodeConfirm } from './decode-confirm.ts'
import { decodeMarket, decodeMarketSearch } from './decode-market.ts'
import { decodePositions, decodeWorkingOrders } from './decode-position.ts'
import { JsonNode } from './json-node.ts'

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

const POSITION = {
  contractSize: 10000,
  createdDateUTC: '2024-06-14T23:41:01',
  dealId: 'DIAAAAPX7K2M9QA',
  dealReference: 'WB7Q2LTX9M4KD3R',
  size: 1,
  direction: 'BUY',
  limitLevel: null,
  level: 1.0842,
  currency: 'USD',
  controlledRisk: false,
  stopLevel: 1.0827,
}
const WORKING_ORDER = {
  dealId: 'D1',
  direction: 'SELL',
  epic: 'CS.D.EURUSD.MINI.IP',
  orderSize: 0.5,
  orderLevel: 2300,
  orderType: 'LIMIT',
}
const POSITION_MARKET = { instrumentName: 'EUR/USD Mini', epic: 'CS.D.EURUSD.MINI.IP', scalingFactor: 10000 }

describe('positions and orders', () => {
  it('are read with their time in UTC', () => {
    const [position] = decodePositions({ positions: [{ position: POSITION, market: POSITION_MARKET }] })
    expect(position?.createdAtMs).toBe(Date.UTC(2024, 5, 14, 23, 41, 1))
    expect(position).toMatchObject({ direction: 'BUY', limitLevel: null, isGuaranteed: false, pointsPerUnit: 10_000 })
    expect(position?.stopLevel?.toFixed()).toBe('1.0827')
  })

  it('a direction is never guessed', () => {
    const positions = [{ position: { ...POSITION, direction: 'LONG' }, market: POSITION_MARKET }]
    expect(pathOf(() => decodePositions({ positions }))).toBe('positions[0].position.direction')
  })

  it.each([
    ['dealReference', null, 'dealReference', null],
    ['dealReference', 'far too long for a reference of ours', 'dealReference', null],
    ['level', null, 'level', null],
    ['level', 'n/a', 'level', null],
    ['currency', null, 'currency', null],
    ['currency', 978, 'currency', null],
    ['controlledRisk', 'perhaps', 'isGuaranteed', false],
    ['createdDateUTC', null, 'createdAtMs', null],
    ['createdDateUTC', '14/06/24', 'createdAtMs', null],
  ])('a position whose %s is %o is listed without it, and so are the others', (field, value, name, expected) => {
    const odd = { position: { ...POSITION, [field]: value }, market: POSITION_MARKET }
    const positions = decodePositions({ positions: [odd, { position: POSITION, market: POSITION_MARKET }] })
    expect(positions).toHaveLength(2)
    expect(positions[0]).toMatchObject({ dealId: 'DIAAAAPX7K2M9QA', [name]: expected })
    expect(positions[1]?.level?.toFixed()).toBe('1.0842')
  })

  it('a position of a market without name, factor and contract size has what can be said of it', () => {
    const market = { epic: 'SE.D.PFE.CASH.IP', scalingFactor: 0 }
    const [position] = decodePositions({ positions: [{ position: { ...POSITION, contractSize: null }, market }] })
    expect(position).toMatchObject({ marketName: 'SE.D.PFE.CASH.IP', pointsPerUnit: null, currency: 'USD' })
    expect(position?.contractSize.toFixed()).toBe('1')
  })

  it('a contract size that cannot be read makes no amount in any currency', () => {
    const position = { ...POSITION, contractSize: '1 lot' }
    const [row] = decodePositions({ positions: [{ position, market: POSITION_MARKET }] })
    expect(row).toMatchObject({ currency: null, dealId: 'DIAAAAPX7K2M9QA' })
  })

  it.each([
    ['dealId', { position: { ...POSITION, dealId: null }, market: POSITION_MARKET }, 'position.dealId'],
    ['epic', { position: POSITION, market: { ...POSITION_MARKET, epic: null } }, 'market.epic'],
    ['direction', { position: { ...POSITION, direction: null }, market: POSITION_MARKET }, 'position.direction'],
    ['size', { position: { ...POSITION, size: null }, market: POSITION_MARKET }, 'position.size'],
    ['market', { position: POSITION }, 'market'],
    // A stop that is there must not look like one that is not.
    ['readable stop', { position: { ...POSITION, stopLevel: 'near' }, market: POSITION_MARKET }, 'position.stopLevel'],
  ])('without %s nobody knows what is open', (_title, row, path) => {
    const positions = [{ position: POSITION, market: POSITION_MARKET }, row]
    expect(pathOf(() => decodePositions({ positions }))).toBe(`positions[1].${path}`)
  })

  it('a working order of a new kind is kept', () => {
    const workingOrderData = { ...WORKING_ORDER, orderType: 'OCO' }
    expect(decodeWorkingOrders({ workingOrders: [{ workingOrderData }] })[0]?.kind).toEqual({ other: 'OCO' })
  })

  it('a working order that says little is listed with the little', () => {
    const workingOrderData = { dealId: 'D1', epic: 'CS.D.EURUSD.MINI.IP', direction: 'LONG', orderSize: 'x' }
    const orders = decodeWorkingOrders({ workingOrders: [{ workingOrderData }, { workingOrderData: WORKING_ORDER }] })
    expect(orders[0]).toEqual({
      dealId: 'D1',
      epic: 'CS.D.EURUSD.MINI.IP',
      direction: null,
      size: null,
      level: null,
      kind: { other: '' },
    })
    expect(orders[1]).toMatchObject({ direction: 'SELL', kind: 'limit' })
  })

  it.each(['dealId', 'epic'])('a working order without %s is none', field => {
    const workingOrders = [{ workingOrderData: { ...WORKING_ORDER, [field]: null } }]
    expect(pathOf(() => decodeWorkingOrders({ workingOrders }))).toBe(`workingOrders[0].workingOrderData.${field}`)
  })

  it('an account may have no figures', () => {
    expect(decodeAccounts(ACCOUNTS).map(account => account.balance?.cash.toFixed() ?? null)).toEqual(['10000', null])
  })
})

const CONFIRM = {
  date: '2024-06-14T23:47:19.880',
  status: 'CLOSED',
  reason: 'SUCCESS',
  dealStatus: 'ACCEPTED',
  epic: 'CS.D.EURUSD.MINI.IP',
  dealReference: 'J3MX8V2KQ7TTN5A',
  dealId: 'DIAAAAPX7K2M9QA',
  affectedDeals: [{ dealId: 'DIAAAAPX7K2M9QA', status: 'FULLY_CLOSED' }],
  level: 1.08504,
  size: 1,
  direction: 'SELL',
  stopLevel: null,
  limitLevel: null,
  profit: 8.4,
  profitCurrency: 'USD',
}

describe('a confirm', () => {
  it('of a close has its profit', () => {
    const { outcome, dateMs } = decodeConfirm(CONFIRM)
    expect(dateMs).toBe(Date.UTC(2024, 5, 14, 23, 47, 19, 880))
    expect(outcome).toMatchObject({ kind: 'accepted', status: 'closed', affected: [{ status: 'fully-closed' }] })
    if (outcome.kind === 'accepted') expect(outcome.profit?.toFixed()).toBe('8.4')
  })

  it('of a refusal has its reason', () => {
    const rejected = {
      ...CONFIRM,
      status: null,
      dealStatus: 'REJECTED',
      reason: 'ATTACHED_ORDER_LEVEL_ERROR',
      level: null,
    }
    expect(decodeConfirm(rejected).outcome).toEqual({ kind: 'rejected', reason: 'ATTACHED_ORDER_LEVEL_ERROR' })
  })

  it('does not lose its outcome to a strange date', () => {
    expect(decodeConfirm({ ...CONFIRM, date: 'yesterday' })).toMatchObject({
      dateMs: null,
      outcome: { kind: 'accepted' },
    })
  })
})

describe('a number', () => {
  it.each([
    ['3.3300000000000000710542735760100', '3.33'],
    ['1.08417', '1.08417'],
    ['-12.5', '-12.5'],
    ['1e-7', '0.0000001'],
    ['10000.0', '10000'],
  ])('%s of a document is %s', (text, decimal) => {
    expect(new JsonNode(JSON.parse(text), '').decimal().toFixed()).toBe(decimal)
  })

  it('keeps every digit of a decimal of up to 15', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }), fc.nat(12), (units, decimals) => {
        const written = new Decimal(units).times(new Decimal(10).pow(-decimals))
        expect(new JsonNode(JSON.parse(written.toFixed()), '').decimal().equals(written)).toBe(true)
      }),
    )
  })

  it.each([['abc'], [''], ['1.'], ['Infinity'], ['0x10'], [true], [null], [{}]])('is not %o', value => {
    expect(() => new JsonNode(value, 'here').decimal()).toThrow(DecodeError)
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
