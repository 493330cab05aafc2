import { epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { unitsQuote } from '../testing/desk-states.ts'
import { priceRanges } from './price-ranges.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')

it('is of the mid, exact to the half unit, since the first price', () => {
  const ranges = priceRanges()
  expect(ranges.of(EURUSD)).toBeNull()
  for (const bid of [139_200, 139_150, 139_260, 139_210]) ranges.add(unitsQuote(bid, bid + 3))
  expect(ranges.of(EURUSD)).toEqual({ high: 1_392_615, low: 1_391_515, decimals: 6 })
})

it('goes on in finer units when prices get more decimals, and back', () => {
  const ranges = priceRanges()
  ranges.add(unitsQuote(20_010, 20_020, 2))
  ranges.add(unitsQuote(200_205, 200_215, 3))
  ranges.add(unitsQuote(20_000, 20_010, 2))
  expect(ranges.of(EURUSD)).toEqual({ high: 2_002_100, low: 2_000_500, decimals: 4 })
})

it('leaves out what has no mid that means anything', () => {
  const ranges = priceRanges()
  ranges.add(unitsQuote(null, 139_200))
  ranges.add(unitsQuote(139_203, 139_200))
  expect(ranges.of(EURUSD)).toBeNull()
})
