import { type ManualClock, waitFor } from '@scalpdesk/testkit'
import type { SdkEvent } from '../observe.ts'
import type { Clock } from '../ports.ts'

/** A time for both sides of real sockets: it moves when nothing is under way, or when a test says so. */
export interface SharedTime {
  /** The clock for the client: asked without end in one turn it fails, so that a loop that never waits does not hang the test. */
  readonly clock: Clock
  /** For the connections' observer: knows from it what is under way. */
  hear(event: SdkEvent): void
  /** Moves time on while `work` waits for nothing but time. */
  during<T>(work: Promise<T>): Promise<T>
  /** Moves time on in steps, which let what they have woken go on. */
  pass(ms: number): Promise<void>
  /** Lets time pass, slowly enough for streams to be heard, until something is there. */
  comes<T>(what: string, read: () => T | undefined | null | false): Promise<T>
}

export function sharedTime(clock: ManualClock): SharedTime {
  let inFlight = 0

  async function passUntil(isOver: () => boolean, stepMs: number): Promise<void> {
    for (let turn = 1; !isOver(); turn++) {
      await new Promise(resolve => setImmediate(resolve))
      // What is under way takes no time; unless the other side is the one that waits.
      if (!isOver() && (inFlight === 0 || turn % TURNS_OF_SOCKETS === 0)) clock.advance(stepMs)
    }
  }

  return {
    clock: endlessLoopGuard(clock),
    hear({ kind }) {
      if (kind === 'request') inFlight++
      if (kind === 'response') inFlight--
    },
    async during(work) {
      let isOver = false
      const end = (): void => {
        isOver = true
      }
      work.then(end, end)
      await passUntil(() => isOver, STEP_MS)
      return work
    },
    pass(ms) {
      const endMs = clock.monotonicMs() + ms
      return passUntil(() => clock.monotonicMs() >= endMs && inFlight === 0, PASS_STEP_MS)
    },
    comes: (what, read) =>
      waitFor(what, () => {
        const value = read()
        if (value === undefined || value === null || value === false) clock.advance(STEP_OF_STREAMS_MS)
        return value
      }),
  }
}

const STEP_MS = 50
const PASS_STEP_MS = 500
const TURNS_OF_SOCKETS = 100
const STEP_OF_STREAMS_MS = 20

function endlessLoopGuard(clock: ManualClock): Clock {
  let asked = 0
  const newTurn = (): void => {
    asked = 0
  }
  return {
    nowMs: () => clock.nowMs(),
    monotonicMs() {
      if (asked++ === 0) setImmediate(newTurn)
      if (asked > MOST_IN_A_TURN)
        throw new Error('expected a loop to wait for something, but it asks the time for ever')
      return clock.monotonicMs()
    },
    at: (dueMonotonicMs, run) => clock.at(dueMonotonicMs, run),
  }
}

const MOST_IN_A_TURN = 100_000
