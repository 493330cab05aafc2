import { expect, it } from 'vitest'
import { watchLostTime } from './lost-time.ts'

it('tells how long the machine slept, once, and nothing while both clocks go on together', () => {
  let wallMs = 1_000_000
  let monotonicMs = 5
  const lost = watchLostTime({ nowMs: () => wallMs, monotonicMs: () => monotonicMs })
  wallMs += 60_000
  monotonicMs += 60_000
  expect(lost.check()).toBe(0)
  wallMs += 3_600_000
  expect(lost.check()).toBe(3_600_000)
  expect(lost.check()).toBe(0)
})

it('takes a clock that was set back for lost time too', () => {
  let wallMs = 1_000_000
  const lost = watchLostTime({ nowMs: () => wallMs, monotonicMs: () => 0 })
  wallMs -= 10_000
  expect(lost.check()).toBe(10_000)
})

it('takes a program that did not run for lost time, once it is known to run', () => {
  let nowMs = 0
  const lost = watchLostTime({ nowMs: () => nowMs, monotonicMs: () => nowMs })
  nowMs += 60_000
  expect(lost.check()).toBe(0)
  lost.beat()
  nowMs += 5_000
  expect(lost.check()).toBe(0)
  nowMs += 1
  expect(lost.check()).toBe(5_001)
  expect(lost.check()).toBe(0)
})
