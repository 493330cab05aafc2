import type { Clock } from '@scalpdesk/sdk'
import type { RerunSession } from './rerun-session.ts'
import type { SessionInput, TimedInput } from './session-input.ts'

export interface PacedSession {
  /** Something from outside: it counts from now on, in its order. */
  add(input: SessionInput): void
  /** Resolves when the trader quits or the session is ended from outside. */
  readonly over: Promise<void>
}

/** Moves a session's time along with the real one, and gives each input its time in it. */
export function runPaced(
  running: RerunSession,
  { clock, onInput }: { readonly clock: Clock; readonly onInput: (timed: TimedInput) => void },
): PacedSession {
  const waiting: SessionInput[] = []
  const offsetMs = clock.monotonicMs() - running.clock.monotonicMs()
  let wake: () => void = () => {}

  /** Whole milliseconds, so that it is written as it is. */
  const sessionMs = (): number =>
    Math.max(Math.floor(clock.monotonicMs() - offsetMs), Math.ceil(running.clock.monotonicMs()))

  async function drive(): Promise<void> {
    for (;;) {
      for (let input = waiting.shift(); input; input = waiting.shift()) {
        const timed: TimedInput = { atMs: sessionMs(), input }
        onInput(timed)
        await running.take(timed)
        if (input.kind === 'end' || running.hasQuit) return
      }
      await running.clock.runTo(sessionMs())
      if (waiting.length === 0) await untilDue()
    }
  }

  function untilDue(): Promise<void> {
    return new Promise(resolve => {
      const { nextDueMs } = running.clock
      const dueMs = Math.ceil(nextDueMs ?? running.clock.monotonicMs() + IDLE_MS) + offsetMs
      const timer = clock.at(dueMs, resolve)
      wake = () => {
        timer.cancel()
        resolve()
      }
    })
  }

  return {
    add(input) {
      waiting.push(input)
      wake()
    },
    over: drive(),
  }
}

const IDLE_MS = 100
