import type { Clock } from '@scalpdesk/sdk'
import { type WorldClock, worldClock } from '../../src/rerun/world-clock.ts'

/** One time for broker and program, and a machine that can be put to sleep. */
export interface SleepingClock {
  /** Moves both on. */
  readonly world: WorldClock
  /** The program's: after a sleep its wall time has gone on, its monotonic time has not, as on Linux. */
  readonly program: Clock
  /** So many milliseconds pass on every wall, and no timer runs. */
  sleep(ms: number): void
}

export function sleepingClock(startMs: number): SleepingClock {
  const world = worldClock({ startMs, isReading: () => false })
  let sleptMs = 0
  return {
    world,
    program: {
      nowMs: () => world.nowMs() + sleptMs,
      monotonicMs: world.monotonicMs,
      at: world.at,
    },
    sleep(ms) {
      sleptMs += ms
    },
  }
}
