import type { JournalPort } from '@scalpdesk/desk'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { connectIg, type Ig, preloadIg } from '@scalpdesk/sdk'
import { brokerLine } from '../rerun/broker-line.ts'
import { inItsTime } from '../rerun/rerun-session.ts'
import { type WorldClock, worldClock } from '../rerun/world-clock.ts'
import { type CommandDesk, type CommandDeskParts, startCommandDesk } from '../session/command-desk.ts'
import { dealReferences } from '../session/deal-references.ts'

export interface ReplayParts {
  /** Tick files, as the mock broker takes them. */
  readonly files: readonly string[]
  readonly seed: number
  /** Of the tape. */
  readonly startMs: number
  readonly setup: CommandDeskParts['setup']
  readonly journal: (ig: Ig, clock: WorldClock) => JournalPort
  readonly contractOf: (ig: Ig) => CommandDeskParts['contractOf']
  /** What follows from a tick is still being worked out elsewhere. */
  readonly isThinking: () => boolean
  readonly delays?: { readonly acknowledgeMs: number; readonly confirmMs: number }
  onNotice(words: string): void
}

/**
 * A desk on a tape in which time stands until all that follows from a tick is done: the mock broker, the SDK, the desk and the bots
 * live by one clock in one process. The same tape, seed and strategies give the same run, however fast it is played.
 */
export interface ReplayDesk {
  readonly ig: Ig
  readonly desk: CommandDesk
  readonly clock: WorldClock
  readonly mock: MockBroker
  /** Lets the tape play. Resolves at its end, or when it is told to stop. @param until waits for the moment of the next event */
  play(until: (dueMs: number) => Promise<void> | undefined, isOver: () => boolean): Promise<void>
  /** Waits for something that takes time on the tape. */
  within<Result>(work: Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** No order is dealt later than it was decided, unless told: the tape stands meanwhile. */
const AT_ONCE = { acknowledgeMs: 0, confirmMs: 0 } as const

export async function startReplayDesk(parts: ReplayParts): Promise<ReplayDesk> {
  const { seed, startMs, onNotice } = parts
  await preloadIg()
  let broker: MockBroker | null = null
  const clock = worldClock({ startMs, isReading: () => (broker?.isReading() ?? false) || parts.isThinking() })
  broker = await startMockBroker({
    seed,
    replay: parts.files,
    listens: false,
    synthetic: 'still',
    staysOpen: true,
    delays: parts.delays ?? AT_ONCE,
    clock,
    onNotice,
  })
  const mock = broker
  mock.pause()
  await clock.settle()
  const { noteActivity } = clock
  const ig = await inItsTime(
    clock,
    connectIg({
      environment: new URL(mock.url),
      credentials: { apiKey: mock.apiKey, identifier: mock.username, password: mock.password },
      clock,
      random: seededRandom(seed + 17),
      ...brokerLine({ direct: mock.direct, noteActivity, onOrder() {} }),
    }),
  )
  const desk = startCommandDesk({
    ig,
    setup: parts.setup,
    recovered: null,
    journal: parts.journal(ig, clock),
    clock,
    contractOf: parts.contractOf(ig),
    nextReference: dealReferences(startMs, Buffer.alloc(5, seed)),
    onNotice,
  })
  return {
    ig,
    desk,
    clock,
    mock,
    async play(until, isOver) {
      await clock.settle()
      mock.resume()
      await clock.settle()
      while (!isOver() && mock.replay().tapes.some(({ hasEnded }) => !hasEnded)) {
        if (clock.nextDueMs !== null) await until(clock.nextDueMs)
        await clock.runNext()
      }
    },
    within: work => inItsTime(clock, work),
    async close() {
      desk.stop()
      await inItsTime(clock, ig.close())
      await mock.close()
    },
  }
}
