import type { AccountShelf, RemarkSubject, ReportedAccount, Trade } from '@scalpdesk/reports'
import { dayAt, dayBounds, systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../../exit-status.ts'
import { printable } from '../../printable.ts'
import { knownTrades, namesOf, tradesNamed } from '../../report/known-trades.ts'
import { spanOf } from '../../report/report-span.ts'
import { excerpt, isDayText } from '../flag-values.ts'
import { checkDay } from './report-request.ts'

export interface RemarkedSubject {
  readonly about: RemarkSubject
  /** All names under which something may have been kept about it. */
  readonly names: readonly string[]
  /** null: a day. */
  readonly trade: Trade | null
}

export interface RemarkPlace {
  readonly home: string
  readonly world: string
  readonly account: ReportedAccount
  readonly shelf: AccountShelf
}

/**
 * What a remark is about: a day, or the trade that a deal belongs to.
 * @param day where the trade is looked for; null: in the last weeks
 * @throws ExitError with the trades that there are
 */
export function remarkedSubject(place: RemarkPlace, name: string, day: string | null): RemarkedSubject {
  const today = dayAt(systemClock.nowMs(), place.account.zone)
  if (name === 'today' || isDayText(name)) {
    const about = { kind: 'day', name: name === 'today' ? today : name } as const
    checkDay('the day', about.name)
    return { about, names: [about.name], trade: null }
  }
  const asOfMs = systemClock.nowMs()
  const first = dayAt(dayBounds(today, place.account.zone).startMs - WEEKS_MS, place.account.zone)
  const span = spanOf({ kind: 'range', from: day ?? first, to: day ?? today }, place.account.zone, asOfMs)
  const trades = knownTrades({ ...place, span, asOfMs })
  const [trade, other] = tradesNamed(trades, name)
  if (!trade) throw noneNamed(name, day, today, trades, place.account)
  if (other)
    throw new ExitError(
      EXIT.usage,
      `expected one trade, but several have a deal that ends with ${excerpt(name)}: ${printable(`${trade.id}, ${other.id}`)}; write one out`,
    )
  return { about: { kind: 'trade', name: trade.id }, names: namesOf(trade), trade }
}

/** Our choice: what is older is found by its day. */
const WEEKS_MS = 31 * 24 * 3_600_000

function noneNamed(
  name: string,
  day: string | null,
  today: string,
  trades: readonly Trade[],
  { zone }: ReportedAccount,
): ExitError {
  const dayOf = ({ openedAtMs, closedAtMs }: Trade): string => dayAt(openedAtMs ?? closedAtMs ?? 0, zone)
  const wanted = day ?? trades.map(dayOf).sort().at(-1) ?? today
  const there = trades.filter(trade => day !== null || dayOf(trade) === wanted)
  const listed = there.slice(-MOST_LISTED).map(trade => `${trade.id} (${trade.marketName} ${trade.direction})`)
  const rest = there.length - listed.length
  const known =
    listed.length === 0
      ? `no trade of ${wanted} is known; scalpdesk report --date ${wanted} reads them from the broker`
      : `the trades of ${wanted} are ${listed.join(', ')}${rest > 0 ? ` and ${rest} before` : ''}; name one, or its day with --date`
  return new ExitError(
    EXIT.usage,
    `expected the id of a deal that is known, but got ${excerpt(name)}: ${printable(known)}`,
  )
}

/** More than a line of a terminal holds is of no help. Our choice. */
const MOST_LISTED = 12
