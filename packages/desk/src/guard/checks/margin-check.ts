import { Decimal } from '@scalpdesk/sdk'
import { deny } from '../denial.ts'
import { marginNeeded } from '../margin-needed.ts'
import { type EntryQuestion, forEntries } from './check.ts'

/** Too little is refused whenever it is known; what is not known only when a limit is set. */
export const isMarginThere = forEntries('the margin', question => {
  const { known, memory } = question
  const { minMarginLeft } = memory.limits.inForce
  const needed = needs(question)
  const available = known.availableMargin
  if (needed === null || available === null) {
    if (minMarginLeft === null) return null
    const what =
      needed === null ? 'the margin of this order cannot be worked out' : 'the broker has not told what is available'
    return deny('margin-unknown', `${money(minMarginLeft)} must stay available, but ${what}`)
  }
  const left = available.minus(needed)
  if (left.gte(minMarginLeft ?? 0)) return null
  const rule = minMarginLeft?.gt(0) ? `, and ${money(minMarginLeft)} must stay` : ''
  return deny(
    'margin',
    `it needs a margin of ${money(needed)} ${known.accountCurrency}, ${money(available)} are available${rule}`,
  )
})

function needs({ ask, known }: EntryQuestion): Decimal | null {
  const { terms, quote } = known
  const level = ask.level ?? (ask.direction === 'BUY' ? quote?.offer : quote?.bid) ?? null
  if (!terms || level === null) return null
  const held = known.positions
    .filter(({ epic }) => epic === ask.epic)
    .reduce((sum, { size }) => sum.plus(size), new Decimal(0))
  return marginNeeded(terms, level, held, ask.deal.size, known.accountCurrency)
}

const money = (value: Decimal): string => value.toFixed(2)
