import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { startFramePump } from './frame-pump.ts'

it('paints at most 60 frames a second however often it is woken, and the last change is always painted', () => {
  const clock = manualClock()
  const frames: number[] = []
  const pump = startFramePump(clock, atMs => frames.push(atMs))
  for (let ms = 0; ms < 1_000; ms++) {
    pump.wake()
    clock.advance(1)
  }
  const busy = frames.length
  expect(busy).toBeGreaterThan(55)
  expect(busy).toBeLessThanOrEqual(61)
  const lastChangeMs = clock.monotonicMs()
  pump.wake()
  clock.advance(17)
  expect(frames.at(-1)).toBeGreaterThanOrEqual(lastChangeMs)
  pump.stop()
})

it('paints ten frames a second when nothing happens, so that a price visibly grows old', () => {
  const clock = manualClock()
  const frames: number[] = []
  const pump = startFramePump(clock, atMs => frames.push(atMs))
  clock.advance(1_000)
  expect(frames.length).toBe(11)
  pump.stop()
  expect(clock.pending).toBe(0)
})
