import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as keyboardDelay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openTerminal, type TerminalSession } from '@scalpdesk/testkit'
import { type KeptRecord, recordsBelow } from './kept-records.ts'

export interface RunningDesk extends TerminalSession, AsyncDisposable {
  /** Records of the journal so far. */
  journal(): readonly KeptRecord[]
  readonly home: string
}

export interface DeskOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
  readonly kitty?: boolean
  /** Of an earlier run; a new one unless told. */
  readonly home?: string
  /** What `settings.json` says. */
  readonly settings?: object
  /** The program in the place of the bundle. */
  readonly program?: string
}

/** The bundle that people run. */
export const PROGRAM: string = fileURLToPath(new URL('../../dist/scalpdesk.js', import.meta.url))
/** Where relative paths on the command line begin, as they do for `pnpm start`. */
export const ROOT: string = fileURLToPath(new URL('../../../..', import.meta.url))

/** The real program on a pseudo-terminal, with a home of its own. */
export function openDesk(options: DeskOptions = {}): RunningDesk {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'scalpdesk-'))
  if (options.settings)
    writeFileSync(join(home, 'settings.json'), JSON.stringify(options.settings, null, 2), { mode: 0o600 })
  const session = openTerminal({
    command: process.execPath,
    args: [options.program ?? PROGRAM, ...(options.args ?? [])],
    columns: options.columns ?? 120,
    rows: options.rows ?? 40,
    cwd: ROOT,
    env: { HOME: home, SCALPDESK_HOME: home, PATH: process.env.PATH ?? '', ...options.env },
    kitty: options.kitty ?? false,
  })
  return Object.assign(Object.create(session) as TerminalSession, {
    home,
    journal: () => recordsBelow(join(home, 'journal')),
    async [Symbol.asyncDispose]() {
      session.kill('SIGKILL')
      await session.exited
    },
  })
}

/**
 * Holds a key as a keyboard does: a press, a pause, then thirty repeats a second; for a second and a half, and until something
 * is seen where that is given.
 */
export async function holdKey(
  desk: TerminalSession,
  bytes: { readonly press: string; readonly repeat: string; readonly release: string },
  isSeen: () => boolean = () => true,
): Promise<void> {
  desk.type(bytes.press)
  await keyboardDelay(500)
  for (let repeat = 0; repeat < 30 || (repeat < LONGEST_HOLD && !isSeen()); repeat++) {
    desk.type(bytes.repeat)
    await keyboardDelay(33)
  }
  desk.type(bytes.release)
}

/** Repeats after which nobody holds a key any longer: ten seconds. */
const LONGEST_HOLD = 300
