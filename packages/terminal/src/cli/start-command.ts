import { homedir } from 'node:os'
import { join } from 'node:path'
import { recoveredFrom } from '@scalpdesk/desk'
import { connectIg, type Ig, preloadIg, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { type Screen, startScreen } from '../screen/screen.ts'
import { SMALLEST_SCREEN } from '../screen/view.ts'
import { type EmbeddedMock, type MockFlags, type MockSettings, startEmbeddedMock } from '../session/embedded-mock.ts'
import { JournalError } from '../session/journal-error.ts'
import { type Durability, type JournalFile, openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { findPlayer } from '../session/outcome-signals.ts'
import { type Picture, startPicture } from '../session/picture.ts'
import { startPlainScreen, writeInBackground } from '../session/plain-screen.ts'
import { recallScreen, rememberScreen, screenMemoryFile } from '../session/screen-memory.ts'
import { startTradingSession, type TradingSession } from '../session/trading-session.ts'
import { sessionWords } from '../session/words/words.ts'
import type { Terminal } from '../terminal.ts'
import { textsOf } from '../texts/texts.ts'
import { loginAt, loginFailure, otherBroker } from './broker-login.ts'
import { mockRefusal } from './mock-refusal.ts'
import { givenMockFlag, mockSettings } from './mock-settings.ts'
import { serveDesk } from './serve-desk.ts'
import { type MarketOptions, type StartMarkets, startMarkets, wantedMarkets } from './start-markets.ts'
import { appearanceOf, disarmsOnFocusLoss, startSettings } from './start-settings.ts'
import { fitsScreen, type StartUpTerminal } from './start-up-terminal.ts'

export interface StartOptions extends MockFlags, MarketOptions {
  /** False with `--no-color`. */
  readonly color: boolean
  /** The command line or SCALPDESK_ENV names the environment: the settings do not count. */
  readonly isEnvironmentGiven: boolean
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
  const elsewhere = otherBroker(process.env)
  if (elsewhere) refuseMockFlags(options)
  const home = process.env.SCALPDESK_HOME || join(homedir(), '.scalpdesk')
  const { settings, table } = startSettings(home, options.isEnvironmentGiven)
  startUp.bindKeys(table)
  const memoryFile = screenMemoryFile(home)
  const { remembered, problem } = recallScreen(memoryFile)
  const wanted = wantedMarkets(options, settings.markets, remembered)
  const mock = await mockSettings(options)
  const texts = textsOf(settings.screen.language)
  const words = sessionWords(settings.screen.language)

  terminal.enter()
  const openScreen = screenOpener(terminal, options.color && !process.env.NO_COLOR)
  const stopped = startUp.abandoned
  const givingUp = new AbortController()
  const closers: Closers = []
  /** What the mock broker had to say: a line on the screen passes too fast to be read. */
  const notices = new Set<string>(settings.from.notices)
  if (problem !== null) notices.add(words.said.remembered(problem))
  let session: TradingSession | null = null
  try {
    const opening = openParts({
      home,
      mock,
      elsewhere,
      closers,
      signal: givingUp.signal,
      durability: settings.journal.durability,
      timeZone: settings.timeZone,
      markets: ig => startMarkets(ig, wanted, options, settings, remembered),
    })
    const parts = await Promise.race([opening, stopped])
    if (typeof parts === 'number') return parts
    const picture = startPicture({
      clock: systemClock,
      openScreen,
      openTextMode: () => startPlainScreen({ write: writeInBackground(systemClock), clock: systemClock, texts }),
      environment: 'mock',
      account: `${parts.ig.account.id} · ${parts.ig.account.currency}`,
      words,
    })
    for (const told of [...parts.journal.recovered.problems, ...(parts.recovered?.problems ?? [])]) notices.add(told)
    session = startTradingSession({
      ...parts,
      picture,
      clock: systemClock,
      environment: 'mock',
      texts,
      words,
      table,
      // A tape tells the time of the day that it was recorded on.
      setup: { ...parts.setup, watch: { ...settings.watchdogs, maxClockSkewMs: null } },
      appearance: appearanceOf(settings, remembered),
      remembered,
      remember: keeperOf(memoryFile, text => notices.add(text)),
      disarmsOnFocusLoss: disarmsOnFocusLoss(settings, 'mock'),
      sounds: settings.screen.bell,
      player: findPlayer(process.env.PATH ?? ''),
    })
    // The broker's answers to what was sent are still heard and written down while its connections close.
    closers.push(session.stop, parts.ig.close)
    const { ig, mock: inside } = parts
    closers.push(
      serveDesk(session.served, { home, ig, environment: 'mock', elsewhere, inside, onNotice: picture.notice }),
    )
    terminal.beforeLeaving({ stopPainting: picture.stop, lastWords: session.leftOpen })
    keepInForeground(terminal, picture)
    parts.mock?.onNotice(text => {
      notices.add(text)
      picture.notice(text)
    })
    if (problem !== null) picture.notice(words.said.remembered(problem))
    startUp.handOver(session)
    return await Promise.race([session.quit.then(() => EXIT.done), stopped])
  } finally {
    await session?.settled(SETTLE_MS)
    // The terminal first: whoever wants to leave does not wait for a broker to say goodbye.
    await startUp.leave()
    if (session) process.stdout.write(`${session.summary().map(printable).join('\n')}\n`)
    givingUp.abort()
    await withinGoodbye(closeAll(closers))
    for (const text of notices) process.stderr.write(`scalpdesk: ${printable(text)}\n`)
  }
}

/** What has been opened so far and is to be closed, the last first. */
type Closers = (() => unknown)[]

interface OpenParts extends StartMarkets {
  readonly mock: EmbeddedMock | null
  readonly ig: Ig
  readonly journal: JournalFile
  readonly recovered: ReturnType<typeof recoveredFrom> | null
}

interface Opening {
  readonly home: string
  readonly mock: MockSettings
  readonly elsewhere: URL | null
  readonly closers: Closers
  readonly signal: AbortSignal
  readonly durability: Durability
  readonly timeZone: string | null
  readonly markets: (ig: Ig) => Promise<StartMarkets>
}

async function openParts({ elsewhere, closers, ...opening }: Opening): Promise<OpenParts> {
  // What the SDK needs is loaded while the mock broker starts.
  const [mock] = await Promise.all([elsewhere ? null : startMock(opening.mock), preloadIg()])
  if (mock) closers.push(mock.close)
  const broker = elsewhere ?? mock
  if (!broker) throw new Error('expected a broker to trade with, but there is none')
  const login = {
    ...loginAt(broker, process.env),
    clock: systemClock,
    signal: opening.signal,
    ...(opening.timeZone !== null && { timeZone: opening.timeZone }),
  }
  const ig = await connectIg(login).catch(error => {
    throw loginFailure(error)
  })
  closers.push(ig.close)
  const markets = await opening.markets(ig)
  // The embedded mock broker is a new one each time: it knows nothing of the orders of the run before.
  const world = elsewhere ? 'mock' : 'mock-embedded'
  const journal = openJournalAt(opening.home, world, ig.account.id, opening.durability)
  closers.push(journal.close, () => journal.append({ kind: 'stopped', atMs: now(), reason: 'the program ended' }))
  noteStart(journal, ig.account.id, opening.mock.seed ?? null)
  const recovered = elsewhere ? recoveredFrom(journal.recovered) : null
  return { ...markets, mock, ig, journal, recovered }
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

/** What cannot be kept costs a choice the next time: it is told once. */
function keeperOf(
  file: string,
  tell: (text: string) => void,
): (remembered: Parameters<typeof rememberScreen>[1]) => void {
  return remembered => {
    try {
      rememberScreen(file, remembered)
    } catch (error) {
      tell(`what the screen remembers could not be kept: ${(error as Error).message}`)
    }
  }
}

function checkSize(terminal: Terminal): void {
  if (fitsScreen(terminal)) return
  const { columns, rows } = SMALLEST_SCREEN
  throw new ExitError(
    EXIT.usage,
    `expected a terminal of at least ${columns}x${rows}, but this one is ${terminal.columns}x${terminal.rows}; enlarge it or choose a smaller font`,
  )
}

/**
 * Follows the terminal's size. A stopped program shows prices that are not true: a stop request is ignored, and after a
 * forced stop everything is drawn again.
 */
function keepInForeground(terminal: Terminal, picture: Picture): void {
  picture.resize(terminal.columns, terminal.rows)
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

function openJournalAt(home: string, world: string, account: string, durability: Durability): JournalFile {
  try {
    return openJournal(journalFolder(home, world, account), systemClock, { durability })
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
