import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSettings } from '../cli/start-settings.ts'
import { startRerunSession } from '../rerun/rerun-session.ts'
import { makeSessionFolder } from '../rerun/session-folder.ts'
import type { SessionInput, TimedInput } from '../rerun/session-input.ts'
import type { SessionSpec } from '../rerun/session-spec.ts'
import { madeUpTape } from './made-up-tape.ts'
import { mondaySession } from './monday-session.ts'

/** How a session is to be run. */
export interface SessionPlan {
  readonly mock?: SessionSpec['mock']
  readonly inputs: readonly TimedInput[]
  readonly settings?: object
  readonly tape?: string
  /** The program dies after so many inputs. */
  readonly diesAfter?: number
}

/** Runs a session whose inputs are known beforehand, as fast as can be. @returns its folder */
export async function keptSession({ mock, inputs, settings, tape, diesAfter }: SessionPlan): Promise<string> {
  const file = tape ?? madeUpTape(5, SWINGS)
  const folder = join(mkdtempSync(join(tmpdir(), 'kept-')), 'session')
  const spec = mondaySession(file, mock)
  const kept = makeSessionFolder(folder, spec, settings === undefined ? null : JSON.stringify(settings))
  const running = await startRerunSession({
    spec,
    settings: startSettings(folder),
    folder,
    onOrder: kept.order,
    onNotice() {},
    onlooker: null,
    player: null,
    isKept: false,
  })
  for (const timed of inputs.slice(0, diesAfter)) {
    kept.input(timed)
    await running.take(timed)
  }
  await running.end()
  kept.close()
  return folder
}

export const press = (atMs: number, action: Extract<SessionInput, { kind: 'act' }>['action']): TimedInput => ({
  atMs,
  input: { kind: 'act', action },
})

const SWINGS = [
  [0, 0],
  [2, 6],
  [4, -4],
  [6, 8],
  [12, 0],
] as const

/** Writes a file of faults. @returns its path */
export function faultsFile(plans: readonly object[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'faults-')), 'faults.json')
  writeFileSync(file, JSON.stringify(plans))
  return file
}
