import type { Decimal } from '@scalpdesk/sdk'
import { exactText, grouped, moneyText, ratioText } from '../../figures.ts'
import { plainWords } from '../plain-words.ts'
import { durationText, type WallClock } from '../wall-clock.ts'
import { column, figure, type Given, plain, toned } from './screen-part.ts'
import { type TextCell, textTable } from './text-table.ts'

export function days({ report, width, paint }: Given): readonly string[] {
  if (report.days.length < 2) return []
  const { currency } = report.account
  const money = (value: Decimal): TextCell => toned(value, one => moneyText(one, currency))
  const rows = report.days.map((line): readonly TextCell[] => [
    plain(line.day),
    plain(grouped(String(line.trades))),
    plain(grouped(String(line.won))),
    plain(grouped(String(line.lost))),
    money(line.change),
    money(line.charges),
    money(line.drawdown),
  ])
  const titles = ['Trades', 'Won', 'Lost', 'Change', 'Charges', 'Drawdown']
  return textTable([{ ...column('Day'), least: 10 }, ...titles.map(title => figure(title))], rows, width, paint)
}

export function trades({ report, width, paint, clock }: Given, most: number): readonly string[] {
  const shown = report.trades.slice(-most)
  if (shown.length === 0) return []
  const { currency } = report.account
  const hasDays = report.days.length > 1
  const exact = (value: Decimal | null): TextCell => plain(value === null ? '' : grouped(exactText(value)))
  const rows = shown.map((trade): readonly TextCell[] => [
    plain(openedText(trade.openedAtMs, hasDays, clock)),
    plain(trade.heldMs === null ? '' : durationText(trade.heldMs)),
    plain(plainWords(trade.marketName)),
    plain(trade.direction),
    exact(trade.size),
    exact(trade.entryLevel),
    exact(trade.exitLevel),
    toned(trade.points, exactText),
    toned(trade.net, value => moneyText(value, currency)),
    toned(trade.r, ratioText),
  ])
  const columns = [
    { ...column('Opened'), least: hasDays ? 16 : 8 },
    { ...column('Held'), least: 12, rank: 5 },
    { ...column('Trade'), least: 10 },
    { ...column('Side'), least: 4 },
    figure('Size'),
    { ...figure('Entry'), rank: 2 },
    { ...figure('Exit'), rank: 2 },
    { ...figure('Points'), rank: 3 },
    figure('Net'),
    { ...figure('R'), rank: 4 },
  ]
  const rest = report.trades.length - shown.length
  return [
    ...textTable(columns, rows, width, paint),
    ...(rest > 0 ? [paint('quiet', `The last ${shown.length} of ${report.trades.length}.`)] : []),
  ]
}

function openedText(atMs: number | null, hasDays: boolean, clock: WallClock): string {
  if (atMs === null) return ''
  return hasDays ? `${clock.day(atMs)} ${clock.time(atMs).slice(0, 5)}` : clock.time(atMs)
}
