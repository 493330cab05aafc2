import type { Report } from '../../report.ts'
import type { Group, Statistics } from '../../statistics.ts'
import { wallClock } from '../wall-clock.ts'
import { equity, groups } from './chart-parts.ts'
import { desk } from './desk-part.ts'
import { bridge, findings } from './money-parts.ts'
import { paintWith } from './paint.ts'
import { remarks } from './remark-parts.ts'
import { heading, keyFigures } from './result-parts.ts'
import type { Given } from './screen-part.ts'
import { days, trades } from './trade-parts.ts'
import { whatIf } from './what-if-part.ts'

export interface ScreenOptions {
  /** Characters in a line; taken as 80 where it is less. */
  readonly columns: number
  /** False where NO_COLOR is set or nobody looks. */
  readonly hasColour: boolean
  /** Trades beyond this are counted; all are in the other forms. */
  readonly mostTrades?: number
}

/** The report for a terminal: what does not agree, the result, the balance, charts and trades, within the width. */
export function screenText(report: Report, { columns, hasColour, mostTrades = 200 }: ScreenOptions): string {
  const given: Given = {
    report,
    width: Math.max(LEAST_COLUMNS, columns),
    paint: paintWith(hasColour),
    clock: wallClock(report.account.zone),
  }
  const parts = [
    heading(given),
    findings(given, 'red'),
    keyFigures(given),
    bridge(given),
    equity(given),
    groups(given, 'By hour', report.statistics.byHour),
    groups(given, 'By market', report.statistics.byMarket),
    ...parted(report.statistics).map(([title, members]) => groups(given, title, members)),
    groups(given, 'By tag', report.statistics.byTag),
    days(given),
    trades(given, mostTrades),
    remarks(given, mostTrades),
    whatIf(given),
    desk(given),
    findings(given, 'note'),
  ]
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`
}

/** Kinds of groups that part the trades: one that holds them all says nothing more. */
const parted = ({
  byWeekday,
  byPreset,
  bySide,
  byHolding,
}: Statistics): readonly (readonly [string, readonly Group[]])[] =>
  (
    [
      ['By weekday', byWeekday],
      ['By preset', byPreset],
      ['By side', bySide],
      ['By holding time', byHolding],
    ] as const
  ).filter(([, members]) => members.length > 1)

const LEAST_COLUMNS = 80
