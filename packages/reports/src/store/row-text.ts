import { type ActivityDetails, Decimal } from '@scalpdesk/sdk'
import type { BrokerActivity, BrokerTransaction, MarketFacts } from '../day-facts.ts'

/** Rows as the store keeps them: JSON, exact amounts as text. */

export const rowText = (row: object): string => JSON.stringify(row)

/** Reads the rows of one answer. */
export interface RowReader {
  /** @throws when the text is none of a row */
  transaction(text: string, id: string): BrokerTransaction
  /** @throws when the text is none of a row */
  activity(text: string, id: string): BrokerActivity
}

/** A year says the same figures again and again: each is made once, as nobody can change it. Rows are filled in place: copies would cost more than reading. */
export function rowReader(): RowReader {
  const known = new Map<string, Decimal>()
  const exact = (told: unknown): Decimal => {
    const text = String(told)
    const before = known.get(text)
    if (before !== undefined) return before
    const made = new Decimal(text)
    if (known.size < MOST_KNOWN) known.set(text, made)
    return made
  }
  const figure = (told: unknown): Decimal | null => (told === null ? null : exact(told))
  return {
    transaction(text, id) {
      const row = JSON.parse(text) as Filled<BrokerTransaction>
      const { amount, symbol } = row.profitAndLoss
      row.id = id
      row.profitAndLoss = { amount: exact(amount), symbol }
      row.openLevel = figure(row.openLevel)
      row.closeLevel = figure(row.closeLevel)
      row.size = figure(row.size)
      return row
    },
    activity(text, id) {
      const row = JSON.parse(text) as Filled<BrokerActivity>
      const details = row.details as Filled<ActivityDetails> | null
      row.id = id
      if (details) for (const name of FIGURES) details[name] = figure(details[name])
      return row
    },
  }
}

/** As JSON it has texts where exact figures belong, until they are put there. */
type Filled<Row> = { -readonly [Key in keyof Row]: Row[Key] }

const FIGURES = [
  'size',
  'level',
  'stopLevel',
  'stopDistance',
  'limitLevel',
  'limitDistance',
  'trailingStopDistance',
  'trailingStep',
] as const

/** Bounds what is held of a history in which no figure comes twice. Our choice. */
const MOST_KNOWN = 200_000

/** @throws when the text is none of a market */
export function marketOfText(text: string): MarketFacts {
  const row = JSON.parse(text) as Filled<MarketFacts>
  const figure = (told: unknown): Decimal | null => (told === null ? null : new Decimal(String(told)))
  row.contractSize = figure(row.contractSize)
  row.perUnit = figure(row.perUnit)
  return row
}
