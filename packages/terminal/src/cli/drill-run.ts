import type { JournalPort } from '@scalpdesk/desk'
import { systemClock } from '@scalpdesk/sdk'
import { EXIT } from '../exit-status.ts'
import { type Drill, type DrillFault, startDrill } from '../gate/drill.ts'
import type { DrillName } from '../gate/gate-fact.ts'
import { addGateFact } from '../gate/gate-record.ts'
import type { JournalFile } from '../session/journal-file.ts'

/** A drill beside a session: it hears the session's journal, speaks on its screen, and steers the mock broker. */
export interface DrillRun {
  /** Of its journal. */
  readonly world: 'drill'
  overhear(journal: JournalPort): JournalPort
  begin(at: { readonly say: (text: string) => void; readonly mock: string }): void
  /** Resolves when it is judged. */
  readonly over: Promise<number>
  /** Puts on record what was passed. @param status with which the session ended @returns the exit status */
  end(status: number, home: string, journal: JournalFile): number
  /** What is to be told once the screen is left. */
  lines(): readonly string[]
}

export function drillRun(name: DrillName): DrillRun {
  const drill: Drill = startDrill(name)
  const over = Promise.withResolvers<number>()
  let at: { readonly say: (text: string) => void; readonly mock: string } | null = null
  let asked = ''
  let isEnded = false
  let unkept: string | null = null

  function ask(): void {
    asked = drill.ask
    at?.say(asked)
  }

  /** Said again and again: a word on the screen makes way for the next one. */
  function keepAsking(): void {
    if (isEnded || drill.verdict) return
    ask()
    systemClock.at(systemClock.monotonicMs() + AGAIN_MS, keepAsking)
  }

  function bringAbout(fault: DrillFault, afterMs: number): void {
    systemClock.at(systemClock.monotonicMs() + afterMs, () => {
      if (at && !isEnded) void steer(at.mock, fault).catch(error => at?.say(`the drill cannot go on: ${error.message}`))
    })
  }

  return {
    world: 'drill',
    overhear: journal => ({
      append(record) {
        journal.append(record)
        const wrong = drill.hear(record)
        if (wrong) bringAbout(wrong.fault, wrong.afterMs)
        // Not within the turn of a key.
        if (drill.verdict || drill.ask !== asked)
          queueMicrotask(() => (drill.verdict ? over.resolve(EXIT.done) : ask()))
      },
      ...(journal.rehearse && { rehearse: record => journal.rehearse?.(record) }),
    }),
    begin(given) {
      at = given
      keepAsking()
    },
    over: over.promise,
    end(status, home, journal) {
      isEnded = true
      drill.leave()
      const { verdict } = drill
      if (!verdict?.isPassed) return status === EXIT.done ? EXIT.failed : status
      try {
        const stamp = { wallMs: systemClock.nowMs(), atMs: systemClock.monotonicMs() }
        addGateFact(home, journal, { kind: 'drill-passed', drill: name, words: verdict.words }, stamp)
        return EXIT.done
      } catch (error) {
        unkept = (error as Error).message
        return EXIT.failed
      }
    },
    lines() {
      const { verdict } = drill
      if (!verdict) return []
      if (!verdict.isPassed)
        return [`${name} drill not passed: ${verdict.words}. scalpdesk drill ${name} begins it again.`]
      if (unkept !== null) return [`${name} drill passed, but it could not be put on record: ${unkept}`]
      return [`${name} drill passed: ${verdict.words}. It is on record; scalpdesk gate shows what is missing.`]
    },
  }
}

/** A little more than a notice stands. */
const AGAIN_MS = 5_000

/** The mock broker's admin operations: mock-broker/README.md. */
async function steer(mock: string, fault: DrillFault): Promise<void> {
  const answer = await fetch(new URL('/admin/faults', mock), { method: 'POST', body: JSON.stringify(fault) })
  if (!answer.ok)
    throw new Error(`expected the mock broker to take the fault ${fault.fault}, but it answered ${answer.status}`)
}
