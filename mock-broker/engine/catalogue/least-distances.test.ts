import { expect, it } from 'vitest'
import { unitsPerPoint } from '../market.ts'
import { markets } from '../market-catalogue.ts'
import { seededRandom } from '../random.ts'
import { syntheticTicks } from '../synthetic-ticks.ts'

/** How many of a market's quotes let an order rest at the touch: the spread is at least its least distance. */
function partToJoin(epic: string): number {
  const market = markets.find(each => each.epic === epic)
  if (!market?.synthetic) throw new Error(`expected ${epic} to be a market with a synthetic shape, but it is not`)
  const least = market.minStopPoints.times(unitsPerPoint(market)).toNumber()
  const source = syntheticTicks(market.synthetic, seededRandom(7))
  const quotes = Array.from({ length: 5_000 }, () => source.next())
  return quotes.filter(({ bidUnits, offerUnits }) => offerUnits - bidUnits >= least).length / quotes.length
}

it.each(['CS.D.BITCOIN.CFD.IP', 'IX.D.HANGSENG.IFU.IP', 'IX.D.SUNDOW.IGI.IP'])(
  'lets an order rest at the bid or the offer of %s at any time',
  epic => {
    expect(partToJoin(epic)).toBe(1)
  },
)

it.each(['CS.D.EURUSD.CFD.IP', 'IX.D.DAX.IFD.IP'])('does so on %s only in a burst, if ever', epic => {
  expect(partToJoin(epic)).toBeLessThan(0.25)
})
