import { expect, it } from 'vitest'
import { eachDay, type SpanChoice, spanOf } from './report-span.ts'

/** Half past midnight on a Sunday in Paris, while it is Saturday in London. */
const NOW_MS = Date.parse('2026-03-28T23:30:00Z')
const span = (choice: SpanChoice, zone = 'Europe/Paris') => {
  const { from, to } = spanOf(choice, zone, NOW_MS)
  return `${from} to ${to}`
}

it.each<[SpanChoice, string, string]>([
  [{ kind: 'day', day: null }, '2026-03-29 to 2026-03-29', '2026-03-28 to 2026-03-28'],
  [{ kind: 'day', day: '2026-01-05' }, '2026-01-05 to 2026-01-05', '2026-01-05 to 2026-01-05'],
  [{ kind: 'week', day: null }, '2026-03-23 to 2026-03-29', '2026-03-23 to 2026-03-29'],
  [{ kind: 'week', day: '2026-01-01' }, '2025-12-29 to 2026-01-04', '2025-12-29 to 2026-01-04'],
  [{ kind: 'month', day: '2024-02-10' }, '2024-02-01 to 2024-02-29', '2024-02-01 to 2024-02-29'],
  [{ kind: 'range', from: '2026-03-01', to: null }, '2026-03-01 to 2026-03-29', '2026-03-01 to 2026-03-28'],
])('%j is, in Paris and in London', (choice, paris, london) => {
  expect([span(choice), span(choice, 'Europe/London')]).toEqual([paris, london])
})

it('has the hours of the account, and days of 23 and 25 hours that follow each other without a gap', () => {
  const { beginMs, endMs } = spanOf({ kind: 'day', day: '2026-03-29' }, 'Europe/Paris', NOW_MS)
  expect(endMs - beginMs).toBe(23 * 3_600_000)
  const days = eachDay('2026-10-24', '2026-10-26', 'Europe/Paris')
  expect(days.map(({ fromMs, toMs }) => (toMs - fromMs) / 3_600_000)).toEqual([24, 25, 24])
  expect(days.slice(1).map(({ fromMs }) => fromMs)).toEqual(days.slice(0, -1).map(({ toMs }) => toMs))
})
