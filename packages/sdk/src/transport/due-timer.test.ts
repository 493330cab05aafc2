import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DueTimer } from './due-timer.ts'

it('tells of everything at its very time, whatever was called off before, and leaves no timer', () => {
  const due = fc.record({ atMs: fc.integer({ min: 1, max: 1_000 }), isCalledOff: fc.boolean() })
  fc.assert(
    fc.property(fc.array(due, { maxLength: 20 }), all => {
      const clock = manualClock()
      const open = new Set(all.filter(one => !one.isCalledOff))
      const told: (readonly [dueMs: number, nowMs: number])[] = []
      const timer = new DueTimer(clock, nowMs => {
        for (const one of open) {
          if (one.atMs > nowMs) continue
          open.delete(one)
          told.push([one.atMs, nowMs])
        }
        return Math.min(Number.POSITIVE_INFINITY, ...[...open].map(one => one.atMs))
      })
      for (const one of all) timer.expect(one.atMs)
      expect(clock.pending).toBeLessThanOrEqual(1)
      clock.advance(1_000)
      expect(open.size).toBe(0)
      expect(told.every(([dueMs, nowMs]) => dueMs === nowMs)).toBe(true)
      expect(clock.pending).toBe(0)
    }),
  )
})
