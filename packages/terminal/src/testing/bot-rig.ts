import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Strategy } from '@scalpdesk/bots'
import {
  BOT_LIMITS,
  type BotLimits,
  type BotLine,
  type Bots,
  marketViewOf,
  type Seat,
  seatHere,
  startBots,
} from '@scalpdesk/bots/runner'
import { contractFor, type JournalRecord } from '@scalpdesk/desk'
import { markets, sampleTape, tapeWriter } from '@scalpdesk/mock-broker/engine'
import { Decimal, epic, type Ig, type MarketDetails } from '@scalpdesk/sdk'
import { onTestFinished } from 'vitest'
import { ownBotDesk } from '../bots/bot-desk.ts'
import { deskSetup } from '../bots/desk-setup.ts'
import { type ReplayDesk, startReplayDesk } from '../bots/replay-desk.ts'
import { presetFor } from '../session/default-presets.ts'
import { readSettings } from '../settings/read-settings.ts'
import { isProblem } from '../settings/settings-problem.ts'

export const EURUSD = epic('CS.D.EURUSD.CFD.IP')
export const START_MS = Date.UTC(2026, 0, 5, 9)
const MARKET = markets.filter(market => market.epic === EURUSD)

/** A recorded session that the seed made. @returns its file, which goes with the test */
export function madeSession(minutes: number, seed = 11): string {
  return sessionFile([...sampleTape({ markets: MARKET, seed, startMs: START_MS, minutes })].join(''))
}

/** One of these prices, a second after the other. */
export function sessionOf(bidUnits: readonly number[]): string {
  const writer = tapeWriter({ startMs: START_MS, markets: MARKET })
  const lines = bidUnits.map((bid, index) =>
    writer.line({ kind: 'tick', epic: EURUSD, atMs: START_MS + index * 1_000, bidUnits: bid, offerUnits: bid + 6 }),
  )
  return sessionFile(writer.header + lines.join(''))
}

function sessionFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bots-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'session.tape')
  writeFileSync(file, text)
  return file
}

export interface RigBot {
  readonly strategy: Strategy
  /** The strategy's own unless told. */
  readonly name?: string
  readonly limits?: Partial<BotLimits>
  /** In this process unless told. */
  readonly seat?: Seat
}

export interface BotRig extends ReplayDesk {
  readonly bots: Bots
  readonly lines: readonly BotLine[]
  readonly journal: readonly JournalRecord[]
  /** Plays to the end. @param atTick does something when so many ticks have come */
  run(atTick?: Readonly<Record<number, () => void>>): Promise<void>
}

/** Bots on a recorded session, in this process. */
export async function botRig(file: string, wanted: readonly RigBot[]): Promise<BotRig> {
  const lines: BotLine[] = []
  const journal: JournalRecord[] = []
  let bots: Bots | null = null
  const replay = await startReplayDesk({
    files: [file],
    seed: 1,
    startMs: START_MS,
    setup: deskSetup({ settings: defaultSettings() }),
    journal: () => ({ append: record => void journal.push(record) }),
    contractOf: () => contractOf,
    isThinking: () => bots?.isThinking ?? false,
    onNotice() {},
  })
  const { desk, clock, ig, within } = replay
  const market = marketViewOf(await within(tradedIn(desk, ig)))
  const running = startBots(
    wanted.map(({ strategy, name = strategy.name, limits, seat }) => ({
      name,
      seat: seat ?? seatHere(strategy, { parameters: {}, markets: [market], seed: 1 }),
      markets: [market],
      exitPolicy: strategy.exitPolicy,
      limits: { ...BOT_LIMITS, ...limits },
    })),
    {
      desk: ownBotDesk(desk, clock),
      nowMs: clock.monotonicMs,
      soon(run) {
        clock.noteActivity()
        setImmediate(() => {
          clock.noteActivity()
          run()
        })
      },
      onLine: line => void lines.push(line),
    },
  )
  bots = running
  return {
    ...replay,
    bots: running,
    lines,
    journal,
    async run(atTick = {}) {
      let ticks = 0
      const take = (quote: Parameters<Bots['take']>[0]): void => {
        running.take(quote)
        atTick[++ticks]?.()
      }
      for (const quote of desk.state.quotes.values()) take(quote)
      desk.onQuote(take)
      await replay.play(
        () => undefined,
        () => false,
      )
      await within(running.end('the session is over'))
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
