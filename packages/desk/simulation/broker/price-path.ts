import type { Market } from '@scalpdesk/mock-broker/engine'
import { between, happens, type Random } from './chance.ts'

export interface Move {
  readonly afterMs: number
  readonly bidUnits: number
  readonly offerUnits: number
}

/**
 * Where a market's price goes: mostly a few units at a time, now and then a leap that reaches stops and orders. The random
 * numbers alone decide it. All figures are our choice.
 */
export function pricePath({ synthetic }: Market, random: Random): { next(): Move } {
  if (!synthetic) throw new Error('expected a market that moves by itself, but got one without a price')
  const { startUnits, spreadUnits, moveUnits } = synthetic
  let midUnits = startUnits
  return {
    next() {
      const isLeap = happens(random, 0.02)
      const reach = moveUnits * (isLeap ? 60 : 4)
      const pull = Math.round((startUnits - midUnits) / 50)
      midUnits += between(random, -reach, reach) + pull
      const spread = Math.max(1, Math.round(spreadUnits * (0.8 + 0.6 * random.next() + (isLeap ? 2 : 0))))
      const bidUnits = midUnits - Math.floor(spread / 2)
      return { afterMs: between(random, 200, 2_200), bidUnits, offerUnits: bidUnits + spread }
    },
  }
}
