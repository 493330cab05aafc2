import { homedir } from 'node:os'
import { join } from 'node:path'
import { presetProblems } from '@scalpdesk/desk'
import { connectIg, Decimal, epic, type Ig, InvalidInputError, RefusedError, SignInError } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { startScreen } from '../screen/screen.ts'
import { SMALLEST_SCREEN } from '../screen/view.ts'
import { DEFAULT_EPIC, presetFor } from '../session/default-presets.ts'
import { type EmbeddedMock, type MockSettings, startEmbeddedMock } from '../session/embedded-mock.ts'
import { openJournal } from '../session/journal-file.ts'
import { startTradingSession, type TradingSession } from '../session/trading-session.ts'
import { systemClock } from '../system-clock.ts'
import type { Terminal } from '../terminal.ts'
import { given } from './mock-command.ts'

export interface StartOptions extends MockSettings {
  readonly epic?: string
  readonly size?: string
  readonly stop?: string
  readonly limit?: string
  /** False with `--no-color`. */
  readonly color: boolean
}

/** The trading screen, on the embedded mock broker or on the one at SCALPDESK_URL. */
export async function runStart(options: StartOptions, terminal: Terminal | null): Promise<number> {
  if (!terminal)
    throw new ExitError(
      EXIT.usage,
      'the trading screen needs a terminal on input and output; try scalpdesk --help for the rest',
    )
  const { columns, rows } = SMALLEST_SCREEN
  if (terminal.columns < columns || terminal.rows < rows)
    throw new ExitError(
      EXIT.usage,
      `expected a terminal of at least ${columns}x${rows}, but this one is ${terminal.columns}x${terminal.rows}; enlarge it or choose a smaller font`,
    )
  const market = parseEpic(options.epic)
  terminal.enter()
  await using cleanup = new AsyncDisposableStack()
  cleanup.defer(() => terminal.leave())
  const interrupted = interruption()

  const mock = await startMock(options)
  if (mock) cleanup.defer(() => mock.close())
  const ig = await signIn(mock)
  cleanup.defer(() => ig.close())
  const details = await ig.markets.get(market).catch(error => {
    throw error instanceof RefusedError ? new ExitError(EXIT.usage, unknownEpic(market)) : error
  })
  const preset = presetFor(details, {
    ...(options.size && { size: new Decimal(options.size) }),
    ...(options.stop && { stopPoints: new Decimal(options.stop) }),
    ...(options.limit && { limitPoints: new Decimal(options.limit) }),
  })
  const [problem] = presetProblems(preset)
  if (problem) throw new ExitError(EXIT.usage, `${problem}; change --size, --stop or --limit`)

  const home = process.env.SCALPDESK_HOME || join(homedir(), '.scalpdesk')
  const journal = openJournal(join(home, 'journal', 'mock'), systemClock)
  cleanup.defer(() => journal.close())
  const useColour = options.color && !process.env.NO_COLOR
  const session = startTradingSession({
    ig,
    market: details,
    preset,
    journal,
    terminal,
    openScreen: () =>
      startScreen({
        workerUrl: new URL('./painter.js', import.meta.url),
        columns: terminal.columns,
        rows: terminal.rows,
        useColour,
      }),
    clock: systemClock,
    accountLabel: `${ig.account.id} · ${ig.account.currency}`,
  })
  cleanup.defer(() => session.stop())
  process.once('exit', () => session.stopPainting())
  keepInForeground(terminal, session)
  terminal.onInput(chunk => session.type(chunk, systemClock.monotonicMs()))
  mock?.onNotice(text => session.notice(text))
  const end = await Promise.race([session.ended.then(() => EXIT.done), interrupted])
  session.stopPainting()
  terminal.leave()
  return end
}

function parseEpic(text: string | undefined) {
  if (text === undefined) return DEFAULT_EPIC
  try {
    return epic(text)
  } catch (error) {
    throw error instanceof InvalidInputError ? new ExitError(EXIT.usage, error.message) : error
  }
}

const unknownEpic = (name: string): string =>
  `expected the epic of a market, but the broker knows none called ${name}; leave --epic out for EUR/USD`

/** Resolves with the exit status when a signal asks the program to end. */
function interruption(): Promise<number> {
  const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
  return new Promise(resolve => {
    for (const [name, status] of Object.entries(statuses)) process.once(name, () => resolve(status))
  })
}

/** A stopped program shows prices that are not true: a stop request is ignored, and a forced stop is repainted after. */
function keepInForeground(terminal: Terminal, session: TradingSession): void {
  process.on('SIGTSTP', () => session.notice('the trading screen is not put in the background; q quits'))
  process.on('SIGCONT', () => {
    terminal.reenter()
    session.repaint()
  })
}

/** None when SCALPDESK_URL names a broker that runs elsewhere. */
async function startMock(options: StartOptions): Promise<EmbeddedMock | null> {
  const { replay, from, speed, loop, strict, seed } = options
  if (process.env.SCALPDESK_URL) {
    if (replay)
      throw new ExitError(
        EXIT.usage,
        '--replay drives the embedded mock broker, but SCALPDESK_URL names another; use one of them',
      )
    return null
  }
  const settings = given({ replay, from, speed, loop, strict, seed })
  return startEmbeddedMock(settings, new URL('./mock-worker.js', import.meta.url)).catch(error => {
    throw new ExitError(EXIT.failed, (error as Error).message)
  })
}

async function signIn(mock: EmbeddedMock | null): Promise<Ig> {
  const { SCALPDESK_URL, SCALPDESK_API_KEY, SCALPDESK_USERNAME, SCALPDESK_PASSWORD } = process.env
  const url = mock?.url ?? SCALPDESK_URL ?? ''
  if (!URL.canParse(url))
    throw new ExitError(
      EXIT.usage,
      `expected a URL such as http://127.0.0.1:8080/gateway/deal in SCALPDESK_URL, but got ${url}`,
    )
  try {
    return await connectIg({
      environment: new URL(url),
      credentials: {
        apiKey: mock?.apiKey ?? SCALPDESK_API_KEY ?? 'mock-api-key',
        identifier: mock?.username ?? SCALPDESK_USERNAME ?? 'mock',
        password: mock?.password ?? SCALPDESK_PASSWORD ?? 'mock',
      },
    })
  } catch (error) {
    throw error instanceof SignInError ? new ExitError(EXIT.refused, error.message) : error
  }
}
