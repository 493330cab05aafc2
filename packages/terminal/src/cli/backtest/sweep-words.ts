import type { Description, Sweep, Try, WalkForward } from '@scalpdesk/bots/runs'
import { table } from '../table.ts'
import { money, parameterText } from './backtest-words.ts'

/** How a table shows what was tried. */
export interface SweepShown {
  readonly currency: string
  readonly schema: Description['parameters']
  /** The parameters that differ between tries. */
  readonly axes: readonly string[]
}

/** The best tries as a table, and why not to believe it. */
export function sweepLines(
  { tries, failed, warnings, splitMs, objective, combinations }: Sweep,
  { currency, schema, axes }: SweepShown,
): readonly string[] {
  const shown = tries.slice(0, SHOWN)
  const isNet = objective === 'net'
  const columns = [
    { title: '#', side: 'right' },
    { title: 'parameters' },
    ...(isNet ? [] : [{ title: objective, side: 'right' } as const]),
    { title: `net ${currency}`, side: 'right' },
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
    parameterText(each.parameters, schema, axes),
    ...(isNet ? [] : [each.score.toFixed(2)]),
    ...figures(each),
  ])
  const when = splitMs === null ? 'all of the time' : `the time before ${time(splitMs)} UTC`
  const [firstFailed] = failed
  return [
    `${tries.length + failed.length} tries of ${combinations} combinations, best ${objective} first, by ${when}:`,
    '',
    ...table(columns, rows),
    ...(tries.length > shown.length ? [`… and ${tries.length - shown.length} more; --json has all`] : []),
    ...(firstFailed
      ? [
          '',
          `${failed.length} tries failed; the first: ${parameterText(firstFailed.parameters, schema)}: ${firstFailed.why}`,
        ]
      : []),
    ...(warnings.length > 0 ? ['', 'Before you believe it:', ...warnings.map(({ words }) => `- ${words}`)] : []),
  ]
}

export function walkLines(
  { steps, tries, failed, afterCents, afterTrades, efficiency }: WalkForward,
  { currency, schema, axes }: SweepShown,
): readonly string[] {
  const columns = [
    { title: 'chosen by' },
    { title: 'judged to' },
    { title: 'parameters' },
    { title: `known ${currency}`, side: 'right' },
    { title: `after ${currency}`, side: 'right' },
    { title: 'deals after', side: 'right' },
  ] as const
  const [startMs, endMs] = [steps[0]?.fromMs ?? 0, steps.at(-1)?.toMs ?? 0]
  const at = timeWithin(startMs, endMs)
  const rows = steps.map(step => [
    `${at(step.fromMs)} – ${at(step.splitMs)}`,
    at(step.toMs),
    parameterText(step.chosen, schema, axes),
    figure(step.known.netCents),
    figure(step.after.netCents),
    String(step.after.trades),
  ])
  const worth =
    efficiency === null
      ? 'together the choices earned nothing on the ticks that they were made by'
      : `per day ${Math.round(efficiency * 100)} % of what the choices promised`
  return [
    `${tries} tries${failed > 0 ? `, ${failed} of which failed` : ''}, ${time(startMs)} to ${time(endMs)} UTC; each step is chosen by what was`,
    'known then, and judged by what came after:',
    '',
    ...table(columns, rows),
    '',
    `After the choices: ${money(afterCents, currency)} in ${afterTrades} deals; ${worth}.`,
    ...(afterTrades < FEW_DEALS
      ? [
          '',
          'Before you believe it:',
          `- ${afterTrades} deals are too few to tell skill from luck; ${FEW_DEALS} are a beginning`,
        ]
      : []),
  ]
}

/** For scripts. */
export function sweepDocument({ tries, ...sweep }: Sweep): unknown {
  return { ...sweep, tries: tries.map(({ failure: _failure, ...each }) => each) }
}

function figures({ known, after }: Try): readonly string[] {
  const before = [figure(known.netCents), figure(known.drawdownCents), String(known.trades)]
  return after ? [...before, figure(after.netCents), String(after.trades)] : before
}

const figure = (cents: number): string => (cents / 100).toFixed(2)

const time = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')

/** As little of a time as tells the moments of a stretch apart: the hour on one day, the day over months. */
function timeWithin(startMs: number, endMs: number): (atMs: number) => string {
  if (time(startMs).slice(0, 10) === time(endMs).slice(0, 10)) return atMs => time(atMs).slice(11)
  return endMs - startMs > LONG_MS ? atMs => time(atMs).slice(0, 10) : atMs => time(atMs).slice(5)
}

const SHOWN = 20
/** Our choices. */
const FEW_DEALS = 100
const LONG_MS = 14 * 86_400_000
