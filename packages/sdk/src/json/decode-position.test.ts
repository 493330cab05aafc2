import { describe, expect, it } from 'vitest'
import { pathOfError } from '../testing/decode-path.ts'
import { decodePosition, decodePositions } from './decode-position.ts'

// Shape: IG Labs, REST API reference, "Positions", GET /positions version 2; figures are made up.

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
  trailingStep: null,
  trailingStopDistance: null,
  limitedRiskPremium: null,
}
const POSITION_MARKET = {
  instrumentName: 'EUR/USD Mini',
  expiry: '-',
  epic: 'CS.D.EURUSD.MINI.IP',
  instrumentType: 'CURRENCIES',
  lotSize: 1,
  high: 1.08512,
  low: 1.08301,
  percentageChange: 0.06,
  netChange: 0.00066,
  bid: 1.08417,
  offer: null,
  updateTime: '10:06:44',
  updateTimeUTC: '08:06:44',
  delayTime: 0,
  streamingPricesAvailable: true,
  marketStatus: 'TRADEABLE',
  scalingFactor: 10000,
}

describe('positions', () => {
  it('are read with their time in UTC', () => {
    const [position] = decodePositions({ positions: [{ position: POSITION, market: POSITION_MARKET }] })
    expect(position?.createdAtMs).toBe(Date.UTC(2024, 5, 14, 23, 41, 1))
    expect(position).toMatchObject({ direction: 'BUY', limitLevel: null, isGuaranteed: false, pointsPerUnit: 10_000 })
    expect(position?.stopLevel?.toFixed()).toBe('1.0827')
  })

  it('say what their market said', () => {
    const position = decodePosition({ position: POSITION, market: POSITION_MARKET })
    expect(position).toMatchObject({
      expiry: '-',
      instrumentType: 'currencies',
      marketState: 'tradeable',
      offer: null,
      priceTimeUtc: '08:06:44',
      delayMinutes: 0,
      isStreamable: true,
      trailingStop: null,
      limitedRiskPremium: null,
    })
    const { bid, high, low, netChange, percentageChange, lotSize } = position
    const digits = [bid, high, low, netChange, percentageChange, lotSize].map(value => value?.toFixed())
    expect(digits).toEqual(['1.08417', '1.08512', '1.08301', '0.00066', '0.06', '1'])
  })

  it('trail with both numbers or not at all', () => {
    const trailing = { ...POSITION, trailingStopDistance: 8, trailingStep: 2.5 }
    const position = decodePosition({ position: trailing, market: POSITION_MARKET })
    expect(position.trailingStop?.distancePoints.toFixed()).toBe('8')
    expect(position.trailingStop?.stepPoints.toFixed()).toBe('2.5')
    const half = { ...POSITION, trailingStopDistance: 8, trailingStep: null }
    expect(decodePosition({ position: half, market: POSITION_MARKET }).trailingStop).toBeNull()
  })

  it('keep a market state that is new', () => {
    const market = { ...POSITION_MARKET, marketStatus: 'HALF_OPEN' }
    expect(decodePosition({ position: POSITION, market }).marketState).toEqual({ other: 'HALF_OPEN' })
  })

  it('a direction is never guessed', () => {
    const positions = [{ position: { ...POSITION, direction: 'LONG' }, market: POSITION_MARKET }]
    expect(pathOfError(() => decodePositions({ positions }))).toBe('positions[0].position.direction')
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
    expect(pathOfError(() => decodePositions({ positions }))).toBe(`positions[1].${path}`)
  })
})
