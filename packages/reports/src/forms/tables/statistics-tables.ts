import type { Decimal } from '@scalpdesk/sdk'
import { meanText, moneyText, msText, ratioText, shareText } from '../../figures.ts'
import type { Report } from '../../report.ts'
import type { CurvePoint, TradeStatistics } from '../../statistics.ts'
import { type ColumnOf, figure, moment, result, type Table, tableOf, words, yesNo } from '../cell.ts'

interface GroupLine {
  readonly group: string
  readonly key: string
  readonly statistics: TradeStatistics
}

/** All trades together, then by hour, weekday, market, preset, side, holding time and tag. */
export function statisticsTable(report: Report): Table {
  const { all, byHour, byWeekday, byMarket, byPreset, bySide, byHolding, byTag } = report.statistics
  const groups = {
    hour: byHour,
    weekday: byWeekday,
    market: byMarket,
    preset: byPreset,
    side: bySide,
    holding: byHolding,
    tag: byTag,
  }
  const lines: readonly GroupLine[] = [
    { group: 'all', key: 'all', statistics: all },
    ...Object.entries(groups).flatMap(([group, members]) =>
      members.map(({ key, statistics }) => ({ group, key, statistics })),
    ),
  ]
  return tableOf('statistics', 'Statistics', groupColumns(report.account.currency), lines)
}

/** The equity curve: the sum of all nets after each trade. */
export function curveTable(report: Report): Table {
  const { currency } = report.account
  return tableOf<CurvePoint>(
    'curve',
    'Equity curve',
    [
      moment('at', 'At', 'The end of the trade', row => row.atMs),
      result('sum', 'Sum', 'Of all nets until then', row => moneyText(row.sum, currency)),
      words('trade', 'Trade', 'Its id', row => row.tradeId),
      words('currency', 'Currency', 'Of the account', () => currency),
    ],
    report.statistics.curve,
  )
}

function groupColumns(currency: string): readonly ColumnOf<GroupLine>[] {
  const mean = (value: Decimal | null): string | null => (value === null ? null : meanText(value, currency))
  const money = (value: Decimal | null): string | null => (value === null ? null : moneyText(value, currency))
  const ratio = (value: Decimal | null): string | null => (value === null ? null : ratioText(value))
  const rate = (read: 'share' | 'low' | 'high') => (row: GroupLine) =>
    row.statistics.winRate === null ? null : shareText(row.statistics.winRate[read])
  return [
    words('group', 'Group', 'all, hour, weekday, market, preset, side, holding or tag', row => row.group),
    words('key', 'Of', 'Which hour, weekday, market …', row => row.key),
    figure('trades', 'Trades', 'That are over and whose result is known', row => String(row.statistics.trades)),
    figure('won', 'Won', 'Net above zero', row => String(row.statistics.won)),
    figure('lost', 'Lost', 'Net below zero', row => String(row.statistics.lost)),
    figure('even', 'Even', 'Net of zero', row => String(row.statistics.even)),
    result('net', 'Net', 'Sum of the nets', row => money(row.statistics.net)),
    figure('win_rate', 'Win rate', 'Won over trades, 0 to 1', rate('share')),
    figure('win_rate_low', 'Win rate from', 'Low end of its 95 percent interval', rate('low')),
    figure('win_rate_high', 'Win rate to', 'High end', rate('high')),
    result('expectancy', 'Expectancy', 'Mean net, to the coin', row => mean(row.statistics.expectancy)),
    result('expectancy_r', 'Expectancy R', 'Mean R, to two decimals', row => ratio(row.statistics.expectancyR)),
    figure('profit_factor', 'Profit factor', 'Sum won over sum lost, to two decimals', row =>
      ratio(row.statistics.profitFactor),
    ),
    result('average_win', 'Average win', 'To the coin', row => mean(row.statistics.averageWin)),
    result('average_loss', 'Average loss', 'To the coin', row => mean(row.statistics.averageLoss)),
    result('largest_win', 'Largest win', 'Net', row => money(row.statistics.largestWin)),
    result('largest_loss', 'Largest loss', 'Net', row => money(row.statistics.largestLoss)),
    figure('longest_wins', 'Longest wins', 'Won one after the other', row => String(row.statistics.longestWins)),
    figure('longest_losses', 'Longest losses', 'Lost one after the other', row => String(row.statistics.longestLosses)),
    figure('mean_held_ms', 'Mean held (ms)', 'Milliseconds', row =>
      row.statistics.meanHeldMs === null ? null : msText(row.statistics.meanHeldMs),
    ),
    yesNo('is_small', 'Small sample', 'yes: below 30 trades, the shares say little', row => row.statistics.isSmall),
    words('currency', 'Currency', 'Of the account', () => currency),
  ]
}
