import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { startBeats } from './beats.ts'

it('tells a desk from the beginning on, and twice a second, that the program runs, until it is stopped', () => {
  const clock = manualClock()
  let told = 0
  const beats = startBeats({ beat: () => told++ }, clock)
  expect(told).toBe(1)
  clock.advance(5_000)
  expect(told).toBe(11)
  beats.stop()
  clock.advance(5_000)
  expect([told, clock.pending]).toEqual([11, 0])
})
