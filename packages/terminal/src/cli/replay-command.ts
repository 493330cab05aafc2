import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import type { Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable, printableJson } from '../printable.ts'
import { checkSession, type SessionVerdict } from '../rerun/session-check.ts'
import { makeSessionFolder } from '../rerun/session-folder.ts'
import { fileDigest, type SessionSpec } from '../rerun/session-spec.ts'
import type { MockFlags } from '../session/embedded-mock.ts'
import { systemZone } from '../session/journal-day.ts'
import { settingsPath } from '../settings/read-settings.ts'
import { openTerminal } from '../terminal.ts'
import { homeFolder } from './home-folder.ts'
import { mockSettings } from './mock-settings.ts'
import { progressLine } from './progress-line.ts'
import { replayOnScreen } from './replay-screen.ts'
import { tapeEpics } from './replay-tape.ts'
import { checkSize } from './screen-terminal.ts'
import type { MarketOptions } from './start-markets.ts'
import { startSettings } from './start-settings.ts'

export interface ReplayOptions extends MockFlags, MarketOptions {
  readonly env: Environment
  /** A tape; with `check`, the folder of a session. */
  readonly file: string
  readonly check?: boolean
  readonly keep?: string
  /** A time of day, milliseconds since midnight UTC. */
  readonly until?: number
  readonly json?: boolean
  readonly linear?: boolean
  /** False with `--no-color`. */
  readonly color: boolean
}

/** `replay FILE`: the trading screen on a tape, kept so that it can be run again; `replay SESSION --check` does so. */
export function runReplay(options: ReplayOptions): Promise<number> {
  return options.check ? runCheck(options) : runOnScreen(options)
}

async function runOnScreen(options: ReplayOptions): Promise<number> {
  const terminal = openTerminal()
  if (!terminal) throw new ExitError(EXIT.usage, 'a replay needs a terminal on input and output; --check needs none')
  const home = homeFolder()
  const found = startSettings(home)
  const isLinear = options.linear ?? found.settings.screen.linear
  if (!isLinear) checkSize(terminal)
  const spec = await specOf(options)
  const folder = resolve(options.keep ?? defaultFolder(home, spec.startMs))
  const settings = textOf(settingsPath(home))
  return replayOnScreen(terminal, {
    spec,
    found,
    folder,
    keep: path => attempt(() => makeSessionFolder(path, spec, settings)),
    until: options.until ?? null,
    isLinear,
    useColour: options.color && !process.env.NO_COLOR,
  })
}

async function specOf(options: ReplayOptions): Promise<SessionSpec> {
  const { file, epic, size, stop, limit } = options
  const { replay: _, ...mock } = await mockSettings(options)
  const tape = resolve(file)
  const sha256 = attempt(() => fileDigest(tape), EXIT.usage)
  const epics = epic ?? (await tapeEpics(tape))
  const markets: MarketOptions = {
    epic: epics,
    ...(size !== undefined && { size }),
    ...(stop !== undefined && { stop }),
    ...(limit !== undefined && { limit }),
  }
  const { version: program } = manifest
  const startMs = Math.floor(systemClock.nowMs())
  return { version: 1, program, startMs, zone: systemZone(), tape: { file: tape, sha256 }, mock, markets }
}

function defaultFolder(home: string, startMs: number): string {
  const date = new Date(startMs).toISOString().slice(0, 19).replaceAll(':', '')
  return join(home, 'replays', `${date}-${randomUUID().slice(0, 4)}`)
}

async function runCheck({ file, speed = 'max', json }: ReplayOptions): Promise<number> {
  const progress = progressLine(process.stderr)
  const beganMs = systemClock.monotonicMs()
  const verdict = await checkSession({
    folder: resolve(file),
    onProgress: fraction => progress.show(`running ${printable(file)} again: ${Math.floor(fraction * 100)} %`),
    pace: ms => (speed === 'max' ? Promise.resolve() : wait(beganMs + ms / speed)),
  }).catch(error => {
    progress.clear()
    throw error instanceof ExitError ? error : new ExitError(EXIT.usage, (error as Error).message)
  })
  progress.clear()
  process.stdout.write(`${json ? printableJson(verdict) : verdictWords(file, verdict)}\n`)
  return verdict.kind === 'same' ? EXIT.done : EXIT.failed
}

const wait = (dueMs: number): Promise<void> => new Promise(done => void systemClock.at(dueMs, done))

function verdictWords(file: string, { inputs, orders, records, isBrokenOff, difference }: SessionVerdict): string {
  const much = `${inputs} inputs, ${orders} orders, ${records} records of the journal`
  const broken = isBrokenOff ? '; it broke off, and is the same as far as it goes' : ''
  if (!difference) return printable(`${file}: the same to the byte: ${much}${broken}`)
  const { line, was, is } = difference
  return [
    `${file}: different from line ${line} of its ${difference.file} on (${much})`,
    `  was: ${was ?? '(nothing more)'}`,
    `  is:  ${is ?? '(nothing more)'}`,
  ]
    .map(printable)
    .join('\n')
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function attempt<Result>(work: () => Result, status: number = EXIT.failed): Result {
  try {
    return work()
  } catch (error) {
    throw new ExitError(status, (error as Error).message)
  }
}
