import { dayAt } from '@scalpdesk/sdk'
import { byCurrency } from '../bridge/account-symbol.ts'
import type { BrokerTransaction, DayFacts, JournalFacts, MarketFacts, PriceMarks, ToldBalance } from '../day-facts.ts'
import { Exact, plain, sumOf } from '../exact.ts'
import type { HistoryKind, Stretch } from '../history/history-port.ts'
import { isCovered } from '../history/missing-days.ts'
import { onlyImported } from '../import/joined-import.ts'
import { remarksOf } from '../remarks/remarks-of.ts'
import type { DaySpan, ReportedAccount, SourceUse } from '../report.ts'
import type { AccountShelf } from './report-store.ts'

/** What a report is made of, beside what is on the shelf. */
export interface GivenFacts {
  readonly account: ReportedAccount
  readonly span: DaySpan
  /** null: nothing was ever read of the account. */
  readonly shelf: AccountShelf | null
  readonly journal: JournalFacts | null
  /** Beside those on the shelf. */
  readonly markets: readonly MarketFacts[]
  readonly prices: readonly PriceMarks[]
  /** What has happened since is not asked for. */
  readonly asOfMs: number
}

/**
 * All that is known of a span, joined: rows that were read, rows of imported files that the others do not tell, told balances that rows lead
 * to, journal and prices. No I/O but that of the shelf.
 */
export function storedFacts({ account, span, shelf, journal, markets, prices, asOfMs }: GivenFacts): DayFacts {
  const wide = { fromMs: span.beginMs - LOOK_BACK_MS, toMs: span.endMs }
  const told = shelf?.transactions(wide) ?? []
  const imported = onlyImported(shelf?.imported(wide) ?? [], told)
  const transactions = [...told, ...imported]
  const activities = shelf?.activities(wide) ?? []
  const isInside = (atMs: number | null): boolean => atMs !== null && atMs >= span.beginMs && atMs < span.endMs
  const uses: readonly (SourceUse | null)[] = [
    shelf && useOf(shelf, 'transactions', told.filter(row => isInside(row.closedAtMs)).length, span, asOfMs),
    shelf && useOf(shelf, 'activity', activities.filter(row => isInside(row.atMs)).length, span, asOfMs),
    importUse(imported.filter(row => isInside(row.closedAtMs)).length),
    journalUse(journal, isInside),
    tickUse(prices, isInside),
  ]
  return {
    account,
    span,
    sources: uses.filter(use => use !== null),
    transactions,
    activities,
    balances: shelf ? balancesOf(shelf, account, span) : [],
    journal,
    markets: [...new Map([...markets, ...(shelf?.markets() ?? [])].map(market => [market.epic, market])).values()],
    prices,
    ...remarksOf(shelf?.remarks() ?? []),
  }
}

/** How far back rows are looked at for how a position began. Our choice: a scalper holds none for a month. */
const LOOK_BACK_MS = 31 * 24 * 3_600_000

/** What a reading tells of: nothing of the time after it. A clock that differs a little from the broker's does no harm (our choice). */
function toldStretches(shelf: AccountShelf, kind: HistoryKind): readonly Stretch[] {
  const read = shelf.readings(kind).map(({ fromMs, toMs, readAtMs }) => ({
    fromMs,
    toMs: Math.min(toMs, readAtMs + CLOCKS_DIFFER_MS),
  }))
  return kind === 'transactions' ? [...read, ...shelf.readings('import')] : read
}

const CLOCKS_DIFFER_MS = 60_000

/** null: it was never read for these days. */
function useOf(
  shelf: AccountShelf,
  kind: HistoryKind,
  rows: number,
  { beginMs, endMs }: DaySpan,
  asOfMs: number,
): SourceUse | null {
  const wasRead = shelf.readings(kind).some(({ fromMs, toMs }) => fromMs < endMs && toMs > beginMs)
  if (!wasRead) return null
  const until = { fromMs: beginMs, toMs: Math.max(beginMs, Math.min(endMs, asOfMs)) }
  return { source: kind, rows, isComplete: isCovered(until, toldStretches(shelf, kind)) }
}

const importUse = (rows: number): SourceUse | null => (rows === 0 ? null : { source: 'import', rows, isComplete: true })

function journalUse(journal: JournalFacts | null, isInside: (atMs: number) => boolean): SourceUse | null {
  if (!journal) return null
  const rows = journal.entries.filter(({ wallMs }) => isInside(wallMs)).length
  return { source: 'journal', rows, isComplete: journal.files.every(({ verdict }) => verdict.kind === 'whole') }
}

function tickUse(prices: readonly PriceMarks[], isInside: (atMs: number) => boolean): SourceUse | null {
  const counts = prices.map(({ atMs }) => Array.from(atMs).filter(isInside).length)
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const isComplete = prices.every(({ gaps }) => gaps.every(({ fromMs, toMs }) => !isInside(fromMs) && !isInside(toMs)))
  return rows === 0 ? null : { source: 'ticks', rows, isComplete }
}

/**
 * Balances between which and the span every row is known. The first one after the span is taken back to its end by the rows that follow it:
 * so a day that is over has a closing balance, too.
 */
function balancesOf(
  shelf: AccountShelf,
  account: ReportedAccount,
  { beginMs, endMs }: DaySpan,
): readonly ToldBalance[] {
  const known = toldStretches(shelf, 'transactions')
  const told = shelf.balances({ fromMs: beginMs - LOOK_BACK_MS, toMs: Number.MAX_SAFE_INTEGER })
  // The last of each day: two that were told seconds apart, around a deal, would tell more of clocks than of money.
  const all = [...new Map(told.map(balance => [dayAt(balance.atMs, account.zone), balance])).values()]
  const before = all.filter(
    ({ atMs }) => atMs <= endMs && (atMs >= beginMs || isCovered({ fromMs: atMs, toMs: beginMs }, known)),
  )
  const after = all.find(({ atMs }) => atMs > endMs)
  if (!after || !isCovered({ fromMs: endMs, toMs: after.atMs }, known)) return before
  const between = { fromMs: endMs, toMs: after.atMs }
  const booked = shelf.transactions(between)
  const rows = [...booked, ...onlyImported(shelf.imported(between), booked)]
  if (rows.some(row => isUndatedAfter(row, endMs))) return before
  const { own } = byCurrency(rows, account.currency)
  const moved = sumOf(own.filter(({ closedAtMs }) => closedAtMs !== null).map(row => row.profitAndLoss.amount))
  const amount = plain(new Exact(after.amount).minus(moved))
  return [...before, { amount, atMs: endMs, source: after.source }]
}

/** Nobody knows on which side of a moment it lies. */
const isUndatedAfter = ({ closedAtMs, date }: BrokerTransaction, endMs: number): boolean =>
  closedAtMs === null && !(Date.parse(date) < endMs - 2 * 24 * 3_600_000)
