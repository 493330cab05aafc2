import { grouped, msText } from '../../figures.ts'
import { plainWords } from '../plain-words.ts'
import { wrapped } from './money-parts.ts'
import { column, figure, type Given, plain } from './screen-part.ts'
import { type TextCell, textTable } from './text-table.ts'

/** What the journal tells of the desk: what came of the presses, how long each step took, and what the guard did. */
export function desk(given: Given): readonly string[] {
  return [...presses(given), ...latency(given), ...guard(given)]
}

function presses({ report: { presses: told }, width, paint }: Given): readonly string[] {
  if (told === null) return []
  const row = (outcome: string, code: string, count: number): readonly TextCell[] => [
    plain(outcome),
    plain(plainWords(code)),
    plain(grouped(String(count))),
  ]
  const rows = [
    row('Entries', '', told.entries),
    row('Filled', '', told.filled),
    ...[...told.denied].map(([code, count]) => row('Denied by the guard', code, count)),
    ...[...told.rejected].map(([code, count]) => row('Rejected by the broker', code, count)),
    row('Unresolved', '', told.unresolved),
  ]
  return textTable([column('Presses'), column('Why'), figure('Count')], rows, width, paint)
}

function latency({ report: { latency: told }, width, paint }: Given): readonly string[] {
  if (told === null) return []
  const ms = (value: number | null): TextCell => plain(value === null ? '' : grouped(msText(value)))
  const rows = told.steps.map(({ step, p50Ms, p95Ms, p99Ms }) => [plain(step), ms(p50Ms), ms(p95Ms), ms(p99Ms)])
  return textTable([column('From the key, ms'), figure('p50'), figure('p95'), figure('p99')], rows, width, paint)
}

/** All are in the other forms. Our choice. */
const MOST_EVENTS = 20

function guard({ report: { guardEvents }, width, paint, clock }: Given): readonly string[] {
  if (guardEvents.length === 0) return []
  const shown = guardEvents.slice(-MOST_EVENTS)
  const rest = guardEvents.length - shown.length
  return [
    paint('quiet', rest > 0 ? `Guard: the last ${shown.length} of ${guardEvents.length}` : 'Guard'),
    ...shown.flatMap(({ atMs, code, words }) =>
      wrapped(`  ${clock.day(atMs)} ${clock.time(atMs)} ${plainWords(code)}: ${plainWords(words)}`, width),
    ),
  ]
}
