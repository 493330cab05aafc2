import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import type { EarlyMock, MockFlags } from '../session/embedded-mock.ts'
import { NOTHING_REMEMBERED, recallScreen, screenMemoryFile } from '../session/screen-memory.ts'
import { sessionWords } from '../session/session-words.ts'
import type { TradingSession } from '../session/trading-session.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import { DEFAULT_SETTINGS } from '../settings/settings.ts'
import { beginSession, keeperOf } from './begin-session.ts'
import { closeAll } from './close-all.ts'
import { startDrawing } from './drawing.ts'
import type { DrillRun } from './drill-run.ts'
import { foundStartSettings } from './found-start-settings.ts'
import { homeFolder } from './home-folder.ts'
import { mockSettings } from './mock-settings.ts'
import { reportAtEnd } from './report-at-end.ts'
import { refuseOwnFlags, runningGuard } from './running-guard.ts'
import { checkSize, keepInForeground } from './screen-terminal.ts'
import { serveDesk } from './serve-desk.ts'
import { brokerAddress, journalWorld, refuseMockFlags, startBroker } from './start-broker.ts'
import { type GivenEnvironment, startEnvironment } from './start-environment.ts'
import { type MarketOptions, startMarkets, wantedMarkets } from './start-markets.ts'
import { type Closers, openParts } from './start-parts.ts'
import type { StartUpTerminal } from './start-up-terminal.ts'

export interface StartOptions extends MockFlags, MarketOptions {
  /** False with `--no-color`. */
  readonly color: boolean
  /** Events as lines; without it the settings say. */
  readonly linear?: boolean
  /** Null: as the settings say. */
  readonly environment: GivenEnvironment | null
}

/**
 * The trading screen, on the embedded mock broker, on the one at SCALPDESK_URL, or at IG.
 * @param startUp null when input or output is no terminal
 * @param drill what is practised; on the embedded mock broker then, whatever else was said
 * @param early the embedded mock broker, where it was started ahead
 */
export async function runStart(
  options: StartOptions,
  startUp: StartUpTerminal | null,
  drill: DrillRun | null = null,
  early: EarlyMock | null = null,
): Promise<number> {
  if (!startUp)
    throw new ExitError(
      EXIT.usage,
      'the trading screen needs a terminal on input and output; see scalpdesk --help for the rest',
    )
  const { terminal } = startUp
  const home = homeFolder()
  const { settings: own, table } = await foundStartSettings(home)
  const isLinear = options.linear ?? own.screen.linear
  if (!isLinear) checkSize(terminal)
  startUp.bindKeys(table)
  const settings = drill ? forPractice(own) : own
  const environment = drill ? 'mock' : startEnvironment(options.environment, settings)
  if (environment === 'live') {
    const { requireOpenGate } = await import('./gate-command.ts')
    requireOpenGate(home)
  }
  const stopped = startUp.abandoned
  const guard = drill ? null : await runningGuard(home, { environment, settings, variables: process.env })
  if (guard) {
    refuseOwnFlags(options, guard.host)
    // Nobody trades with it.
    void early?.started.then(mock => mock.close())
    const { runAttached } = await import('./attach-command.ts')
    return runAttached(guard, { startUp, settings, isLinear, color: options.color })
  }
  /** What the mock broker and others had to say: a line on the screen passes too fast to be read. */
  const notices = new Set<string>(settings.from.notices)
  const variables = drill ? {} : process.env
  const ofSettings = settings.environment === environment ? settings.account : null
  const finding = startBroker(environment, ofSettings, variables, startUp.aside, text => notices.add(text))
  const broker = await Promise.race([finding, stopped])
  if (typeof broker === 'number') {
    // Nobody waits for it any more.
    finding.catch(() => {})
    await startUp.leave()
    return broker
  }
  if (broker.kind !== 'embedded') refuseMockFlags(options, environment)
  const memoryFile = screenMemoryFile(home)
  const { remembered, problem } = drill ? { remembered: NOTHING_REMEMBERED, problem: null } : recallScreen(memoryFile)
  const wanted = wantedMarkets(options, settings.markets, remembered)
  const mock = await mockSettings(options)
  const words = sessionWords(settings.screen.language)

  const useColour = options.color && !process.env.NO_COLOR
  const drawing = await startDrawing(terminal, { isLinear, useColour, screen: settings.screen }, startUp.listen)
  const givingUp = new AbortController()
  const closers: Closers = []
  if (problem !== null) notices.add(words.said.remembered(problem))
  let session: TradingSession | null = null
  let endReport = async (): Promise<string | null> => null
  try {
    const opening = openParts({
      home,
      mock,
      early,
      broker,
      environment,
      world: drill ? drill.world : journalWorld(broker),
      closers,
      signal: givingUp.signal,
      settings,
      markets: ig => startMarkets(ig, wanted, options, settings, remembered),
    })
    const parts = await Promise.race([opening, stopped])
    if (typeof parts === 'number') return parts
    const begun = beginSession(parts, {
      environment,
      settings,
      table,
      remembered,
      remember: drill ? () => {} : keeperOf(memoryFile, text => notices.add(text)),
      notices,
      openScreen: drawing.open,
      openTextMode: drawing.openTextMode,
      journal: drill ? drill.overhear(parts.journal) : parts.journal,
    })
    const { picture } = begun
    session = begun.session
    // The broker's answers to what was sent are still heard and written down while its connections close.
    closers.push(session.stop, parts.ig.close)
    const { ig, mock: inside } = parts
    // A drill is for hands: no command gets into it.
    if (!drill) {
      const address = brokerAddress(broker, inside)
      const world = journalWorld(broker)
      const around = { home, ig, environment, world, address, journal: parts.journal, onNotice: picture.notice }
      closers.push(serveDesk(session.served, around).close)
    }
    const stopPainting = (): void => {
      picture.stop()
      drawing.flush()
    }
    terminal.beforeLeaving({ stopPainting, lastWords: session.leftOpen })
    keepInForeground(terminal, picture)
    parts.mock?.onNotice(text => {
      notices.add(text)
      picture.notice(text)
    })
    if (problem !== null) picture.notice(words.said.remembered(problem))
    else if (!drill && !settings.from.exists && broker.kind === 'embedded')
      tellFirstRun(() => picture.notice(words.said.firstRun))
    startUp.handOver(session)
    if (!drill) endReport = () => reportAtEnd({ home, world: journalWorld(broker), environment, ig }, settings)
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
    const told = await endReport()
    if (told !== null) process.stdout.write(`${printable(told)}\n`)
    for (const line of drill?.lines() ?? []) process.stdout.write(`${printable(line)}\n`)
    givingUp.abort()
    await closeAll(closers)
    for (const text of notices) process.stderr.write(`scalpdesk: ${printable(text)}\n`)
  }
}

/** The trader's keys and screen, on the mock broker's own market: neither hours nor limits stand between a person and a drill. */
const forPractice = (settings: FoundSettings): FoundSettings => ({
  ...settings,
  account: null,
  markets: [],
  guard: DEFAULT_SETTINGS.guard,
})

/** Longest wait for the outcome of what was sent before leaving: our choice, ten times what a confirm takes. */
const SETTLE_MS = 2_000

/** At once, and once more when the first news of the broker have passed. */
function tellFirstRun(tell: () => void): void {
  tell()
  systemClock.at(now() + FIRST_NEWS_MS, tell)
}

/** Until then the mock broker has said what it has to (our choice). */
const FIRST_NEWS_MS = 1_500

const now = (): number => systemClock.monotonicMs()
