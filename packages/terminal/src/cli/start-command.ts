import { homedir } from 'node:os'
import { join } from 'node:path'
import { marketTerms, type Preset, presetProblems, recoveredFrom } from '@scalpdesk/desk'
import {
  connectIg,
  Decimal,
  type Epic,
  epic,
  type Ig,
  type Market,
  preloadIg,
  RefusedError,
  systemClock,
} from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { type Screen, startScreen } from '../screen/screen.ts'
import { SMALLEST_SCREEN } from '../screen/view.ts'
import { DEFAULT_EPIC, presetFor } from '../session/default-presets.ts'
import { type EmbeddedMock, type MockFlags, type MockSettings, startEmbeddedMock } from '../session/embedded-mock.ts'
import { JournalError } from '../session/journal-error.ts'
import { type JournalFile, openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { type Picture, startPicture } from '../session/picture.ts'
import { startTradingSession, type TradingSession } from '../session/trading-session.ts'
import type { Terminal } from '../terminal.ts'
import { loginAt, loginFailure, otherBroker } from './broker-login.ts'
import { misused } from './flag-values.ts'
import { mockRefusal } from './mock-refusal.ts'
import { givenMockFlag, mockSettings } from './mock-settings.ts'
import { fitsScreen, type StartUpTerminal } from './start-up-terminal.ts'

export interface StartOptions extends MockFlags {
  readonly epic?: string
  readonly size?: string
  readonly stop?: string
  readonly limit?: string
  /** False with `--no-color`. */
  readonly color: boolean
}

/**
 * The trading screen, on the embedded mock broker or on the one at SCALPDESK_URL.
 * @param startUp null when input or output is no terminal
 */
export async function runStart(options: StartOptions, startUp: StartUpTerminal | null): Promise<number> {
  if (!startUp)
    throw new ExitError(
      EXIT.usage,
      'the trading screen needs a terminal on input and output; see scalpdesk --help for the rest',
    )
  const { terminal } = startUp
  checkSize(terminal)
  const market = parseEpic(options.epic)
  const elsewhere = otherBroker(process.env)
  if (elsewhere) refuseMockFlags(options)
  const settings = await mockSettings(options)

  terminal.enter()
  const openScreen = screenOpener(terminal, options.color && !process.env.NO_COLOR)
  const stopped = startUp.abandoned
  const givingUp = new AbortController()
  const closers: Closers = []
  /** What the mock broker had to say: a line on the screen passes too fast to be read. */
  const notices = new Set<string>()
  let session: TradingSession | null = null
  try {
    const parts = await Promise.race([
      openParts(options, settings, market, elsewhere, closers, givingUp.signal),
      stopped,
    ])
    if (typeof parts === 'number') return parts
    const picture = startPicture({
      clock: systemClock,
      openScreen,
      environment: 'mock',
      account: `${parts.ig.account.id} · ${parts.ig.account.currency}`,
    })
    // The embedded mock broker is a new one each time: it knows nothing of the orders of the run before.
    const recovered = elsewhere ? recoveredFrom(parts.journal.recovered) : null
    for (const problem of [...parts.journal.recovered.problems, ...(recovered?.problems ?? [])]) notices.add(problem)
    session = startTradingSession({ ...parts, picture, clock: systemClock, recovered, isReplay: true })
    // The broker's answers to what was sent are still heard and written down while its connections close.
    closers.push(session.stop, parts.ig.close)
    terminal.beforeLeaving({ stopPainting: picture.stop, lastWords: session.leftOpen })
    keepInForeground(terminal, picture)
    parts.mock?.onNotice(text => {
      notices.add(text)
      picture.notice(text)
    })
    startUp.handOver(session)
    return await Promise.race([session.quit.then(() => EXIT.done), stopped, picture.failed.then(drawingFailed)])
  } finally {
    await session?.settled(SETTLE_MS)
    // The terminal first: whoever wants to leave does not wait for a broker to say goodbye.
    await startUp.leave()
    givingUp.abort()
    await withinGoodbye(closeAll(closers))
    for (const text of notices) process.stderr.write(`scalpdesk: ${printable(text)}\n`)
  }
}

/** What has been opened so far and is to be closed, the last first. */
type Closers = (() => unknown)[]

interface OpenParts {
  readonly mock: EmbeddedMock | null
  readonly ig: Ig
  readonly market: Market
  readonly preset: Preset
  readonly journal: JournalFile
}

async function openParts(
  options: StartOptions,
  settings: MockSettings,
  epic: Epic,
  elsewhere: URL | null,
  closers: Closers,
  signal: AbortSignal,
): Promise<OpenParts> {
  // What the SDK needs is loaded while the mock broker starts.
  const [mock] = await Promise.all([elsewhere ? null : startMock(settings), preloadIg()])
  if (mock) closers.push(mock.close)
  const broker = elsewhere ?? mock
  if (!broker) throw new Error('expected a broker to trade with, but there is none')
  const login = loginAt(broker, process.env)
  const ig = await connectIg({ ...login, clock: systemClock, signal }).catch(error => {
    throw loginFailure(error)
  })
  closers.push(ig.close)
  const market = await ig.markets.get(epic).catch(error => {
    throw isUnknown(error) ? new ExitError(EXIT.usage, unknownEpic(epic)) : loginFailure(error)
  })
  const preset = presetFor(market, {
    ...(options.size && { size: new Decimal(options.size) }),
    ...(options.stop && { stopPoints: new Decimal(options.stop) }),
    ...(options.limit && { limitPoints: new Decimal(options.limit) }),
  })
  const [problem] = presetProblems(preset, {
    terms: marketTerms(market),
    price: market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null,
    account: { currency: ig.account.currency, equity: null },
  })
  if (problem) throw new ExitError(EXIT.usage, `${problem.words} (--epic, --size, --stop, --limit)`)
  const journal = openJournalAt(process.env.SCALPDESK_HOME || join(homedir(), '.scalpdesk'), ig.account.id)
  closers.push(journal.close, () => journal.append({ kind: 'stopped', atMs: now(), reason: 'the program ended' }))
  noteStart(journal, ig.account.id, settings.seed ?? null)
  return { mock, ig, market, preset, journal }
}

/** Longest wait for the outcome of what was sent before leaving: our choice, ten times what a confirm takes. */
const SETTLE_MS = 2_000

/** Opens painting threads; the first one at once, so that it loads while the broker is asked. */
function screenOpener(terminal: Terminal, useColour: boolean): () => Screen {
  const open = (): Screen =>
    startScreen({
      workerUrl: new URL('./painter.js', import.meta.url),
      columns: terminal.columns,
      rows: terminal.rows,
      useColour,
    })
  let first: Screen | null = open()
  return () => {
    const screen = first ?? open()
    first = null
    return screen
  }
}

function drawingFailed(error: Error): never {
  throw new ExitError(EXIT.failed, `expected to draw the screen, but ${error.message}; start again`)
}

function checkSize(terminal: Terminal): void {
  if (fitsScreen(terminal)) return
  const { columns, rows } = SMALLEST_SCREEN
  throw new ExitError(
    EXIT.usage,
    `expected a terminal of at least ${columns}x${rows}, but this one is ${terminal.columns}x${terminal.rows}; enlarge it or choose a smaller font`,
  )
}

function parseEpic(text: string | undefined): Epic {
  if (text === undefined) return DEFAULT_EPIC
  try {
    return epic(text)
  } catch {
    throw misused('--epic', 'an epic such as CS.D.EURUSD.CFD.IP', text)
  }
}

/** Only a market that is not there; other refusals have a reason of their own. IG Labs, REST API reference, "Markets". */
const isUnknown = (error: unknown): boolean => error instanceof RefusedError && error.code.includes('epic-not-found')

const unknownEpic = (name: string): string =>
  `expected the epic of a market, but the broker knows none called ${name}; leave --epic out for EUR/USD`

/**
 * Follows the terminal's size. A stopped program shows prices that are not true: a stop request is ignored, and after a
 * forced stop everything is drawn again.
 */
function keepInForeground(terminal: Terminal, picture: Picture): void {
  terminal.onResize(picture.resize)
  process.on('SIGTSTP', () => picture.notice('the trading screen is not put in the background; q quits'))
  process.on('SIGCONT', () => {
    terminal.reenter()
    picture.resize(terminal.columns, terminal.rows)
  })
}

/** Flags that would do nothing are refused: who gave them believes something that is not so. */
function refuseMockFlags(options: StartOptions): void {
  const flag = givenMockFlag(options)
  if (flag === null) return
  throw new ExitError(
    EXIT.usage,
    `--${flag} drives the embedded mock broker, but SCALPDESK_URL names another; use one of them`,
  )
}

function startMock(settings: MockSettings): Promise<EmbeddedMock> {
  return startEmbeddedMock(settings, new URL('./mock-worker.js', import.meta.url)).catch(error => {
    throw mockRefusal(error)
  })
}

function openJournalAt(home: string, account: string): JournalFile {
  try {
    return openJournal(journalFolder(home, 'mock', account), systemClock)
  } catch (error) {
    if (error instanceof JournalError) throw new ExitError(EXIT.failed, error.message)
    throw new ExitError(
      EXIT.failed,
      `expected to write the journal in ${home}, but ${(error as Error).message}; make it writable, or name another folder in SCALPDESK_HOME`,
    )
  }
}

/** A disk that takes no record stops no session: entries are refused with the reason, exits go on. */
function noteStart(journal: JournalFile, account: string, seed: number | null): void {
  try {
    const { version } = manifest
    journal.append({ kind: 'started', atMs: now(), version, account, environment: 'mock', seed })
  } catch {}
}

const now = (): number => systemClock.monotonicMs()

/** What fails here changes nothing any more: the outcome of the session is known. */
async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch {}
  }
}

/** Longest wait for the broker when leaving: our choice, well above a round trip. */
const GOODBYE_MS = 3_000

function withinGoodbye(closed: Promise<void>): Promise<void> {
  const { promise: timedOut, resolve } = Promise.withResolvers<void>()
  const timer = systemClock.at(systemClock.monotonicMs() + GOODBYE_MS, resolve)
  return Promise.race([closed.finally(timer.cancel), timedOut])
}
