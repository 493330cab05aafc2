import type { Decimal } from '@scalpdesk/sdk'
import { exactText, moneyText, msText, ratioText } from '../../figures.ts'
import type { Report } from '../../report.ts'
import type { Trade, TradeOrigin } from '../../trade.ts'
import { type ColumnOf, figure, moment, result, type Table, tableOf, words, yesNo } from '../cell.ts'
import { unreachable } from '../unreachable.ts'

/** One row for each round trip. */
export function tradeTable(report: Report): Table {
  return tableOf('trades', 'Trades', tradeColumns(report.account.currency), report.trades)
}

/** The sum that forms show beside the single charges. */
export function chargesOf(trade: Trade): Decimal | null {
  const [first, ...rest] = trade.charges.map(charge => charge.amount)
  return first === undefined ? null : rest.reduce((sum, one) => sum.plus(one), first)
}

export function originWords(by: TradeOrigin): string {
  switch (by.kind) {
    case 'key':
    case 'command':
    case 'elsewhere':
    case 'unknown':
      return by.kind
    case 'bot':
      return `bot ${by.name}`
    default:
      return unreachable(by)
  }
}

function tradeColumns(currency: string): readonly ColumnOf<Trade>[] {
  const money = (value: Decimal | null): string | null => (value === null ? null : moneyText(value, currency))
  const exact = (value: Decimal | null): string | null => (value === null ? null : exactText(value))
  const ratio = (value: Decimal | null): string | null => (value === null ? null : ratioText(value))
  return [
    words('id', 'Trade', 'Its name in the report, the same each time it is made', trade => trade.id),
    moment('opened', 'Opened', 'First entry', trade => trade.openedAtMs),
    moment('closed', 'Closed', 'Last exit; empty: still open', trade => trade.closedAtMs),
    figure('held_ms', 'Held (ms)', 'Milliseconds between the two', trade =>
      trade.heldMs === null ? null : msText(trade.heldMs),
    ),
    words('market', 'Market', 'As the broker names it', trade => trade.marketName),
    words('epic', 'Epic', "The broker's identifier of the market", trade => trade.epic),
    words('direction', 'Side', 'BUY or SELL, of the entry', trade => trade.direction),
    figure('size', 'Size', 'The most that was held at once', trade => exact(trade.size)),
    figure('entry_level', 'Entry', 'Mean of the entries, weighted by size', trade => exact(trade.entryLevel)),
    figure('exit_level', 'Exit', 'Mean of the exits, weighted by size', trade => exact(trade.exitLevel)),
    figure('stop_level', 'Stop', 'The first stop that it had', trade => exact(trade.stopLevel)),
    figure('limit_level', 'Limit', 'The first limit that it had', trade => exact(trade.limitLevel)),
    result('points', 'Points', 'Result in points of the market', trade => exact(trade.points)),
    result('result', 'Result', "As the broker booked it, before charges, in the account's currency", trade =>
      money(trade.result),
    ),
    result('charges', 'Charges', "Sum of its charges, in the account's currency", trade => money(chargesOf(trade))),
    result('net', 'Net', 'Result and charges together', trade => money(trade.net)),
    words('currency', 'Currency', 'Of the account', () => currency),
    result('own_result', 'Own result', "Result in the market's currency", trade =>
      trade.ownResult === null ? null : moneyText(trade.ownResult.amount, trade.ownResult.currency),
    ),
    words('own_currency', 'Own currency', 'Of the market', trade => trade.ownResult?.currency ?? null),
    figure('risk', 'Risk', 'What the first stop risked', trade => money(trade.risk)),
    result('r', 'R', 'Net in units of the risk, to two decimals', trade => ratio(trade.r)),
    result('against_points', 'MAE points', 'Furthest against it while it was held', trade =>
      exact(trade.against.points),
    ),
    result('against_money', 'MAE', 'The same in money', trade => money(trade.against.money)),
    result('against_r', 'MAE R', 'The same in units of the risk', trade => ratio(trade.against.r)),
    yesNo('against_whole', 'MAE whole', 'no: prices were missed while it was held', trade => trade.against.isWhole),
    result('favour_points', 'MFE points', 'Furthest in its favour while it was held', trade =>
      exact(trade.inFavour.points),
    ),
    result('favour_money', 'MFE', 'The same in money', trade => money(trade.inFavour.money)),
    result('favour_r', 'MFE R', 'The same in units of the risk', trade => ratio(trade.inFavour.r)),
    yesNo('favour_whole', 'MFE whole', 'no: prices were missed while it was held', trade => trade.inFavour.isWhole),
    figure('left', 'Left', 'What the best moment offered and the exit did not take', trade => money(trade.left)),
    result('entry_slippage', 'Entry slippage', 'Points; below zero: worse than the price at the key', trade =>
      exact(trade.entrySlippage),
    ),
    result('exit_slippage', 'Exit slippage', 'The same at the exit', trade => exact(trade.exitSlippage)),
    result('spread', 'Spread', 'Paid on the way in and out', trade => money(trade.spread)),
    words('latency', 'Latency', 'Milliseconds from the key to each step', trade =>
      trade.latency.length === 0 ? null : trade.latency.map(({ step, ms }) => `${step} ${msText(ms)}`).join(', '),
    ),
    words('opened_by', 'Opened by', 'key, command, bot and its name, elsewhere or unknown', trade =>
      originWords(trade.by),
    ),
    words('preset', 'Preset', 'Of the entry', trade => trade.preset),
    words('tags', 'Tags', 'Parted by semicolons', trade => (trade.tags.length === 0 ? null : trade.tags.join('; '))),
    words('notes', 'Notes', 'Parted by line breaks', trade =>
      trade.notes.length === 0 ? null : trade.notes.join('\n'),
    ),
  ]
}
