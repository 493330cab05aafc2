import { createQuote, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { priceRanges } from './price-ranges.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const quote = (bidUnits: number | null, offerUnits: number | null, decimals = 5) =>
  createQuote({
    epic: EURUSD,
    bidUnits,
    offerUnits,
    decimals,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 0,
    isSnapshot: false,
  })

it('is of the mid, exact to the half unit, since the first price', () => {
  const ranges = priceRanges()
  expect(ranges.of(EURUSD)).toBeNull()
  for (const bid of [139_200, 139_150, 139_260, 139_210]) ranges.add(quote(bid, bid + 3))
  expect(ranges.of(EURUSD)).toEqual({ high: 1_392_615, low: 1_391_515, decimals: 6 })
})

it('goes on in finer units when prices get more decimals, and back', () => {
  const ranges = priceRanges()
  ranges.add(quote(20_010, 20_020, 2))
  ranges.add(quote(200_205, 200_215, 3))
  ranges.add(quote(20_000, 20_010, 2))
  expect(ranges.of(EURUSD)).toEqual({ high: 2_002_100, low: 2_000_500, decimals: 4 })
})

it('leaves out what has no mid that means anything', () => {
  const ranges = priceRanges()
  ranges.add(quote(null, 139_200))
  ranges.add(quote(139_203, 139_200))
  expect(ranges.of(EURUSD)).toBeNull()
})
