import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { keepAlive } from './keep-alive.ts'

const HOUR_MS = 3_600_000

function start(version: 2 | 3) {
  const clock = manualClock()
  const session = { version, usedAtMs: 0 }
  let uses = 0
  const staying = keepAlive(clock, session, async () => {
    uses += 1
    session.usedAtMs = clock.monotonicMs()
  })
  return { clock, session, staying, uses: () => uses }
}

it('uses a session that nobody has used for three hours, and again three hours later', () => {
  const { clock, uses, staying } = start(2)
  clock.advance(3 * HOUR_MS - 1)
  expect(uses()).toBe(0)
  clock.advance(1)
  expect(uses()).toBe(1)
  clock.advance(3 * HOUR_MS)
  expect(uses()).toBe(2)
  staying.stop()
  expect(clock.pending).toBe(0)
})

it('leaves one alone that is in use', () => {
  const { clock, session, uses } = start(2)
  for (let hour = 0; hour < 24; hour++) {
    session.usedAtMs = clock.monotonicMs()
    clock.advance(HOUR_MS)
  }
  expect(uses()).toBe(0)
})

it('has nothing to do for a session of version 3', () => {
  expect(start(3).clock.pending).toBe(0)
})
