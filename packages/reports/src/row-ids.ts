import type { Activity, Decimal, Transaction } from '@scalpdesk/sdk'
import type { BrokerActivity, BrokerTransaction } from './day-facts.ts'

/**
 * Names the rows of one whole reading. IG gives its rows no key: the name is what a row says, and of rows that say the same the second has
 * `~2` behind it, the third `~3`. So a row that is read again has the name that it had, two rows that are really two stay two, and readings
 * are joined by keeping each name once. A reading must not hold a row twice: pages that shifted have to be read again.
 */
export function transactionRows(rows: readonly Transaction[]): readonly BrokerTransaction[] {
  const nth = counter()
  return rows.map(row => ({ ...row, id: nth(transactionName(row)) }))
}

/** As {@link transactionRows} does. */
export function activityRows(rows: readonly Activity[]): readonly BrokerActivity[] {
  const nth = counter()
  return rows.map(row => ({ ...row, id: nth(activityName(row)) }))
}

/** Each row once, of readings that may overlap. */
export function joinedRows<Row extends { readonly id: string }>(
  ...readings: readonly (readonly Row[])[]
): readonly Row[] {
  const known = new Map<string, Row>()
  for (const reading of readings) for (const row of reading) if (!known.has(row.id)) known.set(row.id, row)
  return [...known.values()]
}

/** Begins with IG's own reference, for people. Without the instrument's name, which changes with the account's language. */
function transactionName(row: Transaction): string {
  const { reference, date, closedAtMs, openedAtMs, profitAndLoss, type, openLevel, closeLevel, size } = row
  const word = typeof type === 'string' ? type : type.other
  const when = [date, closedAtMs, openedAtMs].map(value => value ?? '').join(',')
  return [reference, when, profitAndLoss.amount.toFixed(), word, ...[openLevel, closeLevel, size].map(figure)].join('|')
}

function activityName({ dealId, dateText, type, status, details }: Activity): string {
  const words = [type, status].map(word => (typeof word === 'string' ? word : word.other))
  const actions = (details?.actions ?? []).map(action => {
    const word = typeof action.type === 'string' ? action.type : action.type.other
    return `${word}:${action.affectedDealId ?? ''}`
  })
  const { level = null, size = null, stopLevel = null, limitLevel = null } = details ?? {}
  return [
    dealId ?? '',
    dateText,
    ...words,
    actions.join(','),
    ...[level, size, stopLevel, limitLevel].map(figure),
  ].join('|')
}

const figure = (value: Decimal | null): string => value?.toFixed() ?? ''

function counter(): (name: string) => string {
  const seen = new Map<string, number>()
  return name => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}~${count}`
  }
}
