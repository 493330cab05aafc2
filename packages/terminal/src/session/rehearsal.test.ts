import { contractFor, type DeskSetup } from '@scalpdesk/desk'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { MARKET } from '../testing/desk-states.ts'
import { presetFor } from './default-presets.ts'
import { startRehearsal } from './rehearsal.ts'

const SETUP: DeskSetup = { contracts: [contractFor(MARKET, [presetFor(MARKET, {})])], accountCurrency: 'EUR' }

/** A clock on which every look takes a millisecond, as work does, and that counts what waits for it. */
function workingClock() {
  let nowMs = 0
  let waiting: (() => void) | null = null
  let slices = 0
  return {
    clock: {
      monotonicMs: () => nowMs++,
      at(_dueMs: number, run: () => void) {
        waiting = run
        return {
          cancel() {
            waiting = null
          },
        }
      },
    },
    /** Runs the next slice. @returns how long it took; null when none is left */
    slice(): number | null {
      const run = waiting
      waiting = null
      if (run === null) return null
      const beganMs = nowMs
      run()
      slices += 1
      return nowMs - beganMs
    },
    get slices() {
      return slices
    },
  }
}

it('does nothing before what started it is done', () => {
  const work = workingClock()
  startRehearsal(SETUP, work.clock)
  expect(work.slices).toBe(0)
  expect(work.slice()).not.toBeNull()
})

it('comes in slices that no key waits long for, and to an end', () => {
  const work = workingClock()
  startRehearsal(SETUP, work.clock)
  let longestMs = 0
  for (let tookMs = work.slice(); tookMs !== null; tookMs = work.slice()) longestMs = Math.max(longestMs, tookMs)
  expect(work.slices).toBeGreaterThan(10)
  expect(longestMs).toBeLessThan(10)
})

it('ends at once when it is stopped', () => {
  const work = workingClock()
  const rehearsal = startRehearsal(SETUP, work.clock)
  work.slice()
  rehearsal.stop()
  expect(work.slice()).toBeNull()
})

it('is done in one slice where no time passes', () => {
  const clock = manualClock()
  startRehearsal(SETUP, clock)
  clock.advance(4)
  expect(clock.pending).toBe(0)
})
