import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markets } from '../market-catalogue.ts'
import type { Tick } from '../tick.ts'
import { rescaler } from './rescaler.ts'

const marketOf = (epic: string) => markets.find(market => market.epic === epic)!
const DAX = marketOf('IX.D.DAX.IFD.IP')
const EURUSD = { decimals: 5, usualSpreadUnits: 6 }
const tick = (bidUnits: number, offerUnits: number): Tick => ({
  kind: 'tick',
  epic: 'CS.D.EURUSD.CFD.IP',
  atMs: 0,
  bidUnits,
  offerUnits,
})

it('plays the first quote at the usual level of the market, and later ones in proportion', () => {
  const map = rescaler(DAX, EURUSD)
  expect(map(tick(138_600, 138_606))).toEqual({ ...tick(184_994, 185_006), epic: DAX.epic })
  // A rise of one percent is one percent of 18500.0, and an open spread of half the usual is half of the usual there.
  expect(map(tick(139_988, 139_991))).toMatchObject({ bidUnits: 186_847, offerUnits: 186_853 })
})

it('keeps crossed quotes crossed, locked ones locked, and open ones open by at least a unit', () => {
  const map = rescaler(marketOf('IX.D.SPTRD.IFD.IP'), { decimals: 5, usualSpreadUnits: 600 })
  const spreadOf = (mapped: Tick) => mapped.offerUnits - mapped.bidUnits
  expect([6, 0, -2, 1200].map(spread => spreadOf(map(tick(138_600, 138_600 + spread))))).toEqual([1, 0, -1, 8])
})

it('keeps the spread in proportion to the price where what is usual is not known', () => {
  const map = rescaler(DAX, { decimals: 8, usualSpreadUnits: null })
  const { bidUnits, offerUnits } = map(tick(9_999_500_000, 10_000_500_000))
  expect(offerUnits - bidUnits).toBe(19)
})

it('is exact however large the numbers: no quote is further from its true place than half a unit', () => {
  const price = fc.integer({ min: 1_000_000_000, max: 999_999_999_999 })
  fc.assert(
    fc.property(price, price, (first, later) => {
      const map = rescaler(DAX, { decimals: 8, usualSpreadUnits: 1 })
      map(tick(first, first))
      const { bidUnits } = map(tick(later, later))
      const wanted = 185_000n * BigInt(later)
      const off = 2n * (BigInt(bidUnits) * BigInt(first) - wanted)
      // Twice the mid is rounded to a unit, and half of it down to a unit again.
      expect(bidUnits === 1 || (off <= BigInt(first) && off >= -2n * BigInt(first))).toBe(true)
    }),
  )
})
