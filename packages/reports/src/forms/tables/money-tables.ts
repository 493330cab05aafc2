import { exactText, moneyText } from '../../figures.ts'
import type { DayLine, Finding, Report } from '../../report.ts'
import type { Trade, TradeCharge, TradeDeal } from '../../trade.ts'
import { day, figure, moment, result, type Table, tableOf, words } from '../cell.ts'
import { CAUSE_NAMES } from './cause-names.ts'

interface BridgeLine {
  readonly line: 'opening' | 'part' | 'closing'
  readonly cause: string
  readonly name: string
  readonly amount: string | null
  readonly rows: readonly string[]
}

/** From the opening balance over every part to the closing one. */
export function bridgeTable(report: Report): Table {
  const { opening, closing, parts } = report.bridge
  const { currency } = report.account
  const money = (amount: typeof opening): string | null => (amount === null ? null : moneyText(amount, currency))
  const lines: readonly BridgeLine[] = [
    { line: 'opening', cause: 'opening', name: 'Opening balance', amount: money(opening), rows: [] },
    ...parts.map(
      ({ cause, amount, rows }): BridgeLine => ({
        line: 'part',
        cause,
        name: CAUSE_NAMES[cause],
        amount: money(amount),
        rows,
      }),
    ),
    { line: 'closing', cause: 'closing', name: 'Closing balance', amount: money(closing), rows: [] },
  ]
  return tableOf<BridgeLine>(
    'balance',
    'Balance',
    [
      words('line', 'Line', 'opening, part or closing; opening and parts together are closing', row => row.line),
      words('cause', 'Cause', 'One of the causes of the schema', row => row.cause),
      words('name', 'What', 'The cause in words', row => row.name),
      result('amount', 'Amount', 'Below zero: taken from the account. Empty: no source tells it', row => row.amount),
      words('currency', 'Currency', 'Of the account', () => currency),
      words('rows', 'Rows', "References of the broker's rows, parted by spaces", row => spaced(row.rows)),
    ],
    lines,
  )
}

/** Every deal of every trade, in their order. */
export function dealTable(report: Report): Table {
  const { currency } = report.account
  const deals = report.trades.flatMap(trade => [
    ...trade.entries.map(deal => ({ trade, deal, part: 'entry' })),
    ...trade.exits.map(deal => ({ trade, deal, part: 'exit' })),
  ])
  return tableOf<{ readonly trade: Trade; readonly deal: TradeDeal; readonly part: string }>(
    'deals',
    'Deals',
    [
      words('trade', 'Trade', 'The id of its trade', row => row.trade.id),
      words('part', 'Part', 'entry or exit', row => row.part),
      moment('at', 'At', 'When the broker did it', row => row.deal.atMs),
      words('deal_id', 'Deal', "The broker's id", row => row.deal.dealId),
      words('reference', 'Reference', 'Of the row or the order', row => row.deal.reference),
      words('market', 'Market', 'As the broker names it', row => row.trade.marketName),
      words('direction', 'Side', 'BUY or SELL, of the entry of its trade', row => row.trade.direction),
      figure('size', 'Size', 'Of this deal', row => exactText(row.deal.size)),
      figure('level', 'Level', 'Of this deal', row => (row.deal.level === null ? null : exactText(row.deal.level))),
      result('result', 'Result', 'Of an exit, as the broker booked it', row =>
        row.deal.result === null ? null : moneyText(row.deal.result, currency),
      ),
      words('currency', 'Currency', 'Of the account', () => currency),
      words('how', 'How', 'market, working-order, stop, limit, elsewhere or unknown', row => row.deal.how),
    ],
    deals,
  )
}

/** Every charge that belongs to a trade. */
export function chargeTable(report: Report): Table {
  const { currency } = report.account
  const charges = report.trades.flatMap(trade => trade.charges.map(charge => ({ trade, charge })))
  return tableOf<{ readonly trade: Trade; readonly charge: TradeCharge }>(
    'charges',
    'Charges',
    [
      words('trade', 'Trade', 'The id of its trade', row => row.trade.id),
      words('cause', 'Cause', 'commission, funding, guaranteed-stop, dividend or other', row => row.charge.cause),
      result('amount', 'Amount', 'Below zero: taken from the account', row => moneyText(row.charge.amount, currency)),
      words('currency', 'Currency', 'Of the account', () => currency),
      words('reference', 'Reference', "Of the broker's row", row => row.charge.reference),
    ],
    charges,
  )
}

export function dayTable(report: Report): Table {
  const { currency } = report.account
  return tableOf<DayLine>(
    'days',
    'Days',
    [
      day('day', 'Day', "Of the account's own calendar", row => row.day),
      figure('trades', 'Trades', 'That ended on the day', row => String(row.trades)),
      figure('won', 'Won', 'Of these', row => String(row.won)),
      figure('lost', 'Lost', 'Of these', row => String(row.lost)),
      result('change', 'Change', 'Results and charges together', row => moneyText(row.change, currency)),
      result('charges', 'Charges', 'Of these', row => moneyText(row.charges, currency)),
      result('drawdown', 'Drawdown', "Of the day's equity curve, zero or below", row =>
        moneyText(row.drawdown, currency),
      ),
      words('currency', 'Currency', 'Of the account', () => currency),
      words('notes', 'Notes', 'About the day, parted by line breaks', row =>
        row.notes.length === 0 ? null : row.notes.join('\n'),
      ),
    ],
    report.days,
  )
}

export function findingTable(report: Report): Table {
  return tableOf<Finding>(
    'findings',
    'Findings',
    [
      words('severity', 'Severity', 'red: money is concerned; note', row => row.severity),
      words('kind', 'Kind', 'One of the kinds of the schema', row => row.kind),
      words('words', 'Finding', 'What does not agree, or is not known', row => row.words),
      result('amount', 'Amount', 'That it is about', row =>
        row.amount === null ? null : moneyText(row.amount.amount, row.amount.currency),
      ),
      words('currency', 'Currency', 'Of the amount', row => row.amount?.currency ?? null),
      words('rows', 'Rows', "References of the broker's rows, or ids of our orders", row => spaced(row.rows)),
    ],
    report.findings,
  )
}

function spaced(rows: readonly string[]): string | null {
  return rows.length === 0 ? null : rows.join(' ')
}
