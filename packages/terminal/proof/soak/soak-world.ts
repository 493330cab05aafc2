import { contractFor, DEFAULT_WATCH, isPending } from '@scalpdesk/desk'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { connectIg, Decimal, type Ig, type Market, preloadIg } from '@scalpdesk/sdk'
import type { ServedDesk } from '../../src/host/prepared-press.ts'
import { brokerLine } from '../../src/rerun/broker-line.ts'
import { inItsTime } from '../../src/rerun/rerun-session.ts'
import type { Screen } from '../../src/screen/screen.ts'
import { dealReferences } from '../../src/session/deal-references.ts'
import { DEFAULT_EPIC, presetFor } from '../../src/session/default-presets.ts'
import { type JournalFile, openJournal } from '../../src/session/journal-file.ts'
import { journalFolder } from '../../src/session/journal-folder.ts'
import type { KeyTargets } from '../../src/session/key-desk.ts'
import { startPicture } from '../../src/session/picture.ts'
import { sessionWords } from '../../src/session/session-words.ts'
import { startTradingSession } from '../../src/session/trading-session.ts'
import { PLAIN_SESSION } from '../../src/testing/session-parts.ts'
import { type SleepingClock, sleepingClock } from './sleeping-clock.ts'
import { type SoakScreen, soakScreen } from './soak-screen.ts'

/** The program's own parts, drawing included, and the mock broker, by one clock in one process, for days. */
export interface SoakWorld {
  readonly clock: SleepingClock
  readonly broker: MockBroker
  readonly ig: Ig
  readonly desk: ServedDesk
  readonly keys: KeyTargets
  readonly screen: SoakScreen
  /** The trader's window has another size. */
  resize(columns: number, rows: number): void
  readonly market: Market
  readonly journal: JournalFile
  readonly journalFolder: string
  /** The machine sleeps until this wall time, and is woken. */
  sleepUntil(wallMs: number): Promise<void>
  /** Plays on until this wall time. */
  playUntil(wallMs: number): Promise<void>
  /** What was asked of the broker comes, in its time. */
  waitFor<Result>(work: Promise<Result>): Promise<Result>
  /** Plays on until this holds. @throws when it does not within `limitMs` */
  playWhile(isOver: () => boolean, limitMs: number, what: string): Promise<void>
  close(): Promise<void>
}

export const ZONE = 'Europe/Paris'

export interface SoakWorldParts {
  readonly startMs: number
  readonly seed: number
  /** For the journal. */
  readonly folder: string
  /** Keys are rehearsed a hundred times a second, as by the program: half of what a day costs. */
  readonly staysWarm: boolean
}

export async function startSoakWorld({ startMs, seed, folder, staysWarm }: SoakWorldParts): Promise<SoakWorld> {
  await preloadIg()
  const clock = sleepingClock(startMs)
  const { world, program } = clock
  const broker = await startMockBroker({ seed, listens: false, synthetic: 'still', keepsHours: true, clock: world })
  const line = brokerLine({ direct: broker.direct, noteActivity: world.noteActivity, onOrder() {} })
  const waitFor = <Result>(work: Promise<Result>) => inItsTime(world, work)
  const ig = await waitFor(
    connectIg({
      environment: new URL(broker.url),
      credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
      timeZone: ZONE,
      clock: program,
      random: seededRandom(seed + 17),
      ...line,
    }),
  )
  const market = await waitFor(ig.markets.get(DEFAULT_EPIC))
  const kept = journalFolder(folder, 'mock', ig.account.id)
  const journal = openJournal(kept, program, { zone: ZONE })
  journal.append({
    kind: 'started',
    atMs: program.monotonicMs(),
    version: 'soak',
    account: ig.account.id,
    environment: 'mock',
    seed,
  })
  const screen = soakScreen(program)
  const openScreen = (): Screen => screen
  const parts = { clock: program, openScreen, openTextMode: openScreen, environment: 'mock' } as const
  const picture = startPicture({ ...parts, account: ig.account.id, words: sessionWords('en'), onFault: raise })
  const session = startTradingSession({
    ...PLAIN_SESSION,
    ig,
    first: market.epic,
    contracts: [contractFor(market, [presetFor(market, {})])],
    setup: { zone: ZONE, watch: DEFAULT_WATCH, limits: { maxDayLoss: new Decimal(5_000) } },
    journal,
    picture,
    clock: program,
    nextReference: dealReferences(startMs),
    staysWarm,
  })
  const { served: desk } = session
  const atMs = program.monotonicMs

  async function playUntil(wallMs: number): Promise<void> {
    await world.runTo(world.monotonicMs() + Math.max(0, wallMs - program.nowMs()))
  }

  return {
    clock,
    broker,
    ig,
    desk,
    keys: session.keys,
    screen,
    market,
    journal,
    journalFolder: kept,
    resize: picture.resize,
    waitFor,
    playUntil,
    async sleepUntil(wallMs) {
      const ms = Math.max(0, wallMs - program.nowMs())
      clock.sleep(ms)
      broker.setClock(program.nowMs())
      await world.settle()
    },
    async playWhile(isOver, limitMs, what) {
      const untilMs = world.monotonicMs() + limitMs
      while (!isOver()) {
        if (world.monotonicMs() >= untilMs)
          throw new Error(`expected ${what} within ${limitMs} ms, but it did not come; the desk says: ${wordsOf(desk)}`)
        await world.runTo(world.monotonicMs() + 50)
      }
    },
    async close() {
      session.stop()
      picture.stop()
      await waitFor(ig.close())
      journal.append({ kind: 'stopped', atMs: atMs(), reason: 'the soak ended' })
      journal.close()
      await broker.close()
    },
  }
}

export const hasPending = ({ state }: ServedDesk): boolean => [...state.orders.values()].some(isPending)

const wordsOf = ({ state }: ServedDesk): string => state.outcome.text

function raise(error: Error): never {
  throw error
}
