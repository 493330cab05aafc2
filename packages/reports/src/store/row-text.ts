import { type Activity, type ActivityDetails, Decimal, type Transaction } from '@scalpdesk/sdk'
import type { MarketFacts } from '../day-facts.ts'

/** Rows as the store keeps them: JSON, exact amounts as text. */

export const rowText = (row: object): string => JSON.stringify(row)

type Stored<Row> = {
  readonly [Key in keyof Row]: Row[Key] extends Decimal | null ? string | null : Row[Key]
}

/** @throws when the text is none of a row */
export function transactionOfText(text: string): Transaction {
  const row = JSON.parse(text) as Stored<Transaction>
  const { amount, symbol } = row.profitAndLoss
  return {
    ...row,
    profitAndLoss: { amount: new Decimal(amount), symbol },
    openLevel: figure(row.openLevel),
    closeLevel: figure(row.closeLevel),
    size: figure(row.size),
  }
}

/** @throws when the text is none of a row */
export function activityOfText(text: string): Activity {
  const row = JSON.parse(text) as Activity & { readonly details: Stored<ActivityDetails> | null }
  const { details } = row
  return { ...row, details: details && detailsOf(details as Stored<ActivityDetails>) }
}

/** @throws when the text is none of a market */
export function marketOfText(text: string): MarketFacts {
  const row = JSON.parse(text) as Stored<MarketFacts>
  return { ...row, contractSize: figure(row.contractSize), perUnit: figure(row.perUnit) }
}

function detailsOf(stored: Stored<ActivityDetails>): ActivityDetails {
  return {
    ...stored,
    size: figure(stored.size),
    level: figure(stored.level),
    stopLevel: figure(stored.stopLevel),
    stopDistance: figure(stored.stopDistance),
    limitLevel: figure(stored.limitLevel),
    limitDistance: figure(stored.limitDistance),
    trailingStopDistance: figure(stored.trailingStopDistance),
    trailingStep: figure(stored.trailingStep),
  }
}

const figure = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text))
