import type { JournalRecord } from '@scalpdesk/desk'
import { systemClock } from '@scalpdesk/sdk'
import type { GuardDocument } from '../documents/documents.ts'
import { EXIT, ExitError } from '../exit-status.ts'
import { guardSide } from '../guard/guard-side.ts'
import { type ScreenHub, screenHub } from '../guard/screen-hub.ts'
import type { GuardStatus } from '../host/guard-status.ts'
import { machineMs } from '../host/machine-clock.ts'
import { socketPath } from '../host/socket-path.ts'
import { listenForSignals } from '../interruption.ts'
import { printable } from '../printable.ts'
import { startsArmed } from '../session/arming.ts'
import type { MockFlags } from '../session/embedded-mock.ts'
import type { JournalFile } from '../session/journal-file.ts'
import { recallScreen, screenMemoryFile } from '../session/screen-memory.ts'
import { sessionWords } from '../session/session-words.ts'
import type { TradingSession } from '../session/trading-session.ts'
import { answer } from './answer.ts'
import { beginSession, keeperOf } from './begin-session.ts'
import { closeAll } from './close-all.ts'
import { homeFolder } from './home-folder.ts'
import { mockSettings } from './mock-settings.ts'
import { reportAtEnd } from './report-at-end.ts'
import { runningGuard } from './running-guard.ts'
import { serveDesk } from './serve-desk.ts'
import { brokerAddress, journalWorld, refuseMockFlags, startBroker } from './start-broker.ts'
import { type GivenEnvironment, startEnvironment } from './start-environment.ts'
import { type MarketOptions, startMarkets, wantedMarkets } from './start-markets.ts'
import { type Closers, openParts } from './start-parts.ts'
import { startSettings } from './start-settings.ts'

export interface GuardOptions extends MockFlags, MarketOptions {
  readonly json?: boolean
  /** Entries stay as they are when screens come and go. */
  readonly stayArmed?: boolean
  readonly environment: GivenEnvironment | null
}

