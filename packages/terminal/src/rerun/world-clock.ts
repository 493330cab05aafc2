import type { Clock } from '@scalpdesk/sdk'

/**
 * The only time that a session knows which is to come out the same again: it stands still until it is told to go on, and stops
 * at each due timer until all that follows from it is done.
 */
export interface WorldClock extends Clock {
  /** Milliseconds from the beginning to the next timer; null for none. */
  readonly nextDueMs: number | null
  /** Goes on to this time. */
  runTo(ms: number): Promise<void>
  /** Goes on to the next timer, however far away it is. */
  runNext(): Promise<void>
  /** Waits until nothing follows any more from what was done. */
  settle(): Promise<void>
  /** Something was done that others may act on in a later turn of the event loop. */
  noteActivity(): void
}

export interface WorldClockParts {
  /** Wall time at the beginning, epoch milliseconds. */
  readonly startMs: number
  /** A file is being read: what follows from it comes in a turn that nobody can foresee. */
  readonly isReading: () => boolean
}

export function worldClock({ startMs, isReading }: WorldClockParts): WorldClock {
  let nowMs = 0
  let activity = 0
  /** By due time, those of the same time in the order in which they were set. */
  const timers: Timer[] = []

  async function settle(): Promise<void> {
    for (let seen = -1; seen !== activity || isReading(); ) {
      seen = activity
      await nextTurn()
    }
  }

  async function fire(timer: Timer): Promise<void> {
    timers.shift()
    nowMs = Math.max(nowMs, timer.dueMs)
    timer.run()
    await settle()
  }

  return {
    nowMs: () => startMs + Math.floor(nowMs),
    monotonicMs: () => nowMs,
    at(dueMs, run) {
      activity++
      const timer: Timer = { dueMs, run }
      const place = timers.findIndex(other => other.dueMs > dueMs)
      timers.splice(place < 0 ? timers.length : place, 0, timer)
      return {
        cancel() {
          const index = timers.indexOf(timer)
          if (index >= 0) timers.splice(index, 1)
        },
      }
    },
    get nextDueMs() {
      return timers[0]?.dueMs ?? null
    },
    async runTo(ms) {
      for (let timer = timers[0]; timer && timer.dueMs <= ms; timer = timers[0]) await fire(timer)
      nowMs = Math.max(nowMs, ms)
    },
    async runNext() {
      const [timer] = timers
      if (timer) await fire(timer)
      else await settle()
    },
    settle,
    noteActivity() {
      activity++
    },
  }
}

interface Timer {
  readonly dueMs: number
  readonly run: () => void
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
