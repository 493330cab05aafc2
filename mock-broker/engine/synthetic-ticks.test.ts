import { describe, expect, it } from 'vitest'
import { markets } from './market-catalogue.ts'
import { seededRandom } from './random.ts'
import { syntheticTicks } from './synthetic-ticks.ts'

const moving = markets.flatMap(({ epic, synthetic }) => (synthetic ? [{ epic, synthetic }] : []))

const moves = (index: number, seed: number, count: number) => {
  const source = syntheticTicks(moving[index]!.synthetic, seededRandom(seed))
  return Array.from({ length: count }, () => source.next())
}

describe.each(moving.map(({ epic }, index) => [epic, index] as const))('the synthetic %s', (_epic, index) => {
  it('is fixed by its seed', () => {
    expect(moves(index, 7, 500)).toEqual(moves(index, 7, 500))
    expect(moves(index, 7, 500)).not.toEqual(moves(index, 8, 500))
  })

  it.each([1, 2, 3])('is never crossed and stays within a tenth of its start (seed %i)', seed => {
    const { startUnits } = moving[index]!.synthetic
    const strange = moves(index, seed, 20_000).filter(
      ({ bidUnits, offerUnits }) => offerUnits <= bidUnits || Math.abs(bidUnits - startUnits) >= startUnits / 10,
    )
    expect(strange).toEqual([])
  })

  it.each([1, 2, 3])('shows a newcomer life: no pause above two seconds in the first minute (seed %i)', seed => {
    let elapsedMs = 0
    let longestMs = 0
    for (const { afterMs } of moves(index, seed, 5_000)) {
      if (elapsedMs < 60_000) longestMs = Math.max(longestMs, afterMs)
      elapsedMs += afterMs
    }
    expect(longestMs).toBeLessThanOrEqual(2_000)
  })

  it('has bursts, quiet spells and changing spreads', () => {
    const all = moves(index, 1, 20_000)
    const spreads = new Set(all.map(({ bidUnits, offerUnits }) => offerUnits - bidUnits))
    expect(all.filter(({ afterMs }) => afterMs < 20).length).toBeGreaterThan(500)
    expect(all.filter(({ afterMs }) => afterMs > 3_000).length).toBeGreaterThan(20)
    expect(spreads.size).toBeGreaterThan(5)
  })
})