/** Session, journal, desk and guard without a screen, until it is told to end. @returns the exit status */
export async function runGuard(options: GuardOptions): Promise<number> {
  const home = homeFolder()
  const { settings, table } = startSettings(home)
  const environment = startEnvironment(options.environment, settings)
  const staysArmed = options.stayArmed ?? false
  if (environment === 'live') {
    if (staysArmed)
      throw new ExitError(
        EXIT.usage,
        'expected live without --stay-armed: there, entries are armed on a screen, for as long as it stays; leave it out',
      )
    const { requireOpenGate } = await import('./gate-command.ts')
    requireOpenGate(home)
  }
  const running = await runningGuard(home, { environment, settings, variables: process.env })
  if (running) {
    running.close()
    throw new ExitError(
      EXIT.failed,
      `expected no guard of ${environment} to run, but process ${running.host.pid} is one; scalpdesk attaches to it`,
    )
  }
  const ending = endings()
  const tell = (text: string): void => void process.stderr.write(`scalpdesk: ${printable(text)}\n`)
  const notices = { add: tell }
  for (const notice of settings.from.notices) tell(notice)
  const ofSettings = settings.environment === environment ? settings.account : null
  const broker = await startBroker(environment, ofSettings, process.env, work => work(), tell)
  if (broker.kind !== 'embedded') refuseMockFlags(options, environment)
  const memoryFile = screenMemoryFile(home)
  const { remembered } = recallScreen(memoryFile)
  const wanted = wantedMarkets(options, settings.markets, remembered)
  const givingUp = new AbortController()
  const closers: Closers = []
  let session: TradingSession | null = null
  let why = 'the guard could not begin'
  /** Once nobody can reach the desk any more. */
  let endReport = async (): Promise<string | null> => null
  try {
    const opening = openParts({
      home,
      mock: await mockSettings(options),
      broker,
      environment,
      early: null,
      world: journalWorld(broker),
      closers,
      signal: givingUp.signal,
      settings,
      markets: ig => startMarkets(ig, wanted, options, settings, remembered),
      endedBecause: () => why,
    })
    const parts = await Promise.race([opening, ending.over])
    if ('because' in parts) return parts.status
    const { ig, journal, mock: inside } = parts
    const hub: ScreenHub = screenHub({
      clock: systemClock,
      machineMs,
      words: sessionWords(settings.screen.language),
      staysArmed,
      onScreens: (what, screens) => note(journal, { kind: 'screen', atMs: systemClock.monotonicMs(), what, screens }),
    })
    const begun = beginSession(parts, {
      environment,
      settings,
      table,
      remembered,
      remember: keeperOf(memoryFile, tell),
      notices,
      openScreen: () => hub.asScreen,
      openTextMode: () => hub.asScreen,
      journal,
      isArmed: staysArmed && startsArmed(environment),
    })
    session = begun.session
    closers.push(session.stop, ig.close)
    hub.serve(session, begun.picture.notice)
    inside?.onNotice(text => {
      tell(text)
      begun.picture.notice(text)
    })
    const account = ig.account.id
    const world = journalWorld(broker)
    const since = new Date(systemClock.nowMs()).toISOString()
    const about = { pid: process.pid, environment, account, since, socket: socketPath(home, world, account) }
    const guard = guardSide({ hub, session, keys: settings.keys, about, end: ending.asked })
    const serving = serveDesk(session.served, {
      home,
      ig,
      environment,
      world,
      address: brokerAddress(broker, inside),
      journal,
      guard,
      onNotice: tell,
    })
    closers.push(() => begun.picture.stop(), serving.close)
    if (!(await serving.isListening))
      throw new ExitError(EXIT.failed, 'expected a socket for screens to attach to, but there is none; see above')
    endReport = async () => {
      await closeAll([serving.close])
      return reportAtEnd({ home, world, environment, ig }, settings, ['SIGINT', 'SIGTERM'])
    }
    ready(options.json ?? false, guard.status())
    const over = await ending.over
    const left = session.leftOpen()
    why = `the guard was ended by ${over.because}; ${left ?? 'nothing was open'}`
    return over.status
  } finally {
    await session?.settled(SETTLE_MS)
    if (session) {
      const left = session.leftOpen()
      if (left !== null) tell(`ended; no position is closed by that. ${left}`)
      session.keep()
    }
    const told = await endReport()
    if (told !== null) tell(told)
    givingUp.abort()
    await closeAll(closers)
  }
}

/** Longest wait for the outcome of what was sent before ending: as the screen's. */
const SETTLE_MS = 2_000

interface Ending {
  readonly because: string
  readonly status: number
}

/**
 * What ends a guard. Not the terminal that it was started from: it outlives that one's loss, which is what it is for.
 */
function endings(): { readonly over: Promise<Ending>; asked(): void } {
  const { promise: over, resolve } = Promise.withResolvers<Ending>()
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  listenForSignals().onSignal(status => {
    if (status === EXIT.interrupted) resolve({ because: 'SIGINT', status })
    else if (status !== HANGUP) resolve({ because: 'SIGTERM', status: EXIT.done })
  })
  return { over, asked: () => resolve({ because: 'scalpdesk guard stop', status: EXIT.done }) }
}

/** As shells report SIGHUP. */
const HANGUP = 129

function ready(asJson: boolean, guard: GuardStatus): void {
  const { pid, environment, account, socket } = guard
  const document: GuardDocument = { environment, guard }
  answer(asJson, document, [
    `guard (process ${pid}) of ${environment} account ${printable(account)} listens at ${printable(socket)}`,
    'scalpdesk attaches a screen to it; scalpdesk guard stop ends it',
  ])
}

/** A disk that takes no record stops no guard. */
function note(journal: JournalFile, record: JournalRecord): void {
  try {
    journal.append(record)
  } catch {}
}
