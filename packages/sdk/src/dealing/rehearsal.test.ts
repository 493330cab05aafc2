import { manualClock, waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { keepRehearsing } from './rehearsal.ts'

function rehearsing() {
  const clock = manualClock()
  const ending = new AbortController()
  let looks = 0
  let slices = 0
  const ports = {
    // Time goes on with each look at it, as it does where something is done between them.
    clock: {
      ...clock,
      monotonicMs: () => clock.monotonicMs() + looks++ / 10,
      at(dueMs: number, run: () => void) {
        slices += 1
        return clock.at(dueMs, run)
      },
    },
    basePath: '/gateway/deal',
    requestTimeoutMs: 1_000,
  }
  keepRehearsing(ports, ending.signal)
  return { clock, ending, slices: () => slices }
}

it('leaves the connection to what it was opened for first', () => {
  const { clock } = rehearsing()
  clock.advance(200)
  expect(clock.pending).toBe(1)
})

it('goes on in slices, with a pause after each', async () => {
  const { clock, slices } = rehearsing()
  await waitFor('a third slice', () => {
    clock.advance(1_000)
    return slices() > 2
  })
})

it('stops when the connection is closed', () => {
  const { clock, ending } = rehearsing()
  ending.abort()
  expect(clock.pending).toBe(0)
})
