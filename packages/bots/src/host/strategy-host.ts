import { KEPT_CANDLES } from '../candles/candle-maker.ts'
import { indicatorKit } from '../indicators/kit.ts'
import { windowOf } from '../indicators/need.ts'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import type { ParameterSchema, ParameterValues } from '../strategy/parameter.ts'
import type { CandleWish, Strategy, Wanted } from '../strategy/strategy.ts'
import { StrategyError } from '../strategy/strategy-error.ts'
import type { MarketView, ProfitView } from '../strategy/view.ts'
import type { Holdings } from './held.ts'
import { IntentGate } from './intent-gate.ts'
import { SightNow } from './sight-now.ts'
import { ViewNow } from './view-now.ts'

/** What a host needs of whoever trades for it: the backtest, or the live runner. */
export interface HostPorts {
  /** Takes what the strategy wants; the outcome comes back by {@link StrategyHost.tell} and {@link StrategyHost.hold}. */
  want(intent: TradeIntent, epic: string): void
  say(text: string): void
  readonly profit: ProfitView
  /** Seeded. */
  readonly random: { next(): number }
}

export interface HostSetup {
  readonly strategy: Strategy
  readonly parameters: ParameterValues<ParameterSchema>
  /** The first is the one that the command named first. */
  readonly markets: readonly [MarketView, ...MarketView[]]
  readonly ports: HostPorts
  /** What the run before left; the strategy's own at first unless told. */
  readonly state?: unknown
}

/** Why a strategy is asked nothing more. */
export interface HostEnd {
  /** `done`: it said so itself. `failed`: it threw, or asked for what cannot be. */
  readonly kind: 'done' | 'failed'
  readonly why: string
}

/** Runs one strategy: brings what it sees up to date, asks it, and hands on what it wants. No clock, no I/O. */
export class StrategyHost {
  readonly sights: ReadonlyMap<string, SightNow>
  readonly #strategy: Strategy
  readonly #ports: HostPorts
  readonly #view: ViewNow
  readonly #gate: IntentGate
  readonly #deals: BotDeal[] = []
  #hasStarted = false
  #end: HostEnd | null = null
  /** Which function is running, for the message when it throws. */
  #asked = 'indicators'
  #fault: unknown = null

  /** @throws StrategyError for candles, indicators or a state that cannot be */
  constructor({ strategy, parameters, markets, ports, state }: HostSetup) {
    this.#strategy = strategy
    this.#ports = ports
    const sights = markets.map(market => new SightNow(market))
    this.sights = new Map(sights.map(sight => [sight.market.epic, sight]))
    for (const sight of sights) {
      sight.indicators = strategy.indicators(indicatorKit(sight), parameters)
      for (const asked of strategy.candles(parameters)) {
        const { length, past } = checkedWish(asked)
        sight.candles(length).isTold = strategy.onCandle !== null
        if (past > 0) sight.need(length, windowOf(past))
      }
    }
    const { profit, random } = ports
    const parts = { sights: this.sights, parameters, profit, random }
    this.#view = new ViewNow(parts, sights[0]!, state === undefined ? strategy.state(parameters) : state)
    this.#gate = new IntentGate(strategy.name)
  }

  get end(): HostEnd | null {
    return this.#end
  }

  /** What it remembers; plain data. */
  get state(): unknown {
    return this.#view.state
  }

  /** A quote that is not crossed, of one of its markets. Never throws for what the strategy does. */
  tick(sight: SightNow, atMs: number, bidUnits: number, offerUnits: number): void {
    sight.see(atMs, bidUnits, offerUnits)
    this.ask(sight)
  }

