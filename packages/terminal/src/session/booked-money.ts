import type { BookedCharge, BookedMoney } from '@scalpdesk/desk'
import type { Ig, Transaction } from '@scalpdesk/sdk'

/**
 * What IG booked on the account, but money that came or went in cash: GET /history/transactions (IG Labs, REST API
 * reference, "Accounts").
 */
export async function bookedMoney(
  history: Pick<Ig['history'], 'transactions'>,
  sinceMs: number,
): Promise<readonly BookedMoney[]> {
  const booked: BookedMoney[] = []
  const alike = new Map<string, number>()
  for await (const row of history.transactions({ fromMs: sinceMs })) {
    if (row.isCash) continue
    const name = nameOf(row)
    const count = (alike.get(name) ?? 0) + 1
    alike.set(name, count)
    const { closedAtMs: atMs, profitAndLoss } = row
    booked.push({ id: `${name}#${count}`, atMs, amount: profitAndLoss.amount, what: whatOf(row) })
  }
  return booked
}

/** IG gives no name that is promised to be a row's own: two rows may be alike in everything. */
function nameOf({ type, reference, date, closedAtMs, openedAtMs, instrumentName, profitAndLoss }: Transaction): string {
  const kind = typeof type === 'string' ? type : type.other
  return [kind, reference, date, closedAtMs, openedAtMs, instrumentName, profitAndLoss.amount.toFixed()].join(' ')
}

function whatOf(row: Transaction): BookedMoney['what'] {
  const { type, size, openLevel, closeLevel, openedAtMs, reference } = row
  const isTrade = type === 'trade' || type === 'deal'
  if (!isTrade || !size || size.isZero() || !openLevel || !closeLevel)
    return { kind: 'charge', cause: causeOf(row.instrumentName ?? ''), dealEnd: reference }
  const direction = size.isNegative() ? 'SELL' : 'BUY'
  return { kind: 'result', direction, size: size.abs(), openLevel, closeLevel, openedAtMs }
}

/** IG says it in words only, in the account's language: what is not understood is `other`, and counts all the same. */
function causeOf(words: string): BookedCharge['cause'] {
  if (/guaranteed|premium/i.test(words)) return 'guaranteed-stop'
  if (/commission/i.test(words)) return 'commission'
  return /funding|interest|overnight|tom[ -]?next/i.test(words) ? 'funding' : 'other'
}
