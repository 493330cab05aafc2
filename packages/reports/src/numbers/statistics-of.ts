import type { Calendar } from '../calendar.ts'
import type { Group, Statistics } from '../statistics.ts'
import type { Trade } from '../trade.ts'
import { curveOf, drawdownOf } from './curve.ts'
import { type Scale, scaleOf } from './exact-sum.ts'
import { type Ended, tradeStatistics } from './trade-statistics.ts'

/** Of the trades that are over and whose net is known. */
export function statisticsOf(trades: readonly Trade[], calendar: Calendar): Statistics {
  const scale = scaleOf(trades.flatMap(({ net }) => net ?? []))
  const ended = endedTrades(trades, scale)
  const groups = (keyOf: (each: Ended) => string, inOrder: Order = byText): readonly Group[] =>
    grouped(ended, keyOf, scale, inOrder)
  return {
    all: tradeStatistics(ended, scale),
    byHour: groups(({ trade, closedAtMs }) => twoDigits(calendar.hourOf(trade.openedAtMs ?? closedAtMs))),
    byWeekday: groups(
      ({ trade, closedAtMs }) => WEEKDAYS[calendar.weekdayOf(trade.openedAtMs ?? closedAtMs)]!,
      inListOf(WEEKDAYS),
    ),
    byMarket: groups(({ trade }) => trade.marketName),
    byPreset: groups(({ trade }) => trade.preset ?? 'none'),
    bySide: groups(({ trade }) => trade.direction),
    byTag: taggedGroups(ended, scale),
    byHolding: groups(({ trade }) => holdingOf(trade.heldMs), inListOf(HOLDINGS.map(({ name }) => name))),
    curve: curveOf(ended, scale),
    drawdown: drawdownOf(ended, scale),
  }
}

/** In the order of their ends. */
export function endedTrades(trades: readonly Trade[], scale: Scale): readonly Ended[] {
  return trades
    .flatMap(trade => {
      const { net, closedAtMs } = trade
      return net && closedAtMs !== null ? [{ trade, closedAtMs, units: scale.unitsOf(net) }] : []
    })
    .sort((one, other) => one.closedAtMs - other.closedAtMs || (one.trade.id < other.trade.id ? -1 : 1))
}

function taggedGroups(ended: readonly Ended[], scale: Scale): readonly Group[] {
  const of = Map.groupBy(
    ended.flatMap(each => each.trade.tags.map(tag => ({ tag, each }))),
    ({ tag }) => tag,
  )
  return [...of]
    .sort(([one], [other]) => byText(one, other))
    .map(([key, tagged]) => ({
      key,
      statistics: tradeStatistics(
        tagged.map(({ each }) => each),
        scale,
      ),
    }))
}

type Order = (one: string, other: string) => number

const byText: Order = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

const inListOf =
  (list: readonly string[]): Order =>
  (one, other) =>
    list.indexOf(one) - list.indexOf(other)

function grouped(
  ended: readonly Ended[],
  keyOf: (each: Ended) => string,
  scale: Scale,
  inOrder: Order,
): readonly Group[] {
  return [...Map.groupBy(ended, keyOf)]
    .sort(([one], [other]) => inOrder(one, other))
    .map(([key, each]) => ({ key, statistics: tradeStatistics(each, scale) }))
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** In English, as all words of a report. */
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Our choice: a scalp, its longer sisters, and what stayed. */
const HOLDINGS: readonly { readonly name: string; readonly belowMs: number }[] = [
  { name: 'under 10 s', belowMs: 10_000 },
  { name: '10 s to 1 min', belowMs: 60_000 },
  { name: '1 to 5 min', belowMs: 300_000 },
  { name: '5 to 30 min', belowMs: 1_800_000 },
  { name: '30 min to 4 h', belowMs: 14_400_000 },
  { name: '4 h and more', belowMs: Number.POSITIVE_INFINITY },
  { name: 'unknown', belowMs: Number.NEGATIVE_INFINITY },
]

const holdingOf = (heldMs: number | null): string =>
  heldMs === null ? 'unknown' : (HOLDINGS.find(({ belowMs }) => heldMs < belowMs)?.name ?? 'unknown')