  /** As {@link StrategyHost.tick}, of a market that sees the quote already: no number is handed on, for each might take memory. */
  ask(sight: SightNow): void {
    sight.follow()
    if (this.#end !== null) return
    const view = this.#view
    view.sight = sight
    const { decide, onTick } = this.#strategy
    try {
      if (!this.#hasStarted) this.#start()
      if (this.#deals.length > 0) this.#tellDeals()
      if (sight.ended.length > 0) this.#tellCandles(sight)
      if (onTick !== null) {
        this.#asked = 'onTick'
        this.#take(onTick(view))
      }
      if (decide !== null) {
        this.#asked = 'decide'
        this.#take(decide(view))
      }
    } catch (cause) {
      this.#fail(cause)
    }
  }

  /** What is held in a market now, or rests there. */
  hold(epic: string, holdings: Holdings): void {
    this.sights.get(epic)?.hold(holdings)
  }

  /** Told to the strategy before the next tick. */
  tell(deal: BotDeal): void {
    if (this.#strategy.onDeal !== null) this.#deals.push(deal)
  }

  /** The run is over, or is ended from outside: the last word, and the exit policy. */
  stop(): void {
    const { onStop, exitPolicy } = this.#strategy
    if (this.#hasStarted && this.#end?.kind !== 'failed' && onStop !== null) {
      this.#asked = 'onStop'
      try {
        this.#take(onStop(this.#view))
      } catch (cause) {
        this.#fail(cause)
      }
    }
    this.#end ??= { kind: 'done', why: 'the run is over' }
    for (const { market, positions } of this.sights.values()) {
      const { epic } = market
      if (exitPolicy === 'flatten') this.#ports.want({ kind: 'flatten', epic }, epic)
      else {
        this.#ports.want({ kind: 'cancel', epic }, epic)
        for (const { dealId, stopUnits } of positions)
          if (stopUnits === null) this.#ports.want({ kind: 'close', dealId }, epic)
      }
    }
  }

  #start(): void {
    this.#hasStarted = true
    const { onStart } = this.#strategy
    if (onStart === null) return
    this.#asked = 'onStart'
    this.#take(onStart(this.#view))
  }

  #tellDeals(): void {
    const deals = this.#deals.splice(0)
    this.#asked = 'onDeal'
    for (const deal of deals) if (this.#end === null) this.#take(this.#strategy.onDeal?.(this.#view, deal))
  }

  #tellCandles(sight: SightNow): void {
    this.#asked = 'onCandle'
    for (const maker of sight.ended)
      if (this.#end === null && maker.last) this.#take(this.#strategy.onCandle?.(this.#view, maker.last))
  }

  #take(wanted: Wanted): void {
    if (wanted === undefined || wanted === null) return
    const { epic } = this.#view.sight.market
    for (const intent of this.#gate.pass(wanted, this.#asked, this.#view.nowMs)) {
      if (this.#end !== null) return
      if (intent.kind === 'say') this.#ports.say(String(intent.text))
      else if (intent.kind === 'stop') this.#end = { kind: 'done', why: String(intent.why) }
      else this.#want(intent, epic)
    }
  }

  /** What goes wrong behind the port is none of the strategy's faults. */
  #want(intent: TradeIntent, epic: string): void {
    try {
      this.#ports.want(intent, epic)
    } catch (cause) {
      this.#fault = cause
      throw cause
    }
  }

  #fail(cause: unknown): void {
    if (this.#fault !== null && cause === this.#fault) throw cause
    const what =
      cause instanceof Error
        ? `${cause.name === 'StrategyError' ? '' : `${cause.name}: `}${cause.message}`
        : String(cause)
    const where = cause instanceof Error ? placeOf(cause) : null
    this.#end = {
      kind: 'failed',
      why: `strategy ${this.#strategy.name}: ${this.#asked} failed: ${what}${where === null ? '' : ` (${where})`}`,
    }
  }
}

function checkedWish(wish: CandleWish): Exclude<CandleWish, string> {
  const { length, past } = typeof wish === 'string' ? { length: wish, past: 0 } : wish
  if (Number.isInteger(past) && past >= 0 && past <= KEPT_CANDLES) return { length, past }
  throw new StrategyError(
    `expected the past of ${length} candles as a whole number from 0 to ${KEPT_CANDLES}, but got ${past}; change candles`,
  )
}

/** File and line of the strategy's own code, without the folders before it. */
function placeOf({ name, stack }: Error): string | null {
  if (name === 'StrategyError') return null
  const [, place] = /\/([^/\s]+\.[cm]?[jt]s:\d+):\d+\)?(?:\n|$)/.exec(stack ?? '') ?? []
  return place ?? null
}
