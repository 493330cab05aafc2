import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Strategy } from '@scalpdesk/bots'
import {
  BOT_LIMITS,
  type BotLimits,
  type BotLine,
  type Bots,
  type EarlierBot,
  earlierRun,
  type KeptBot,
  marketViewOf,
  type Seat,
  seatHere,
  startBots,
} from '@scalpdesk/bots/runner'
import { contractFor, type JournalRecord } from '@scalpdesk/desk'
import { markets } from '@scalpdesk/mock-broker/engine'
import { Decimal, epic, type Ig, type MarketDetails } from '@scalpdesk/sdk'
import { askedBotDesk, ownBotDesk } from '../bots/bot-desk.ts'
import { deskSetup } from '../bots/desk-setup.ts'
import { type ReplayDesk, startReplayDesk } from '../bots/replay-desk.ts'
import { pressPrepared } from '../host/prepared-press.ts'
import { pressText, readPress } from '../host/press-text.ts'
import { presetFor } from '../session/default-presets.ts'
import { readSettings } from '../settings/read-settings.ts'
import { isProblem } from '../settings/settings-problem.ts'

export const EURUSD = epic('CS.D.EURUSD.CFD.IP')
export const START_MS = Date.UTC(2026, 0, 5, 9)
export const MARKET = markets.filter(market => market.epic === EURUSD)

export interface RigBot {
  readonly strategy: Strategy
  /** The strategy's own unless told. */
  readonly name?: string
  readonly limits?: Partial<BotLimits>
  /** In this process unless told. */
  readonly seat?: Seat
  /** What it remembers is kept; not unless told. */
  readonly isKept?: boolean
}

export interface BotRig extends ReplayDesk {
  readonly bots: Bots
  readonly lines: readonly BotLine[]
  readonly journal: readonly JournalRecord[]
  /** Plays to the end. @param atTick does something when so many ticks have come */
  run(atTick?: Readonly<Record<number, () => void>>): Promise<void>
  /** As if the runner were killed now and started again: what it knows after that is what the journal and its keepers tell. */
  restart(wanted: readonly RigBot[]): void
  /** What the bots have kept, by their names. */
  readonly kept: ReadonlyMap<string, KeptBot>
}

/** Bots on a recorded session, in this process. */
export async function botRig(
  file: string,
  wanted: readonly RigBot[],
  /** `asked`: presses go the way of those for another process's desk, and of all on live. */
  way: 'own' | 'asked' = 'own',
): Promise<BotRig> {
  const lines: BotLine[] = []
  const journal: { readonly record: JournalRecord; readonly wallMs: number }[] = []
  const kept = new Map<string, KeptBot>()
  let bots: Bots | null = null
  const replay = await startReplayDesk({
    files: [file],
    seed: 1,
    startMs: START_MS,
    setup: deskSetup({ settings: defaultSettings() }),
    journal: (_ig, { nowMs }) => ({ append: record => void journal.push({ record, wallMs: nowMs() }) }),
    contractOf: () => contractOf,
    isThinking: () => bots?.isThinking ?? false,
    onNotice() {},
  })
  const { desk, clock, ig, within } = replay
  const market = marketViewOf(await within(tradedIn(desk, ig)))
  function soon(run: () => void): void {
    clock.noteActivity()
    setImmediate(() => {
      clock.noteActivity()
      run()
    })
  }
  function earlierOf(name: string): EarlierBot {
    const entries = journal.map(({ record, wallMs }) => ({ record, wallMs }))
    const { sentWallMs, ...run } = earlierRun(name, { deals: [], openQuestions: [], unresolved: [], entries })
    const sentAtMs = sentWallMs.map(ms => clock.monotonicMs() - (clock.nowMs() - ms))
    return { ...run, sentAtMs, heard: kept.get(name)?.heard ?? null, state: kept.get(name)?.state ?? null }
  }
  /** One that is killed hears and does nothing any more. */
  function start(some: readonly RigBot[]): Bots {
    const own = way === 'own' ? ownBotDesk(desk, clock) : askedBotDesk(desk, pressesOn(desk, clock), () => null)
    let running: Bots | null = null
    const isAlive = (): boolean => running === null || running === bots
    running = startBots(
      some.map(({ strategy, name = strategy.name, limits, seat, isKept = false }) => {
        const earlier = earlierOf(name)
        const state = earlier.state === null ? {} : { state: earlier.state }
        return {
          name,
          seat: seat ?? seatHere(strategy, { parameters: {}, markets: [market], seed: 1, isKept, ...state }),
          markets: [market],
          exitPolicy: strategy.exitPolicy,
          limits: { ...BOT_LIMITS, ...limits },
          earlier,
          keeper: isKept
            ? { keep: each => void kept.set(name, structuredClone(each)), forget: () => void kept.delete(name) }
            : null,
        }
      }),
      {
        desk: {
          get state() {
            return own.state
          },
          press: own.press,
          onQuote: own.onQuote,
          onChange: listener => own.onChange(() => isAlive() && listener()),
        },
        nowMs: clock.monotonicMs,
        soon: run => soon(() => isAlive() && run()),
        onLine: line => void lines.push(line),
      },
    )
    return running
  }
  bots = start(wanted)
  return {
    ...replay,
    get bots() {
      return bots ?? start([])
    },
    lines,
    get journal() {
      return journal.map(({ record }) => record)
    },
    kept,
    restart(again) {
      bots = start(again)
    },
    async run(atTick = {}) {
      let ticks = 0
      const take = (quote: Parameters<Bots['take']>[0]): void => {
        bots?.take(quote)
        atTick[++ticks]?.()
      }
      for (const quote of desk.state.quotes.values()) take(quote)
      desk.onQuote(take)
      await replay.play(
        () => undefined,
        () => false,
      )
      await within(bots?.end('the session is over') ?? Promise.resolve())
    },
  }
}

/** The desk of a process of its own, as far as a press goes there and back. */
function pressesOn(
  desk: ReplayDesk['desk'],
  clock: ReplayDesk['clock'],
): Pick<Parameters<typeof askedBotDesk>[1], 'press' | 'other'> {
  return {
    other: 4711,
    async press(press) {
      const read = readPress(JSON.parse(pressText(press)))
      const { over } = await pressPrepared(desk, read, { clock, limitMs: 75_000, onProgress() {} })
      return over
    },
  }
}

/** The broker does not tell in which steps sizes go: a trader's settings do, and the backtest knows it of the engine. */
export function contractOf(market: MarketDetails) {
  const told = { sizeStep: new Decimal(String(MARKET[0]?.sizeStep)), doesAccountTrail: true }
  return contractFor(market, [presetFor(market, {})], told)
}

export async function tradedIn(desk: ReplayDesk['desk'], ig: Ig): Promise<MarketDetails> {
  await desk.known()
  await desk.trade(EURUSD)
  await desk.priced(EURUSD)
  return ig.markets.get(EURUSD)
}

export function defaultSettings() {
  const settings = readSettings(join(tmpdir(), 'there-is-none'))
  if (isProblem(settings)) throw new Error('expected the default settings')
  return settings
}
