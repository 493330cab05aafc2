import { homedir } from 'node:os'
import { join } from 'node:path'
import { recoveredFrom } from '@scalpdesk/desk'
import { type Ig, systemClock } from '@scalpdesk/sdk'
import manifest from '../../package.json' with { type: 'json' }
import { EXIT, ExitError } from '../exit-status.ts'
import { gateHead } from '../gate/gate-record.ts'
import { printable } from '../printable.ts'
import type { Environment } from '../session/arming.ts'
import type { EmbeddedMock, MockFlags, MockSettings } from '../session/embedded-mock.ts'
import { JournalError } from '../session/journal-error.ts'
import { type JournalFile, openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { findPlayer } from '../session/outcome-signals.ts'
import { startPicture } from '../session/picture.ts'
import { startPlainScreen, writeInBackground } from '../session/plain-screen.ts'
import { recallScreen, rememberScreen, screenMemoryFile } from '../session/screen-memory.ts'
import { startTradingSession, type TradingSession } from '../session/trading-session.ts'
import { sessionWords } from '../session/words/words.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { textsOf } from '../texts/texts.ts'
import type { DrillRun } from './drill-run.ts'
import { requireOpenGate } from './gate-command.ts'
import { givenMockFlag, mockSettings } from './mock-settings.ts'
import { checkSize, keepInForeground, screenOpener } from './screen-terminal.ts'
import { serveDesk } from './serve-desk.ts'
import { brokerAddress, journalWorld, type StartBroker, signInTo, startBroker, wantedAccount } from './start-broker.ts'
import { type GivenEnvironment, startEnvironment } from './start-environment.ts'
import { type MarketOptions, type StartMarkets, startMarkets, wantedMarkets } from './start-markets.ts'
import { appearanceOf, disarmsOnFocusLoss, startSettings } from './start-settings.ts'
import type { StartUpTerminal } from './start-up-terminal.ts'

export interface StartOptions extends MockFlags, MarketOptions {
  /** False with `--no-color`. */
  readonly color: boolean
  /** Null: as the settings say. */
  readonly environment: GivenEnvironment | null
}

/**
 * The trading screen, on the embedded mock broker, on the one at SCALPDESK_URL, or at IG.
 * @param startUp null when input or output is no terminal
 * @param drill what is practised; on the embedded mock broker then, whatever else was said
 */
export async function runStart(
  options: StartOptions,
  startUp: StartUpTerminal | null,
  drill: DrillRun | null = null,
): Promise<number> {
  if (!startUp)
    throw new ExitError(
      EXIT.usage,
      'the trading screen needs a terminal on input and output; see scalpdesk --help for the rest',
    )
  const { terminal } = startUp
  checkSize(terminal)
  const home = process.env.SCALPDESK_HOME || join(homedir(), '.scalpdesk')
  const { settings, table } = startSettings(home)
  startUp.bindKeys(table)
  const environment = drill ? 'mock' : startEnvironment(options.environment, settings)
  if (environment === 'live') requireOpenGate(home)
  const stopped = startUp.abandoned
  /** What the mock broker and others had to say: a line on the screen passes too fast to be read. */
  const notices = new Set<string>(settings.from.notices)
  const variables = drill ? {} : process.env
  const ofSettings = settings.environment === environment ? settings.account : null
  const account = wantedAccount(variables, ofSettings)
  const finding = startBroker(environment, account, variables, startUp, text => notices.add(text))
  const broker = await Promise.race([finding, stopped])
  if (typeof broker === 'number') return broker
  if (broker.kind !== 'embedded') refuseMockFlags(options, environment)
  const memoryFile = screenMemoryFile(home)
  const { remembered, problem } = recallScreen(memoryFile)
  const wanted = wantedMarkets(options, settings.markets, remembered)
  const mock = await mockSettings(options)
  const texts = textsOf(settings.screen.language)
  const words = sessionWords(settings.screen.language)

  terminal.enter()
  const openScreen = screenOpener(terminal, options.color && !process.env.NO_COLOR)
  const givingUp = new AbortController()
  const closers: Closers = []
  if (problem !== null) notices.add(words.said.remembered(problem))
  let session: TradingSession | null = null
  try {
    const opening = openParts({
      home,
      mock,
      broker,
      account,
      environment,
      world: drill ? drill.world : journalWorld(broker),
      closers,
      signal: givingUp.signal,
      settings,
      markets: ig => startMarkets(ig, wanted, options, settings, remembered),
    })
    const parts = await Promise.race([opening, stopped])
    if (typeof parts === 'number') return parts
    const picture = startPicture({
      clock: systemClock,
      openScreen,
      openTextMode: () => startPlainScreen({ write: writeInBackground(systemClock), clock: systemClock, texts }),
      environment,
      account: `${parts.ig.account.id} · ${parts.ig.account.currency}`,
      words,
      onFault: error => notices.add(`the screen could not be worked out: ${error.message}`),
    })
    for (const told of [...parts.journal.recovered.problems, ...(parts.recovered?.problems ?? [])]) notices.add(told)
    session = startTradingSession({
      ...parts,
      journal: drill ? drill.overhear(parts.journal) : parts.journal,
      picture,
      clock: systemClock,
      environment,
      texts,
      words,
      table,
      // A tape tells the time of the day that it was recorded on.
      setup:
        environment === 'mock'
          ? { ...parts.setup, watch: { ...settings.watchdogs, maxClockSkewMs: null } }
          : parts.setup,
      appearance: appearanceOf(settings, remembered),
      remembered,
      remember: keeperOf(memoryFile, text => notices.add(text)),
      disarmsOnFocusLoss: disarmsOnFocusLoss(settings, environment),
      sounds: settings.screen.bell,
      player: hasFileSound(settings.screen.bell) ? findPlayer(process.env.PATH ?? '') : null,
    })
    // The broker's answers to what was sent are still heard and written down while its connections close.
    closers.push(session.stop, parts.ig.close)
    const { ig, mock: inside } = parts
    // A drill is for hands: no command gets into it.
    if (!drill) {
      const address = brokerAddress(broker, inside)
      const world = journalWorld(broker)
      closers.push(serveDesk(session.served, { home, ig, environment, world, address, onNotice: picture.notice }))
    }
    terminal.beforeLeaving({ stopPainting: picture.stop, lastWords: session.leftOpen })
    keepInForeground(terminal, picture)
    parts.mock?.onNotice(text => {
      notices.add(text)
      picture.notice(text)
    })
    if (problem !== null) picture.notice(words.said.remembered(problem))
    else if (!settings.from.exists && broker.kind === 'embedded')
      tellFirstRun(() => picture.notice(words.said.firstRun))
    startUp.handOver(session)
    if (drill && parts.mock) drill.begin({ say: picture.notice, mock: parts.mock.url })
    const left = session.quit.then(() => EXIT.done)
    const status = await Promise.race([left, stopped, ...(drill ? [drill.over] : [])])
    if (drill) await session.settled(SETTLE_MS)
    return drill ? drill.end(status, home, parts.journal) : status
  } finally {
    await session?.settled(SETTLE_MS)
    // The terminal first: whoever wants to leave does not wait for a broker to say goodbye.
    await startUp.leave()
    session?.keep()
    if (session) process.stdout.write(`${session.summary().map(printable).join('\n')}\n`)
    if (drill)
      process.stdout.write(
        drill
          .lines()
          .map(line => `${printable(line)}\n`)
          .join(''),
      )
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
  readonly broker: StartBroker
  readonly environment: Environment
  readonly world: string
  readonly closers: Closers
  readonly signal: AbortSignal
  /** null: the one of the login. */
  readonly account: string | null
  readonly settings: JournalSettings
  readonly markets: (ig: Ig) => Promise<StartMarkets>
}

async function openParts(opening: Opening): Promise<OpenParts> {
  const { broker, environment, world, home, closers, settings } = opening
  const { ig, mock } = await signInTo(broker, { ...opening, timeZone: settings.timeZone })
  const markets = await opening.markets(ig)
  const journal = openJournalAt(home, world, world === 'drill' ? 'gate' : ig.account.id, settings)
  closers.push(journal.close, () => journal.append({ kind: 'stopped', atMs: now(), reason: 'the program ended' }))
  noteStart(journal, ig.account.id, environment, opening.mock.seed ?? null)
  if (environment === 'live') noteGate(journal, home)
  // The embedded mock broker is a new one each time: it knows nothing of the orders of the run before.
  const recovered = broker.kind === 'embedded' ? null : recoveredFrom(journal.recovered)
  return { ...markets, mock, ig, journal, recovered }
}

/** Longest wait for the outcome of what was sent before leaving: our choice, ten times what a confirm takes. */
const SETTLE_MS = 2_000

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

const hasFileSound = (bell: FoundSettings['screen']['bell']): boolean =>
  Object.values(bell).some(sound => typeof sound === 'object')

/** At once, and once more when the first news of the broker have passed. */
function tellFirstRun(tell: () => void): void {
  tell()
  systemClock.at(now() + FIRST_NEWS_MS, tell)
}

/** Until then the mock broker has said what it has to (our choice). */
const FIRST_NEWS_MS = 1_500

/** Flags that would do nothing are refused: who gave them believes something that is not so. */
function refuseMockFlags(options: StartOptions, environment: Environment): void {
  const flag = givenMockFlag(options)
  if (flag === null) return
  const other = environment === 'mock' ? 'SCALPDESK_URL names another' : `this is ${environment}`
  throw new ExitError(EXIT.usage, `--${flag} drives the embedded mock broker, but ${other}; use one of them`)
}

type JournalSettings = Pick<FoundSettings, 'timeZone' | 'journal'>

function openJournalAt(home: string, world: string, account: string, settings: JournalSettings): JournalFile {
  const { timeZone: zone, journal } = settings
  const options = { durability: journal.durability, ...(zone !== null && { zone }) }
  try {
    return openJournal(journalFolder(home, world, account), systemClock, options)
  } catch (error) {
    if (error instanceof JournalError) throw new ExitError(EXIT.failed, error.message)
    throw new ExitError(
      EXIT.failed,
      `expected to write the journal in ${home}, but ${(error as Error).message}; make it writable, or name another folder in SCALPDESK_HOME`,
    )
  }
}

/** A disk that takes no record stops no session: entries are refused with the reason, exits go on. */
function noteStart(journal: JournalFile, account: string, environment: Environment, seed: number | null): void {
  try {
    const { version } = manifest
    journal.append({ kind: 'started', atMs: now(), version, account, environment, seed })
  } catch {}
}

/** With what practice on record live was begun. */
function noteGate(journal: JournalFile, home: string): void {
  try {
    const { seq, hash } = gateHead(home)
    journal.append({ kind: 'gate', atMs: now(), what: 'live', line: seq, lineHash: hash, words: null })
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
