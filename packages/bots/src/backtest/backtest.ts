import type { GuardLimits } from '@scalpdesk/desk'
import {
  type ConditionsOptions,
  type CurrencyCode,
  cashAccount,
  createEngine,
  type Engine,
  hasLivePrices,
  type Market,
  seededRandom,
  type TapeInput,
  unitsPerPoint,
} from '@scalpdesk/mock-broker/engine'
import { Decimal } from '@scalpdesk/sdk'
import { plain } from '../engine-broker/index.ts'
import { type HostEnd, StrategyHost } from '../host/strategy-host.ts'
import { strategyRandom } from '../host/strategy-random.ts'
import { type ParameterValue, parameterValues } from '../strategy/parameter-check.ts'
import type { Strategy } from '../strategy/strategy.ts'
import type { MarketView } from '../strategy/view.ts'
import type { TickBatch, TickFeed } from '../ticks/tick-feed.ts'
import { type Lane, TickPlayer } from './tick-player.ts'
import type { TradeCounts } from './trade-counts.ts'
import { TradingLine } from './trading-line.ts'

export interface BacktestOptions {
  readonly strategy: Strategy
  /** The defaults for what is left out. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>
  readonly feed: TickFeed
  /** Decides randomness, deal ids and dealing conditions; 1 unless told. */
  readonly seed?: number
  /** At the start; 10,000 unless told. */
  readonly cash?: Decimal
  /** Of the account; EUR unless told. */
  readonly currency?: CurrencyCode
  /** The guard's; none but what is never wanted unless told. */
  readonly limits?: Partial<GuardLimits>
  /** From the decision to the deal, and again until it is known; 0 unless told. */
  readonly latencyMs?: number
  /** Slippage, requotes and partial fills of the engine; none unless told. */
  readonly conditions?: ConditionsOptions
  /** Ticks before this are seen by candles and indicators, and not by the strategy. */
  readonly fromMs?: number
  /** Nothing is played from here on. */
  readonly untilMs?: number
  readonly onProgress?: (fraction: number) => void
  /** Shared memory into which each tick is noted before the strategy hears of it; see `PULSE`. */
  readonly pulse?: Float64Array
  readonly onSay?: (text: string, atMs: number) => void
}

export interface BacktestRun {
  readonly engine: Engine
  readonly account: string
  readonly markets: readonly Market[]
  readonly counts: TradeCounts
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly seed: number
  readonly cash: Decimal
  /** Quotes that the strategy saw. */
  readonly ticks: number
  readonly crossed: number
  readonly fromMs: number
  readonly toMs: number
  /** What the strategy remembers at the end. */
  readonly state: unknown
  readonly end: HostEnd
  readonly openAtEnd: number
  readonly remarks: readonly string[]
}

/**
 * Plays ticks to a strategy. Its orders go through the desk and its guard to the engine that the mock broker runs on.
 * @throws StrategyError for parameters and definitions that cannot be; TapeError for ticks that cannot be read. What the strategy does
 * wrong while it runs ends the run, and is told in `end`.
 */
export async function backtest(options: BacktestOptions): Promise<BacktestRun> {
  const { feed, onProgress } = options
  const play = startBacktest(options)
  for (let batch = await feed.read(); batch; batch = await feed.read()) {
    if (!play.take(batch)) break
    onProgress?.(feed.fraction())
  }
  return play.finish(feed.remarks())
}

export interface Play {
  /** @returns false when nothing more is wanted */
  take(batch: TickBatch): boolean
  finish(remarks: readonly string[]): BacktestRun
}

/** The part of a backtest that reads no files. */
export function startBacktest(options: BacktestOptions): Play {
  const { strategy, feed, seed = 1, cash = new Decimal(10_000), currency = 'EUR', latencyMs = 0 } = options
  const { fromMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY } = options
  const { pulse = new Float64Array(4) } = options
  const parameters = parameterValues(strategy.parameters, options.parameters ?? {})
  const account = cashAccount(cash, { currency })
  const conditions = options.conditions ? { ...options.conditions, seed } : undefined
  const engine = createEngine({ markets: feed.markets, accounts: [account], random: seededRandom(seed), conditions })
  const line = new TradingLine({
    engine,
    account: account.id,
    epics: feed.markets.map(({ epic }) => epic),
    limits: options.limits ?? {},
    latencyMs,
    startMs: feed.startMs,
  })
  const host = new StrategyHost({
    strategy,
    parameters,
    markets: marketViews(feed.markets),
    ports: {
      want: (intent, epic) => player.want(intent, epic),
      say: text => options.onSay?.(text, player.nowMs),
      profit: {
        get openCents() {
          return engine.account(account.id).profitLoss.times(100).toNumber()
        },
        get bookedCents() {
          return line.counts.bookedCents
        },
      },
      random: strategyRandom(seed),
    },
  })
  line.serve(host)
  const player = new TickPlayer({ engine, line, host, pulse, fromMs, untilMs, startMs: feed.startMs })
  const closed = new Set<string>()
  const lanes = new Map<string, Lane>()
  for (const [epic, sight] of host.sights) {
    const quotes = engine.quotes(epic)
    if (quotes) lanes.set(epic, { sight, quotes })
  }

  function takeInput(input: TapeInput): boolean {
    const lane = lanes.get(input.epic)
    if (!lane) return true
    if (input.kind === 'tick') {
      if (closed.size > 0 && closed.has(input.epic)) return true
      return player.take(lane, input.atMs, input.bidUnits, input.offerUnits)
    }
    if (input.kind === 'market-state') {
      if (hasLivePrices(input.state)) closed.delete(input.epic)
      else closed.add(input.epic)
    }
    engine.process(input)
    return true
  }

  return {
    take(batch) {
      if (batch.kind === 'inputs') {
        for (const input of batch.inputs) if (!takeInput(input)) return false
        return true
      }
      const lane = lanes.get(batch.epic)
      if (!lane || (closed.size > 0 && closed.has(batch.epic))) return true
      return player.play(lane, batch)
    },
    finish(remarks) {
      player.finish()
      return {
        engine,
        account: account.id,
        markets: feed.markets,
        counts: line.counts,
        parameters,
        seed,
        cash,
        ticks: player.ticks,
        crossed: player.crossed,
        fromMs: Number.isNaN(player.firstMs) ? feed.startMs : player.firstMs,
        toMs: player.nowMs,
        state: host.state,
        end: host.end ?? { kind: 'done', why: 'the ticks are over' },
        openAtEnd: engine.positions(account.id).length,
        remarks,
      }
    },
  }
}

function marketViews(markets: readonly [Market, ...Market[]]): readonly [MarketView, ...MarketView[]] {
  const [first, ...others] = markets
  return [marketView(first), ...others.map(marketView)]
}

function marketView(market: Market): MarketView {
  return {
    epic: market.epic,
    name: market.name,
    decimals: market.decimals,
    unitsPerPoint: unitsPerPoint(market),
    minSize: plain(market.minSize).toNumber(),
    minStopPoints: plain(market.minStopPoints).toNumber(),
    currency: market.currencies[0],
  }
}
