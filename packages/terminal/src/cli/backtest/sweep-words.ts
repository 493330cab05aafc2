import type { Sweep, Try, WalkForward } from '@scalpdesk/bots/runs'
import { table } from '../table.ts'
import { money, parameterText } from './backtest-words.ts'

/** The best tries as a table, and why not to believe it. */
export function sweepLines(
  { tries, failed, warnings, splitMs, objective, combinations }: Sweep,
  currency: string,
): readonly string[] {
  const shown = tries.slice(0, SHOWN)
  const columns = [
    { title: '#', side: 'right' },
    { title: 'parameters' },
    { title: objective, side: 'right' },
    { title: 'net', side: 'right' },
    { title: 'fall', side: 'right' },
    { title: 'deals', side: 'right' },
    ...(splitMs === null
      ? []
      : ([
          { title: 'net after', side: 'right' },
          { title: 'deals after', side: 'right' },
        ] as const)),
  ] as const
  const rows = shown.map((each, at) => [
    String(at + 1),
    parameterText(each.parameters),
    score(each),
    ...figures(each, currency),
  ])
  const when =
    splitMs === null
      ? 'all of the time'
      : `the time before ${new Date(splitMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return [
    `${tries.length + failed.length} tries of ${combinations} combinations, best ${objective} first, by ${when}:`,
    '',
    ...table(columns, rows),
    ...(tries.length > shown.length ? [`… and ${tries.length - shown.length} more; --json has all`] : []),
    ...(failed.length > 0
      ? ['', `${failed.length} tries failed; the first: ${parameterText(failed[0]!.parameters)}: ${failed[0]!.why}`]
      : []),
    ...(warnings.length > 0 ? ['', 'Before you believe it:', ...warnings.map(({ words }) => `- ${words}`)] : []),
  ]
}

export function walkLines(
  { steps, tries, failed, afterCents, afterTrades, efficiency }: WalkForward,
  currency: string,
): readonly string[] {
  const columns = [
    { title: 'chosen by' },
    { title: 'judged until' },
    { title: 'parameters' },
    { title: 'net known', side: 'right' },
    { title: 'net after', side: 'right' },
    { title: 'deals after', side: 'right' },
  ] as const
  const rows = steps.map(step => [
    `${time(step.fromMs)} – ${time(step.splitMs)}`,
    time(step.toMs),
    parameterText(step.chosen),
    money(step.known.netCents, currency),
    money(step.after.netCents, currency),
    String(step.after.trades),
  ])
  const worth =
    efficiency === null
      ? 'together the choices earned nothing on the ticks that they were made by'
      : `per day ${Math.round(efficiency * 100)} % of what the choices promised`
  return [
    `${tries} tries${failed > 0 ? `, ${failed} of which failed` : ''}; each step is chosen by what was known then, and judged by what came after:`,
    '',
    ...table(columns, rows),
    '',
    `After the choices: ${money(afterCents, currency)} in ${afterTrades} deals; ${worth}.`,
  ]
}

/** For scripts. */
export function sweepDocument({ tries, ...sweep }: Sweep): unknown {
  return { ...sweep, tries: tries.map(({ failure: _failure, ...each }) => each) }
}

function figures({ known, after }: Try, currency: string): readonly string[] {
  const before = [money(known.netCents, currency), money(known.drawdownCents, currency), String(known.trades)]
  return after ? [...before, money(after.netCents, currency), String(after.trades)] : before
}

const score = (each: Try): string => each.score.toFixed(2)

const time = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')

const SHOWN = 20
