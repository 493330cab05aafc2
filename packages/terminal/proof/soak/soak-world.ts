import { contractFor, DEFAULT_WATCH, type Desk, isPending, runDesk } from '@scalpdesk/desk'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { connectIg, Decimal, type Ig, type Market, preloadIg } from '@scalpdesk/sdk'
import { brokerLine } from '../../src/rerun/broker-line.ts'
import { inItsTime } from '../../src/rerun/rerun-session.ts'
import { brokerPort } from '../../src/session/broker-port.ts'
import { dealReferences } from '../../src/session/deal-references.ts'
import { DEFAULT_EPIC, presetFor } from '../../src/session/default-presets.ts'
import { type JournalFile, openJournal } from '../../src/session/journal-file.ts'
import { journalFolder } from '../../src/session/journal-folder.ts'
import { watchLostTime } from '../../src/session/lost-time.ts'
import { type SleepingClock, sleepingClock } from './sleeping-clock.ts'

/** The program's own parts without its screen, and the mock broker, by one clock in one process, for days. */
export interface SoakWorld {
  readonly clock: SleepingClock
  readonly broker: MockBroker
  readonly ig: Ig
  readonly desk: Desk
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

/** @param folder for the journal */
export async function startSoakWorld(startMs: number, seed: number, folder: string): Promise<SoakWorld> {
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
  const desk = runDesk(
    {
      contracts: [contractFor(market, [presetFor(market, {})])],
      accountCurrency: ig.account.currency,
      zone: ZONE,
      watch: DEFAULT_WATCH,
      limits: { maxDayLoss: new Decimal(5_000) },
      isArmed: true,
    },
    { clock: program, journal, nextReference: dealReferences(startMs), broker: brokerPort(ig) },
  )
  const atMs = program.monotonicMs
  const lostTime = watchLostTime(program)
  function lookForLostTime(): void {
    const lostMs = lostTime.check()
    if (lostMs > 0) desk.tell({ kind: 'time-lost', lostMs, atMs: atMs() })
  }
  ig.stream.onStatus(status => desk.tell({ kind: 'stream', status, atMs: atMs() }))
  ig.stream.trades(trade => desk.tell({ kind: 'trade', trade, atMs: atMs() }))
  ig.stream.heartbeat(({ gap, isSnapshot, brokerTimeMs }) => {
    if (gap === null && !isSnapshot) desk.tell({ kind: 'heartbeat', brokerTimeMs, atMs: atMs() })
  })
  ig.stream.account(figures => desk.tell({ kind: 'account', figures, atMs: atMs() }))
  ig.stream.prices([market], quote => {
    lookForLostTime()
    desk.tell({ kind: 'quote', quote })
  })

  async function playUntil(wallMs: number): Promise<void> {
    await world.runTo(world.monotonicMs() + Math.max(0, wallMs - program.nowMs()))
  }

  return {
    clock,
    broker,
    ig,
    desk,
    market,
    journal,
    journalFolder: kept,
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
      desk.stop()
      await waitFor(ig.close())
      journal.append({ kind: 'stopped', atMs: atMs(), reason: 'the soak ended' })
      journal.close()
      await broker.close()
    },
  }
}

export const hasPending = (desk: Desk): boolean => [...desk.state.orders.values()].some(isPending)

const wordsOf = ({ state }: Desk): string => state.outcome.text
