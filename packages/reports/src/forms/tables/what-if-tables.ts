import { exactText, moneyText } from '../../figures.ts'
import type { Hypothesis, HypotheticalRun, HypotheticalTrade } from '../../hypothesis.ts'
import type { Report } from '../../report.ts'
import { figure, moment, result, type Table, tableOf, words } from '../cell.ts'

interface RunLine {
  readonly run: string
  readonly label: string
  readonly counts: HypotheticalRun | null
  readonly net: Hypothesis['difference']
}

interface TradeLine extends HypotheticalTrade {
  readonly run: string
}

const kind = <Row>() =>
  words<Row>('kind', 'Kind', "hypothetical in every row: none of it is the broker's", () => 'hypothetical')

/** What would have been; no rows where it was not asked. */
export function whatIfTable({ hypothesis, account: { currency } }: Report): Table {
  const count = (of: (run: HypotheticalRun) => number) => (row: RunLine) => row.counts && String(of(row.counts))
  return tableOf<RunLine>(
    'what-if',
    'What if (hypothetical)',
    [
      kind(),
      words('run', 'Run', 'as dealt, changed, or the difference that the change would have brought', row => row.run),
      words('label', 'Label', 'What was changed', row => row.label),
      figure(
        'trades',
        'Trades',
        'Dealt again',
        count(run => run.trades.length),
      ),
      figure(
        'won',
        'Won',
        'Above zero',
        count(run => run.won),
      ),
      figure(
        'lost',
        'Lost',
        'Below zero',
        count(run => run.lost),
      ),
      figure(
        'not_opened',
        'Not opened',
        'Entries after the daily stop',
        count(run => run.notOpened),
      ),
      result('net', 'Net', 'Without slippage and charges', row => moneyText(row.net, currency)),
      words('currency', 'Currency', 'Of the account', () => currency),
    ],
    hypothesis === null ? [] : runLines(hypothesis),
  )
}

function runLines({ label, asDealt, changed, difference }: Hypothesis): readonly RunLine[] {
  return [
    { run: 'as dealt', label: 'the same trades by the same engine, unchanged', counts: asDealt, net: asDealt.net },
    { run: 'changed', label, counts: changed, net: changed.net },
    { run: 'difference', label, counts: null, net: difference },
  ]
}

export function whatIfTradeTable({ hypothesis, account: { currency } }: Report): Table {
  const of = (run: string, { trades }: HypotheticalRun): readonly TradeLine[] => trades.map(each => ({ ...each, run }))
  return tableOf<TradeLine>(
    'what-if-trades',
    'What-if trades (hypothetical)',
    [
      kind(),
      words('run', 'Run', 'as dealt or changed', row => row.run),
      words('id', 'Deal', 'Of the position that was really held', row => row.id),
      words('epic', 'Epic', 'The market', row => row.epic),
      words('direction', 'Side', 'BUY or SELL', row => row.direction),
      figure('size', 'Size', 'At the entry', row => exactText(row.size)),
      moment('opened', 'Opened', 'As it really was', row => row.openedAtMs),
      figure('entry_level', 'Entry', 'The recorded quote', row => exactText(row.entryLevel)),
      moment('closed', 'Closed', 'The last close', row => row.closedAtMs),
      figure('exit_level', 'Exit', 'Of the last close', row => exactText(row.exitLevel)),
      words('how', 'How', 'stop, limit, by-hand, day-loss, or end: the prices ended', row => row.how),
      result('result', 'Result', "In the account's currency", row => moneyText(row.result, currency)),
    ],
    hypothesis === null ? [] : [...of('as dealt', hypothesis.asDealt), ...of('changed', hypothesis.changed)],
  )
}

export function whatIfLeftOutTable({ hypothesis }: Report): Table {
  return tableOf<Hypothesis['leftOut'][number]>(
    'what-if-left-out',
    'What if, left out',
    [
      words('id', 'Deal', 'Of the position', row => row.id),
      words('words', 'Why', 'Why it could not be dealt again', row => row.words),
    ],
    hypothesis?.leftOut ?? [],
  )
}
