import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import type { Environment } from '../credentials/credential.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { listenForSignals } from '../interruption.ts'
import { printable, printableJson } from '../printable.ts'
import { runPaced } from '../rerun/paced-session.ts'
import { replayControls } from '../rerun/replay-controls.ts'
import { startRerunSession } from '../rerun/rerun-session.ts'
import { checkSession, type SessionVerdict } from '../rerun/session-check.ts'
import { makeSessionFolder } from '../rerun/session-folder.ts'
import type { SessionInput } from '../rerun/session-input.ts'
import { fileDigest, type SessionSpec } from '../rerun/session-spec.ts'
import type { MockFlags } from '../session/embedded-mock.ts'
import { systemZone } from '../session/journal-day.ts'
import { findPlayer } from '../session/outcome-signals.ts'
import { type Picture, startPicture } from '../session/picture.ts'
import { startPlainScreen, writeInBackground } from '../session/plain-screen.ts'
import { sessionWords } from '../session/session-words.ts'
import { settingsPath } from '../settings/read-settings.ts'
import { openTerminal } from '../terminal.ts'
import { textsOf } from '../texts/texts.ts'
import { mockRefusal } from './mock-refusal.ts'
import { mockSettings } from './mock-settings.ts'
import { progressLine } from './progress-line.ts'
import { tapeEpics } from './replay-tape.ts'
import { checkSize, keepInForeground, screenOpener } from './screen-terminal.ts'
import type { MarketOptions } from './start-markets.ts'
import { startSettings } from './start-settings.ts'
import { startUpTerminal } from './start-up-terminal.ts'

export interface ReplayOptions extends MockFlags, MarketOptions {
  readonly env: Environment
  /** A tape; with `check`, the folder of a session. */
  readonly file: string
  readonly check?: boolean
  readonly keep?: string
  /** A time of day, milliseconds since midnight UTC. */
  readonly until?: number
  readonly json?: boolean
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
  checkSize(terminal)
  const home = process.env.SCALPDESK_HOME || join(homedir(), '.scalpdesk')
  const found = startSettings(home)
  const spec = await specOf(options)
  const folder = resolve(options.keep ?? defaultFolder(home, spec.startMs))
  const kept = attempt(() => makeSessionFolder(folder, spec, textOf(settingsPath(home))))
  const interruption = listenForSignals()
  const leave = (): void => terminal.leave()
  process.on('exit', leave)
  terminal.enter()
  const startUp = startUpTerminal(terminal, interruption, systemClock)
  startUp.bindKeys(found.table)
  const openScreen = screenOpener(terminal, options.color && !process.env.NO_COLOR)
  const { language } = found.settings.screen
  const [texts, words] = [textsOf(language), sessionWords(language)]
  const notices = new Set<string>(found.settings.from.notices)
  let picture: Picture | null = null
  let controls: ReturnType<typeof replayControls> | null = null
  try {
    const running = await startRerunSession({
      spec,
      settings: found,
      folder,
      onOrder: kept.order,
      onNotice(text) {
        notices.add(text)
        picture?.notice(text)
      },
      onlooker(clock, accountText) {
        picture = startPicture({
          clock: {
            ...clock,
            at: (dueMs, run) => systemClock.at(systemClock.monotonicMs() + dueMs - clock.monotonicMs(), run),
          },
          openScreen,
          openTextMode: () => startPlainScreen({ write: writeInBackground(systemClock), clock: systemClock, texts }),
          environment: 'mock',
          account: () => `${accountText()}${controls === null ? '' : ` · ${controls.words()}`}`,
          words,
          onFault: error => notices.add(`the screen could not be worked out: ${error.message}`),
        })
        return picture
      },
      player: findPlayer(process.env.PATH ?? ''),
      isKept: true,
    }).catch(error => {
      throw error instanceof ExitError ? error : mockRefusal(error)
    })
    const { session, tape } = running
    const paced = runPaced(running, { clock: systemClock, onInput: kept.input })
    const add = (input: SessionInput): void => paced.add(input)
    controls = replayControls(tape, add, name => found.table.bindingOf('trading', name) !== undefined)
    terminal.beforeLeaving({ stopPainting: () => picture?.stop(), lastWords: session.leftOpen })
    if (picture !== null) keepInForeground(terminal, picture)
    terminal.onInput(controls.take)
    startUp.handOver({
      ...session,
      keys: {
        context: () => session.keys.context(),
        act: action => add({ kind: 'act', action }),
        type: input => add({ kind: 'type', input }),
        notice: notice => add({ kind: 'notice', notice }),
        keyboardKnown: keyboard => add({ kind: 'keyboard', keyboard }),
        focus: isFocused => add({ kind: 'focus', isFocused }),
      },
    })
    if (options.until !== undefined) controls.goOnUntil(options.until)
    let status: number = EXIT.done
    void startUp.abandoned.then(given => {
      status = given
      add({ kind: 'end' })
    })
    await paced.over
    await startUp.leave()
    process.stdout.write(`${session.summary().map(printable).join('\n')}\n`)
    await running.end()
    process.stdout.write(`kept in ${printable(folder)}; scalpdesk replay ${printable(folder)} --check runs it again\n`)
    return status
  } finally {
    await startUp.leave()
    leave()
    process.off('exit', leave)
    kept.close()
    for (const text of notices) process.stderr.write(`scalpdesk: ${printable(text)}\n`)
  }
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
