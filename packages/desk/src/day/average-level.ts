import type { Decimal, Direction, Epic } from '@scalpdesk/sdk'
import type { Day } from './day.ts'
import { Exact, plain } from './exact.ts'

/** What is open in one market on one side, as if it were one position. */
export interface AverageLevel {
  readonly epic: Epic
  readonly direction: Direction
  readonly deals: number
  readonly size: Decimal
  /** Weighted by contracts, to ten decimals; null when a level is not known. For reading: no money is computed from it. */
  readonly level: Decimal | null
}

export function averageLevels({ open }: Day): readonly AverageLevel[] {
  const groups = Map.groupBy(open, ({ epic, direction }) => `${direction} ${epic}`)
  return [...groups.values()].map(deals => {
    let weight: Decimal = new Exact(0)
    let size: Decimal = new Exact(0)
    let sum: Decimal | null = new Exact(0)
    for (const { left, contractSize, level } of deals) {
      const contracts = new Exact(left).times(contractSize ?? 1)
      size = size.plus(left)
      weight = weight.plus(contracts)
      sum = sum && level && sum.plus(contracts.times(level))
    }
    const { epic, direction } = deals[0]!
    const level = sum && !weight.isZero() ? plain(sum.div(weight).toDecimalPlaces(10)) : null
    return { epic, direction, deals: deals.length, size: plain(size), level }
  })
}
