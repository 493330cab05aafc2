import { grouped, moneyText, percentText } from '../../figures.ts'
import type { Group } from '../../statistics.ts'
import { plainWords } from '../plain-words.ts'
import { blockBar } from './block-bar.ts'
import { brailleCurve } from './braille-curve.ts'
import { column, figure, type Given, lookOf, plain, toned } from './screen-part.ts'
import { type TextCell, textTable } from './text-table.ts'
import { padded } from './text-width.ts'

const CURVE_ROWS = 6

export function equity({ report, width, paint, clock }: Given): readonly string[] {
  const { curve } = report.statistics
  const [first] = curve
  const last = curve.at(-1)
  if (first === undefined || last === undefined) return []
  const { currency } = report.account
  const label = 14
  const { rows } = brailleCurve([0, ...curve.map(point => point.sum.toNumber())], width - label - 1, CURVE_ROWS)
  const sums = curve.map(point => point.sum)
  const highest = sums.reduce((most, sum) => (sum.gt(most) ? sum : most), sums[0]!.times(0))
  const lowest = sums.reduce((least, sum) => (sum.lt(least) ? sum : least), sums[0]!.times(0))
  const labels = new Map([
    [0, grouped(moneyText(highest, currency))],
    [CURVE_ROWS - 1, grouped(moneyText(lowest, currency))],
  ])
  const from = `${clock.day(first.atMs)} ${clock.time(first.atMs)}`
  const to = `${clock.day(last.atMs)} ${clock.time(last.atMs)}`
  const blanks = ' '.repeat(Math.max(1, width - label - 1 - from.length - to.length))
  return [
    paint('quiet', 'Equity curve, trade by trade'),
    ...rows.map((row, at) => `${padded(labels.get(at) ?? '', label, true)} ${row}`),
    paint('quiet', `${' '.repeat(label + 1)}${from}${blanks}${to}`),
  ]
}

const MOST_GROUPS = 24

export function groups({ report, width, paint }: Given, title: string, members: readonly Group[]): readonly string[] {
  if (members.length === 0) return []
  const { currency } = report.account
  const shown = members.slice(0, MOST_GROUPS)
  const most = Math.max(...shown.map(({ statistics }) => statistics.net.abs().toNumber()))
  const rows = shown.map(({ key, statistics }): readonly TextCell[] => [
    plain(plainWords(key)),
    { text: blockBar(statistics.net.toNumber(), most, 25), look: lookOf(statistics.net) },
    toned(statistics.net, value => moneyText(value, currency)),
    plain(grouped(String(statistics.trades))),
    plain(statistics.winRate === null ? '' : percentText(statistics.winRate.share)),
  ])
  const columns = [column(title), { ...column(''), least: 25, rank: 1 }, figure('Net'), figure('Trades'), figure('Won')]
  const rest = members.length - shown.length
  return [...textTable(columns, rows, width, paint), ...(rest > 0 ? [paint('quiet', `and ${rest} more`)] : [])]
}
