import { describe, expect, it } from 'vitest'
import { pathOfError } from '../testing/decode-path.ts'
import { decodeWorkingOrders } from './decode-working-order.ts'

// Shape: IG Labs, REST API reference, "Working Orders", GET /workingorders version 2; figures are made up.

const WORKING_ORDER = {
  dealId: 'D1',
  direction: 'SELL',
  epic: 'CS.D.EURUSD.MINI.IP',
  orderSize: 0.5,
  orderLevel: 2300,
  timeInForce: 'GOOD_TILL_DATE',
  goodTillDate: '2024/06/30 22:59',
  goodTillDateISO: '2024-06-30T20:59',
  createdDate: '2024/06/14 12:14:00:000',
  createdDateUTC: '2024-06-14T10:14:00',
  guaranteedStop: true,
  orderType: 'LIMIT',
  stopDistance: 5.5,
  limitDistance: null,
  currencyCode: 'USD',
  dma: false,
  limitedRiskPremium: 0.3,
}
const NOTHING = {
  timeInForce: null,
  goodTillAtMs: null,
  stopDistancePoints: null,
  limitDistancePoints: null,
  currency: null,
  isDma: null,
  limitedRiskPremium: null,
  createdAtMs: null,
  pointsPerUnit: null,
  expiry: null,
  instrumentType: null,
  marketState: null,
  bid: null,
  offer: null,
  high: null,
  low: null,
  netChange: null,
  percentageChange: null,
  priceTimeUtc: null,
  delayMinutes: null,
  isStreamable: null,
  lotSize: null,
}

describe('working orders', () => {
  it('are read with their times in UTC, their legs, and their market', () => {
    const marketData = {
      instrumentName: 'EUR/USD',
      expiry: '-',
      marketStatus: 'EDITS_ONLY',
      scalingFactor: 10000,
      bid: 1.1,
    }
    const [order] = decodeWorkingOrders({ workingOrders: [{ workingOrderData: WORKING_ORDER, marketData }] })
    expect(order).toMatchObject({
      timeInForce: 'good-till-date',
      goodTillAtMs: Date.UTC(2024, 5, 30, 20, 59),
      createdAtMs: Date.UTC(2024, 5, 14, 10, 14),
      limitDistancePoints: null,
      isGuaranteed: true,
      isDma: false,
      currency: 'USD',
      marketName: 'EUR/USD',
      marketState: 'edits-only',
      pointsPerUnit: 10_000,
    })
    expect(order?.stopDistancePoints?.toFixed()).toBe('5.5')
    expect(order?.limitedRiskPremium?.toFixed()).toBe('0.3')
  })

  it.each([null, [], 'closed', {}])('a market that is %o costs nothing but itself', marketData => {
    const [order] = decodeWorkingOrders({ workingOrders: [{ workingOrderData: WORKING_ORDER, marketData }] })
    expect(order).toMatchObject({ dealId: 'D1', marketName: 'CS.D.EURUSD.MINI.IP', bid: null })
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
      marketName: 'CS.D.EURUSD.MINI.IP',
      direction: null,
      size: null,
      level: null,
      kind: { other: '' },
      isGuaranteed: false,
      ...NOTHING,
    })
    expect(orders[1]).toMatchObject({ direction: 'SELL', kind: 'limit' })
  })

  it.each(['dealId', 'epic'])('a working order without %s is none', field => {
    const workingOrders = [{ workingOrderData: { ...WORKING_ORDER, [field]: null } }]
    expect(pathOfError(() => decodeWorkingOrders({ workingOrders }))).toBe(`workingOrders[0].workingOrderData.${field}`)
  })
})
