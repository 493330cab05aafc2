import { createQuote, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { createChartFeed } from './chart-feed.ts'

const quote = (bidUnits: number | null, offerUnits: number | null, decimals = 5) =>
  createQuote({
    epic: epic('CS.D.EURUSD.CFD.IP'),
    bidUnits,
    offerUnits,
    decimals,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 0,
    isSnapshot: false,
  })

it('keeps the lowest and the highest mid between two frames, exact to the half unit', () => {
  const chart = createChartFeed()
  for (const [bid, offer] of [
    [139_200, 139_203],
    [139_150, 139_152],
    [139_260, 139_262],
    [139_210, 139_212],
  ] as const)
    chart.add(quote(bid, offer))
  expect(chart.take()).toEqual({ low: 1_391_510, high: 1_392_610, last: 1_392_110, decimals: 6 })
  expect(chart.take()).toBeNull()
})

it('draws neither crossed nor one-sided quotes', () => {
  const chart = createChartFeed()
  chart.add(quote(139_203, 139_200))
  chart.add(quote(null, 139_200))
  expect(chart.take()).toBeNull()
})
