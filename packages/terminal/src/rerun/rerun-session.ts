import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { connectIg, preloadIg } from '@scalpdesk/sdk'
import { appearanceOf, disarmsOnFocusLoss } from '../cli/start-appearance.ts'
import { startMarkets, wantedMarkets } from '../cli/start-markets.ts'
import type { StartSettings } from '../cli/start-settings.ts'
import { dealReferences } from '../session/deal-references.ts'
import { type Disk, systemDisk } from '../session/journal-disk.ts'
import { openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { takeKeyInput } from '../session/key-input.ts'
import { type Player, SILENT } from '../session/outcome-signals.ts'
import type { Picture } from '../session/picture.ts'
import { NOTHING_REMEMBERED } from '../session/screen-memory.ts'
import { sessionWords } from '../session/session-words.ts'
import { startTradingSession, type TradingSession } from '../session/trading-session.ts'
import { textsOf } from '../texts/texts.ts'
import { blindPicture, type Onlooker } from './blind-picture.ts'
import { type ArrivedOrder, brokerLine } from './broker-line.ts'
import type { SessionInput, TimedInput } from './session-input.ts'
import type { SessionSpec } from './session-spec.ts'
import { type TapeDriver, tapeDriver } from './tape-control.ts'
import { type WorldClock, worldClock } from './world-clock.ts'

export interface RerunParts {
  readonly spec: SessionSpec
  readonly settings: StartSettings
  /** The journal goes here: `journal/mock-embedded/ACCOUNT/DAY.ndjson`. */
  readonly folder: string
  readonly onOrder: (order: ArrivedOrder & { readonly t: number }) => void
  readonly onNotice: (text: string) => void
  /** Made once the clock is there; null where nobody looks on. */
  readonly onlooker: ((clock: WorldClock, accountText: () => string) => Onlooker) | null
  readonly player: Player | null
  /** Puts the journal on the disk for good; false where it is only to be compared. */
  readonly isKept: boolean
}

/**
 * A trading session on a tape in which everything depends on the tape, the seed, the faults, the settings and the inputs, and on
 * nothing else: the mock broker, the SDK, the desk and the journal live by one clock in one process, without sockets. The same
 * inputs at the same times give the same journal and the same orders, to the byte, at whatever pace the clock is moved.
 */
export interface RerunSession {
  readonly clock: WorldClock
  readonly session: TradingSession
  readonly picture: Picture
  readonly tape: TapeDriver
  readonly account: string
  /** The trader has quit. */
  readonly hasQuit: boolean
  /** Goes on to the input's time, does what it says and waits for all that follows. */
  take(timed: TimedInput): Promise<void>
  /** Waits for the outcome of what was sent, in the session's own time, and ends everything. */
  end(): Promise<void>
}

export async function startRerunSession(parts: RerunParts): Promise<RerunSession> {
  const { spec, settings: found, folder, onNotice } = parts
  const { settings, table } = found
  const { seed = 1, speed = 1 } = spec.mock
  const tapeSpeed = speed === 'max' ? FASTEST : speed
  await preloadIg()
  let broker: MockBroker | null = null
  const clock = worldClock({ startMs: spec.startMs, isReading: () => broker?.isReading() ?? false })
  broker = await startMockBroker({
    ...spec.mock,
    seed,
    speed: tapeSpeed,
    replay: [{ file: spec.tape.file }],
    listens: false,
    synthetic: 'still',
    clock,
    onNotice,
  })
  const mock = broker
  await clock.settle()
  const line = brokerLine({
    direct: mock.direct,
    noteActivity: clock.noteActivity,
    onOrder: order => parts.onOrder({ t: clock.monotonicMs(), ...order }),
  })
  const ig = await inItsTime(
    clock,
    connectIg({
      environment: new URL(mock.url),
      credentials: { apiKey: mock.apiKey, identifier: mock.username, password: mock.password },
      clock,
      random: seededRandom(seed + SDK_SEED),
      ...line,
      ...(settings.timeZone !== null && { timeZone: settings.timeZone }),
    }),
  )
  const wanted = wantedMarkets(spec.markets, settings.markets, NOTHING_REMEMBERED)
  const markets = await inItsTime(clock, startMarkets(ig, wanted, spec.markets, settings, NOTHING_REMEMBERED))
  const journal = openJournal(journalFolder(folder, 'mock-embedded', ig.account.id), clock, {
    zone: spec.zone,
    durability: settings.journal.durability,
    disk: parts.isKept ? systemDisk : UNFLUSHED,
  })
  const { program: version } = spec
  const account = ig.account.id
  journal.append({ kind: 'started', atMs: clock.monotonicMs(), version, account, environment: 'mock', seed })
  const words = sessionWords(settings.screen.language)
  const accountText = (): string => `${ig.account.id} · ${ig.account.currency}`
  const picture = blindPicture(clock, parts.onlooker?.(clock, accountText) ?? null)
  const session = startTradingSession({
    ...markets,
    ig,
    journal,
    picture,
    clock,
    recovered: null,
    environment: 'mock',
    texts: textsOf(settings.screen.language),
    words,
    table,
    // A tape tells the time of the day that it was recorded on.
    setup: { ...markets.setup, watch: { ...settings.watchdogs, maxClockSkewMs: null } },
    appearance: appearanceOf(settings, NOTHING_REMEMBERED),
    remembered: NOTHING_REMEMBERED,
    remember() {},
    disarmsOnFocusLoss: disarmsOnFocusLoss(settings, 'mock'),
    sounds: parts.onlooker ? settings.screen.bell : SILENT,
    player: parts.player,
    nextReference: dealReferences(spec.startMs, randomnessOf(seed)),
    // Where nobody presses keys as it plays, none has to be quick.
    staysWarm: parts.onlooker !== null,
  })
  const tape = tapeDriver(mock, clock, tapeSpeed)
  let hasQuit = false
  void session.quit.then(() => {
    hasQuit = true
  })
  await clock.settle()

  function act(input: SessionInput, atMs: number): void {
    switch (input.kind) {
      case 'tape':
        return tape.take(input.control)
      case 'end':
        return
      default:
        return takeKeyInput(session.keys, input, atMs)
    }
  }

  return {
    clock,
    session,
    picture,
    tape,
    account,
    get hasQuit() {
      return hasQuit
    },
    async take({ atMs, input }) {
      await clock.runTo(atMs)
      act(input, atMs)
      await clock.settle()
    },
    async end() {
      await inItsTime(clock, session.settled(SETTLE_MS))
      session.stop()
      picture.stop()
      await inItsTime(clock, ig.close())
      journal.append({ kind: 'stopped', atMs: clock.monotonicMs(), reason: 'the program ended' })
      journal.close()
      await mock.close()
    },
  }
}

/** Waits for something, and where it waits for a time, moves the clock on to it. */
export async function inItsTime<Result>(clock: WorldClock, work: Promise<Result>): Promise<Result> {
  let isDone = false
  const done = (): void => {
    isDone = true
  }
  work.then(done, done)
  for (let quiet = 0; !isDone; quiet++) {
    await clock.settle()
    if (quiet < QUIET_TURNS || isDone) continue
    quiet = 0
    await clock.runNext()
  }
  return work
}

/** Turns of the event loop in which nothing comes of what was asked: then it waits for a time. */
const QUIET_TURNS = 8

/** In the place of `max`, at which no time would pass: nobody can look at either (our choice). */
const FASTEST = 10_000

/** Longest wait for the outcome of what was sent before leaving: as in a session with a broker elsewhere. */
const SETTLE_MS = 2_000

/** Apart from the sources of the mock broker. */
const SDK_SEED = 17

function randomnessOf(seed: number): Buffer<ArrayBuffer> {
  const random = seededRandom(seed + SDK_SEED + 1)
  return Buffer.from(Array.from({ length: 5 }, () => Math.floor(random.next() * 256)))
}

/** A journal that is only to be compared need not survive anything. */
const UNFLUSHED: Disk = { ...systemDisk, flush() {}, flushBehind: (_file, done) => done(null) }
