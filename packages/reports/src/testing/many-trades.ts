import { Decimal, epic } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import type { DayLine, Report } from '../report.ts'
import type { CurvePoint, Group } from '../statistics.ts'
import type { Trade } from '../trade.ts'
import { plainStatistics } from './plain-statistics.ts'
import { SAMPLE_REPORT } from './sample-report.ts'
import { SAMPLE_TRADES } from './sample-trades.ts'

const DAY_MS = 86_400_000
const FIRST_MS = Date.parse('2025-01-06T08:00:00Z')

/** A report of so many trades on so many days, Monday to Friday: for sizes and speed, drawn by lot from a seed. */
export function manyTrades(count: number, days: number, seed = 7): Report {
  const random = seededRandom(seed)
  const pattern = SAMPLE_TRADES[0]!
  const perDay = Math.ceil(count / days)
  const trades: Trade[] = []
  for (let at = 0; at < count; at += 1) {
    const day = Math.floor(at / perDay)
    const stepMs = (8 * 3_600_000) / perDay
    const openedAtMs = Math.round(FIRST_MS + (day + 2 * Math.floor(day / 5)) * DAY_MS + (at % perDay) * stepMs)
    const heldMs = Math.min(Math.floor(stepMs), Math.round(2000 * Math.exp(random.next() * 5)))
    const units = Math.round((random.next() - 0.48) * 400)
    trades.push(tradeOf(pattern, at, openedAtMs, heldMs, units))
  }
  return reportOf(trades)
}

function tradeOf(pattern: Trade, at: number, openedAtMs: number, heldMs: number, units: number): Trade {
  const points = new Decimal(units).div(10)
  const entryLevel = new Decimal(200_000 + ((at * 37) % 900)).div(10)
  const exitLevel = entryLevel.plus(points)
  const net = points.times(2)
  const [entry] = pattern.entries
  const [exit] = pattern.exits
  return {
    ...pattern,
    id: `t${at + 1}`,
    epic: at % 3 === 0 ? epic('IX.D.FTSE.IFM.IP') : pattern.epic,
    marketName: at % 3 === 0 ? 'FTSE 100' : pattern.marketName,
    openedAtMs,
    closedAtMs: openedAtMs + heldMs,
    heldMs,
    entryLevel,
    exitLevel,
    stopLevel: entryLevel.minus(5),
    limitLevel: null,
    points,
    result: net,
    ownResult: { amount: net, currency: 'EUR' },
    net,
    r: net.div(10),
    entries: [{ ...entry!, atMs: openedAtMs, dealId: `DIAAAA${at}IN`, level: entryLevel }],
    exits: [{ ...exit!, atMs: openedAtMs + heldMs, dealId: `DIAAAA${at}OUT`, level: exitLevel, result: net }],
    tags: [],
    notes: [],
  }
}

function reportOf(trades: readonly Trade[]): Report {
  const curve: CurvePoint[] = []
  let sum = new Decimal(0)
  for (const trade of trades) {
    sum = sum.plus(trade.net ?? 0)
    curve.push({ atMs: trade.closedAtMs ?? 0, sum, tradeId: trade.id })
  }
  const byDay = Map.groupBy(trades, trade => new Date(trade.openedAtMs ?? 0).toISOString().slice(0, 10))
  const days = [...byDay].map(([day, all]) => dayLine(day, all))
  const from = days[0]?.day ?? '2025-01-06'
  const to = days.at(-1)?.day ?? from
  const opening = new Decimal(10_000)
  return {
    ...SAMPLE_REPORT,
    account: { ...SAMPLE_REPORT.account, zone: 'Europe/London', name: null },
    span: { from, to, beginMs: Date.parse(from), endMs: Date.parse(to) + DAY_MS },
    bridge: { opening, closing: opening.plus(sum), parts: [{ cause: 'result', amount: sum, rows: ['ALL'] }] },
    trades,
    days,
    statistics: {
      all: plainStatistics(netsOf(trades)),
      byHour: groupsOf(trades, trade => new Date(trade.openedAtMs ?? 0).toISOString().slice(11, 13)),
      byWeekday: groupsOf(trades, trade => WEEKDAYS[new Date(trade.openedAtMs ?? 0).getUTCDay()] ?? ''),
      byMarket: groupsOf(trades, trade => trade.marketName),
      byPreset: groupsOf(trades, trade => trade.preset ?? ''),
      bySide: groupsOf(trades, trade => trade.direction),
      byHolding: [],
      byTag: [],
      curve,
      drawdown: null,
    },
    findings: [],
    guardEvents: [],
    hypothesis: null,
  }
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

function netsOf(trades: readonly Trade[]): readonly string[] {
  return trades.flatMap(trade => (trade.net === null ? [] : [trade.net.toFixed()]))
}

function dayLine(day: string, trades: readonly Trade[]): DayLine {
  const { net, won, lost } = plainStatistics(netsOf(trades))
  return {
    day,
    trades: trades.length,
    won,
    lost,
    change: net,
    charges: new Decimal(0),
    drawdown: new Decimal(0),
    notes: [],
  }
}

function groupsOf(trades: readonly Trade[], keyOf: (trade: Trade) => string): readonly Group[] {
  return [...Map.groupBy(trades, keyOf)].map(([key, all]) => ({ key, statistics: plainStatistics(netsOf(all)) }))
}
