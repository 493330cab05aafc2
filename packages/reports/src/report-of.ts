import { balanceBridge } from './bridge/balance-bridge.ts'
import type { Surroundings } from './bridge/result-parts.ts'
import { calendarOf } from './calendar.ts'
import type { DayFacts } from './day-facts.ts'
import { dayLines } from './day-lines.ts'
import { findingsOf } from './findings.ts'
import type { WhatIfChange } from './hypothesis.ts'
import { isResult } from './join/broker-rows.ts'
import { joinedFacts } from './joined-facts.ts'
import { statisticsOf } from './numbers/statistics-of.ts'
import { costOfDelay } from './presses/cost-of-delay.ts'
import { guardEvents } from './presses/guard-events.ts'
import { latencies, latencyTable, stepsOf } from './presses/latency-table.ts'
import { pressCounts } from './presses/press-counts.ts'
import type { Report } from './report.ts'
import type { Trade } from './trade.ts'
import { assignedCharges } from './trades/charges.ts'
import { type PriceLine, priceLine } from './trades/price-line.ts'
import { type RoundTrip, roundTrips } from './trades/round-trips.ts'
import { tradeOf } from './trades/trade-of.ts'
import { whatIf } from './what-if/what-if.ts'

export interface ReportOptions {
  /** Which trades the report is about: all when left out. The bridge and the days keep every row. */
  readonly isWanted?: (trade: Trade) => boolean
  /** Also what would have been with this changed; null: not asked. */
  readonly whatIf?: WhatIfChange | null
}

/**
 * Makes the report of a span from what the sources told. Pure: the same facts give the same report, in whatever order the rows come.
 * @throws when the account's zone is none, or what is to be changed cannot be
 */
export function reportOf(
  facts: DayFacts,
  { isWanted = () => true, whatIf: change = null }: ReportOptions = {},
): Report {
  const { account, span, sources } = facts
  const calendar = calendarOf(account.zone)
  const { rows, markets, joined } = joinedFacts(facts, calendar)
  const entries = facts.journal?.entries ?? []
  const inside = entries.filter(({ wallMs }) => wallMs >= span.beginMs && wallMs < span.endMs)
  const lines = new Map(facts.prices.map(marks => [marks.epic, priceLine(marks)]))
  const surroundings: Surroundings = {
    markets,
    accountCurrency: account.currency,
    partsOf: new Map(),
    priceLineOf: (epic): PriceLine | null => (epic === null ? null : (lines.get(epic) ?? null)),
  }
  const bridged = balanceBridge(facts, rows, joined.positions, surroundings, calendar)
  const trips = roundTrips(joined.positions)
  const byId = new Map(rows.transactions.flatMap(row => (isResult(row) ? [] : [[row.id, row] as const])))
  const charges = assignedCharges(bridged.booked, id => byId.get(id), trips)
  const remarks = new Map(facts.remarks.map(each => [each.dealId, each]))
  const measured = latencies(inside)
  const context = {
    ...surroundings,
    remarks,
    latencyOf: (id: string) => stepsOf(measured.get(id)),
  }
  const isInside = (atMs: number): boolean => atMs >= span.beginMs && atMs < span.endMs
  const trades = trips
    .filter(trip => touches(trip, isInside))
    .map(trip => tradeOf(trip, charges.of.get(trip) ?? [], context))
    .filter(isWanted)
  const over = trades.filter(({ closedAtMs }) => closedAtMs !== null && isInside(closedAtMs))
  const statistics = statisticsOf(over, calendar)
  const guessed = new Set([...joined.guessed, ...charges.guessed])
  const guessedInside = bridged.booked.filter(({ id, atMs }) => guessed.has(id) && isInside(atMs)).map(({ id }) => id)
  return {
    account,
    span,
    sources,
    bridge: bridged.bridge,
    trades,
    days: dayLines(
      bridged.booked.filter(({ atMs }) => isInside(atMs)),
      over,
      calendar,
      facts.dayNotes.filter(({ day }) => day >= span.from && day <= span.to),
    ),
    statistics,
    presses: facts.journal && pressCounts(inside),
    guardEvents: guardEvents(inside),
    latency: latencyTable(measured, costOfDelay(joined.positions, surroundings, isInside)),
    findings: findingsOf(facts, bridged, joined, guessedInside, statistics),
    hypothesis: change && whatIf(facts, change),
  }
}

/** Something of it was dealt in the span. */
function touches(trip: RoundTrip, isInside: (atMs: number) => boolean): boolean {
  const isThen = (atMs: number | null): boolean => atMs !== null && isInside(atMs)
  return trip.some(({ openedAtMs, closes }) => isThen(openedAtMs) || closes.some(({ atMs }) => isThen(atMs)))
}
