import { meanText, moneyText, msText, ratioText, shareText } from '../../figures.ts'
import type { Report } from '../../report.ts'
import type { Drawdown, Group, TradeStatistics } from '../../statistics.ts'
import { type WallClock, wallClock, zoneText } from '../wall-clock.ts'
import { hypothesisJson } from './hypothesis-json.ts'
import type { GroupJson, ReportJson, StatisticsJson } from './report-json.ts'
import { tradeJson } from './trade-json.ts'

/**
 * The report as one JSON document, of the schema in schema/report.schema.json. Money, prices, sizes and shares are strings in decimal notation,
 * times ISO 8601 with the offset of the account's zone; null is what is not known. The order of the members is always the same; each trade,
 * day and finding is a line of its own, so that two reports can be compared line by line.
 */
export function jsonText(report: Report): string {
  const members = Object.entries(reportJson(report)).map(([name, value]: [string, unknown]) => {
    const isList = Array.isArray(value) && value.length > 0
    const text = isList ? `[\n${value.map(one => JSON.stringify(one)).join(',\n')}\n]` : JSON.stringify(value)
    return `${JSON.stringify(name)}: ${text}`
  })
  return `{\n${members.join(',\n')}\n}\n`
}

/** The same before it is text. */
export function reportJson(report: Report): ReportJson {
  const { account, span, bridge, presses, latency } = report
  const { currency } = account
  const clock = wallClock(account.zone)
  return {
    version: 1,
    account: { ...accountJson(report), zone: zoneText(account.zone) },
    span: { from: span.from, to: span.to, begin: clock.stamp(span.beginMs), end: clock.stamp(span.endMs) },
    sources: report.sources.map(({ source, rows, isComplete }) => ({ source, rows, isComplete })),
    findings: report.findings.map(({ severity, kind, words, amount, rows }) => ({
      severity,
      kind,
      words,
      amount: amount === null ? null : { amount: moneyText(amount.amount, amount.currency), currency: amount.currency },
      rows: [...rows],
    })),
    bridge: {
      opening: bridge.opening === null ? null : moneyText(bridge.opening, currency),
      parts: bridge.parts.map(({ cause, amount, rows }) => ({
        cause,
        amount: moneyText(amount, currency),
        rows: [...rows],
      })),
      closing: bridge.closing === null ? null : moneyText(bridge.closing, currency),
    },
    days: report.days.map(line => ({
      day: line.day,
      trades: line.trades,
      won: line.won,
      lost: line.lost,
      change: moneyText(line.change, currency),
      charges: moneyText(line.charges, currency),
      drawdown: moneyText(line.drawdown, currency),
      notes: [...line.notes],
    })),
    statistics: statisticsJson(report, clock),
    presses:
      presses === null
        ? null
        : {
            entries: presses.entries,
            filled: presses.filled,
            denied: countsJson(presses.denied),
            rejected: countsJson(presses.rejected),
            unresolved: presses.unresolved,
          },
    guardEvents: report.guardEvents.map(({ atMs, code, words }) => ({ at: clock.stamp(atMs), code, words })),
    latency:
      latency === null
        ? null
        : {
            orders: latency.orders,
            steps: latency.steps.map(({ step, p50Ms, p95Ms, p99Ms }) => ({
              step,
              p50Ms: p50Ms === null ? null : msText(p50Ms),
              p95Ms: p95Ms === null ? null : msText(p95Ms),
              p99Ms: p99Ms === null ? null : msText(p99Ms),
            })),
            costOfDelay: latency.costOfDelay === null ? null : moneyText(latency.costOfDelay, currency),
          },
    hypothesis: report.hypothesis && hypothesisJson(report.hypothesis, currency, clock),
    trades: report.trades.map(trade => tradeJson(trade, currency, clock)),
  }
}

function accountJson({ account }: Report) {
  return { id: account.id, name: account.name, environment: account.environment, currency: account.currency }
}

/** A list, because the names are others' words: as members of an object they could be anything, `__proto__` included. */
function countsJson(counts: ReadonlyMap<string, number>): readonly { readonly code: string; readonly count: number }[] {
  return [...counts].map(([code, count]) => ({ code, count }))
}

function statisticsJson({ statistics, account: { currency } }: Report, clock: WallClock): StatisticsJson {
  const groups = (members: readonly Group[]): readonly GroupJson[] =>
    members.map(({ key, statistics: one }) => ({ key, ...tradesJson(one, currency) }))
  return {
    all: tradesJson(statistics.all, currency),
    drawdown: statistics.drawdown === null ? null : drawdownJson(statistics.drawdown, currency, clock),
    byHour: groups(statistics.byHour),
    byWeekday: groups(statistics.byWeekday),
    byMarket: groups(statistics.byMarket),
    byPreset: groups(statistics.byPreset),
    bySide: groups(statistics.bySide),
    byHolding: groups(statistics.byHolding),
    byTag: groups(statistics.byTag),
    curve: statistics.curve.map(({ atMs, sum, tradeId }) => ({
      at: clock.stamp(atMs),
      sum: moneyText(sum, currency),
      trade: tradeId,
    })),
  }
}

function drawdownJson(drawdown: Drawdown, currency: string, clock: WallClock) {
  const { amount, fromMs, toMs, recoveredMs } = drawdown
  return {
    amount: moneyText(amount, currency),
    from: clock.stamp(fromMs),
    to: clock.stamp(toMs),
    recovered: recoveredMs === null ? null : clock.stamp(recoveredMs),
  }
}

function tradesJson(one: TradeStatistics, currency: string) {
  const mean = (value: TradeStatistics['expectancy']): string | null =>
    value === null ? null : meanText(value, currency)
  const money = (value: TradeStatistics['largestWin']): string | null =>
    value === null ? null : moneyText(value, currency)
  const ratio = (value: TradeStatistics['expectancyR']): string | null => (value === null ? null : ratioText(value))
  const { winRate } = one
  return {
    trades: one.trades,
    won: one.won,
    lost: one.lost,
    even: one.even,
    net: moneyText(one.net, currency),
    winRate:
      winRate === null
        ? null
        : { share: shareText(winRate.share), low: shareText(winRate.low), high: shareText(winRate.high) },
    expectancy: mean(one.expectancy),
    expectancyR: ratio(one.expectancyR),
    profitFactor: ratio(one.profitFactor),
    averageWin: mean(one.averageWin),
    averageLoss: mean(one.averageLoss),
    largestWin: money(one.largestWin),
    largestLoss: money(one.largestLoss),
    longestWins: one.longestWins,
    longestLosses: one.longestLosses,
    meanHeldMs: one.meanHeldMs === null ? null : msText(one.meanHeldMs),
    isSmall: one.isSmall,
  }
}
