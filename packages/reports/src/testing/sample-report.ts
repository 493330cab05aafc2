import { Decimal } from '@scalpdesk/sdk'
import type { BalanceCause, BalancePart, Report } from '../report.ts'
import type { Group } from '../statistics.ts'
import { plainStatistics } from './plain-statistics.ts'
import { SAMPLE_HYPOTHESIS } from './sample-hypothesis.ts'
import { at, HOSTILE, SAMPLE_TRADES } from './sample-trades.ts'

const d = (text: string): Decimal => new Decimal(text)

/** One rich day of an account, worked out by hand: every cause, every finding, hostile words wherever words may be. */
export const SAMPLE_REPORT: Report = {
  account: { id: 'ABC12', name: `Main ${HOSTILE.markup}`, environment: 'demo', currency: 'EUR', zone: 'Europe/Berlin' },
  span: { from: '2026-01-05', to: '2026-01-05', beginMs: at('00:00:00'), endMs: at('00:00:00') + 24 * 3_600_000 },
  sources: [
    { source: 'transactions', rows: 19, isComplete: true },
    { source: 'activity', rows: 31, isComplete: false },
    { source: 'journal', rows: 212, isComplete: true },
    { source: 'ticks', rows: 48_211, isComplete: false },
  ],
  bridge: {
    opening: d('10000'),
    closing: d('10167.13'),
    parts: [
      part('price', '38.65', ['T1', 'T2', 'T3', 'T4', 'T5', 'T8', 'T9']),
      part('spread', '-9.2', ['T1', 'T2', 'T5']),
      part('slippage', '-3.4', ['T1', 'T2', 'T3']),
      part('conversion', '-0.55', ['T3']),
      part('result', '-3.1', ['T7']),
      part('commission', '-2.5', ['COMT3']),
      part('funding', '-1.37', ['FUNDT6']),
      part('guaranteed-stop', '-1.8', ['GST9']),
      part('dividend', '0.42', ['DIVT5']),
      part('deposit', '250', ['=DEP1']),
      part('withdrawal', '-100', ['WDR1']),
      part('correction', '0.05', ['COR1']),
      part('unexplained', '-0.07', ['ROW17', HOSTILE.markup]),
    ],
  },
  trades: SAMPLE_TRADES,
  days: [
    {
      day: '2026-01-05',
      trades: 8,
      won: 3,
      lost: 4,
      change: d('17.15'),
      charges: d('-5.25'),
      drawdown: d('-24.9'),
      notes: [HOSTILE.formula, 'slept badly', HOSTILE.script, HOSTILE.terminal],
    },
  ],
  statistics: {
    // In the order in which they ended; the means by hand: 18.52 / 8, 62.12 / 43.60, 62.12 / 3, -43.60 / 4.
    all: {
      ...plainStatistics(['15', '-6.3', '-12.4', '22.17', '0', '24.95', '-21.8', '-3.1']),
      net: d('18.52'),
      expectancy: d('2.315'),
      expectancyR: d('0.4891551095837863'),
      profitFactor: d('1.4247706422018348624'),
      averageWin: d('20.706666666666666667'),
      averageLoss: d('-10.9'),
      meanHeldMs: 529_145.1428571428,
    },
    byHour: [
      group('09', ['15', '-6.3']),
      group('10', ['-12.4', '22.17']),
      group('11', ['0']),
      group('15', ['24.95']),
      group('16', ['-21.8']),
      group('17', ['-3.1']),
    ],
    byWeekday: [group('Monday', ['15', '-6.3', '-12.4', '22.17', '0', '24.95', '-21.8', '-3.1'])],
    byMarket: [
      group('Germany 40', ['15', '-6.3', '22.17']),
      group(HOSTILE.formula, ['24.95', '-21.8']),
      group(HOSTILE.markup, ['-12.4']),
      group('EUR/USD Mini', ['0']),
      group('Gold (not in the journal)', ['-3.1']),
    ],
    byPreset: [group('scalp 5/15', ['15', '24.95', '-21.8']), group('swing', ['22.17'])],
    bySide: [group('BUY', ['15', '-12.4', '22.17', '24.95', '-3.1']), group('SELL', ['-6.3', '0', '-21.8'])],
    byHolding: [group('under 1 min', ['15', '-6.3']), group('1 to 10 min', ['0', '24.95'])],
    byTag: [group('-late', ['-6.3']), group('a+', ['15']), group('open', ['15'])],
    curve: [
      curvePoint('09:00:52.840', '15', 't1'),
      curvePoint('09:12:09.300', '8.7', 't2'),
      curvePoint('10:41:40', '-3.7', 't4'),
      curvePoint('11:20:00', '18.47', 't5'),
      curvePoint('11:41:00', '18.47', 't8'),
      curvePoint('15:33:20', '43.42', 't3'),
      curvePoint('16:20:00', '21.62', 't9'),
      curvePoint('17:05:00', '18.52', 't7'),
    ],
    drawdown: { amount: d('-24.9'), fromMs: at('15:33:20'), toMs: at('17:05:00'), recoveredMs: null },
  },
  presses: {
    entries: 14,
    filled: 8,
    denied: new Map([
      ['too-soon', 2],
      [HOSTILE.plus, 1],
    ]),
    rejected: new Map([['MARKET_CLOSED_WITH_EDITS', 1]]),
    unresolved: 1,
  },
  guardEvents: [
    { atMs: at('16:20:01'), code: 'day-loss', words: `Half of the day's loss is used ${HOSTILE.markup}` },
    { atMs: at('17:05:01'), code: 'paused', words: HOSTILE.terminal },
  ],
  latency: {
    orders: 12,
    steps: [
      { step: 'decided', p50Ms: 0.08, p95Ms: 0.19, p99Ms: 0.4 },
      { step: 'journalled', p50Ms: 0.21, p95Ms: 0.52, p99Ms: 1.13 },
      { step: 'first-byte', p50Ms: 0.44, p95Ms: 0.9, p99Ms: 1.8 },
      { step: 'acknowledged', p50Ms: 38.2, p95Ms: 71, p99Ms: 120.25 },
      { step: 'confirmed', p50Ms: 41.5, p95Ms: 80.125, p99Ms: null },
      { step: 'painted', p50Ms: null, p95Ms: null, p99Ms: null },
    ],
    costOfDelay: d('-4.1'),
  },
  findings: [
    {
      severity: 'red',
      kind: 'unexplained',
      words: 'The rows reach 10167.20, the broker told 10167.13.',
      rows: ['ROW17', HOSTILE.markup],
      amount: { amount: d('-0.07'), currency: 'EUR' },
    },
    {
      severity: 'red',
      kind: 'missing-in-journal',
      words: `A close in ${HOSTILE.markup} is not in the journal.`,
      rows: ['T7'],
      amount: { amount: d('-3.1'), currency: 'EUR' },
    },
    { severity: 'note', kind: 'guessed-match', words: HOSTILE.script, rows: ['T4', '=T5'], amount: null },
    { severity: 'note', kind: 'small-sample', words: 'Eight trades: the shares say little.', rows: [], amount: null },
  ],
  hypothesis: SAMPLE_HYPOTHESIS,
}

function part(cause: BalanceCause, amount: string, rows: readonly string[]): BalancePart {
  return { cause, amount: d(amount), rows }
}

function group(key: string, nets: readonly string[]): Group {
  return { key, statistics: plainStatistics(nets) }
}

function curvePoint(time: string, sum: string, tradeId: string) {
  return { atMs: at(time), sum: d(sum), tradeId }
}
