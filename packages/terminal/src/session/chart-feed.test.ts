import { epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { unitsQuote } from '../testing/desk-states.ts'
import { createChartFeed } from './chart-feed.ts'

it('keeps the lowest and the highest mid between two frames, exact to the half unit', () => {
  const chart = createChartFeed()
  for (const [bid, offer] of [
    [139_200, 139_203],
    [139_150, 139_152],
    [139_260, 139_262],
    [139_210, 139_212],
  ] as const)
    chart.add(unitsQuote(bid, offer))
  expect(chart.take(0, 0)).toMatchObject([
    { first: 1_392_015, low: 1_391_510, high: 1_392_610, last: 1_392_110, decimals: 6 },
  ])
  expect(chart.take(0, 0)).toEqual([])
})

it('draws neither crossed nor one-sided quotes', () => {
  const chart = createChartFeed()
  chart.add(unitsQuote(139_203, 139_200))
  chart.add(unitsQuote(null, 139_200))
  expect(chart.take(0, 0)).toEqual([])
})

it('keeps each market apart, and says of each of its prices whether it rose', () => {
  const chart = createChartFeed()
  const gold = epic('CS.D.CFDGOLD.CFDGC.IP')
  chart.add(unitsQuote(139_200, 139_203))
  chart.add(unitsQuote(200_010, 200_040, 2, gold))
  chart.add(unitsQuote(139_201, 139_204))
  chart.add(unitsQuote(139_201, 139_204))
  chart.add(unitsQuote(139_199, 139_202))
  const [euro, metal] = chart.take(0, 0)
  expect(euro?.ticks.map(({ bid, move }) => `${bid} ${move}`)).toEqual([
    '1.39200 even',
    '1.39201 up',
    '1.39201 even',
    '1.39199 down',
  ])
  expect(metal?.ticks).toMatchObject([{ bid: '2000.10', offer: '2000.40', move: 'even' }])
})

it('keeps the last twenty prices of a burst', () => {
  const chart = createChartFeed()
  for (let bid = 1; bid <= 30; bid++) chart.add(unitsQuote(bid, bid))
  const [feed] = chart.take(0, 0)
  expect(feed?.ticks.map(({ bid }) => bid)).toEqual(Array.from({ length: 20 }, (_, index) => `0.000${index + 11}`))
})

it('hands single prices on five times a second, in their order, and the path of the price each time', () => {
  const chart = createChartFeed()
  const bids = (nowMs: number) => chart.take(nowMs, 0).map(({ last, ticks }) => [last, ...ticks.map(({ bid }) => bid)])
  chart.add(unitsQuote(10, 10))
  expect(bids(1_000)).toEqual([[100, '0.00010']])
  chart.add(unitsQuote(11, 11))
  expect(bids(1_016)).toEqual([[110]])
  chart.add(unitsQuote(12, 12))
  expect(bids(1_199)).toEqual([[120]])
  // Nothing new came since, and the prices that waited come all the same.
  expect(bids(1_200)).toEqual([[120, '0.00011', '0.00012']])
  expect(bids(1_400)).toEqual([])
})
