import type { Decimal } from '@scalpdesk/sdk'
import type { BookedMoney, BookedResult } from '../broker-port.ts'
import { dealsOf } from '../day/day.ts'
import type { Deal } from '../day/deal.ts'
import type { Part } from '../day/part.ts'
import type { DeskState } from '../desk-state.ts'

/** A part of a deal, and what the broker booked for it. */
export interface Explained {
  readonly deal: Deal
  readonly part: Part
  readonly row: BookedMoney
  readonly closeLevel: Decimal
}

/**
 * Which part of which deal each result belongs to. The broker names none (IG Labs, REST API reference, "Accounts", GET
 * /history/transactions): direction, size and levels tell. A close whose level is known comes before one that nobody told of.
 * @returns with `others`: results that belong to no deal of ours
 */
export function explain(
  { day }: Pick<DeskState, 'day'>,
  rows: readonly BookedMoney[],
): { readonly explained: readonly Explained[]; readonly others: readonly BookedMoney[] } {
  const parts = dealsOf(day).flatMap(deal => deal.parts.map(part => ({ deal, part })))
  const free = new Set(parts)
  let others = rows.filter(({ what }) => what.kind === 'result')
  const explained: Explained[] = []
  for (const fits of [isSameAmount, isSameLevel, isUntold]) {
    others = others.filter(row => {
      const { what } = row
      if (what.kind !== 'result') return false
      for (const each of free) {
        if (!isOf(each.deal, each.part, what) || !fits(each.part, what, row)) continue
        free.delete(each)
        explained.push({ ...each, row, closeLevel: what.closeLevel })
        return false
      }
      return true
    })
  }
  return { explained, others }
}

function isOf({ direction, level }: Deal, { size }: Part, what: BookedResult): boolean {
  return direction === what.direction && level?.equals(what.openLevel) === true && size.equals(what.size)
}

/** Of two alike, that which the broker's confirm told the same amount of. */
function isSameAmount(part: Part, what: BookedResult, { amount }: BookedMoney): boolean {
  return isSameLevel(part, what) && part.booked?.equals(amount) === true
}

const isSameLevel = ({ level }: Part, { closeLevel }: BookedResult): boolean => level?.equals(closeLevel) === true

const isUntold = ({ level }: Part): boolean => level === null
