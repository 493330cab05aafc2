import { Decimal } from '@scalpdesk/sdk'
import { message } from '../../words/message.ts'
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
    const unknown = needed === null ? 'needed' : 'available'
    return deny('margin-unknown', message('margin-unknown', { mustStay: money(minMarginLeft), unknown }))
  }
  const left = available.minus(needed)
  if (left.gte(minMarginLeft ?? 0)) return null
  const mustStay = minMarginLeft?.gt(0) ? money(minMarginLeft) : null
  const told = { needed: money(needed), available: money(available), unit: known.accountCurrency, mustStay }
  return deny('margin', message('margin-short', told))
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
