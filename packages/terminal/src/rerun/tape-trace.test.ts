import { expect, it } from 'vitest'
import { tapeTrace } from './tape-trace.ts'

it('knows when in the session a tape was not yet beyond a time, and what sessions have in common', () => {
  const trace = tapeTrace()
  expect(trace.sessionMsAt(5_000)).toBe(0)
  trace.note(100, null)
  trace.note(200, 1_000)
  // Paused: the earliest time at which it stood there is as good.
  trace.note(300, 1_000)
  trace.note(400, 61_000)
  expect([999, 1_000, 60_999, 61_000, 90_000].map(tapeMs => trace.sessionMsAt(tapeMs))).toEqual([0, 200, 200, 400, 400])
  const common = trace.until(399)
  common.note(500, 2_000)
  expect([common.sessionMsAt(61_000), trace.sessionMsAt(61_000)]).toEqual([500, 400])
})
