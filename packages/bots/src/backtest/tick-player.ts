import { leavesExposure } from '@scalpdesk/desk'
import type { Engine, EngineEvent, QuoteTaker, TickColumns } from '@scalpdesk/mock-broker/engine'
import type { SightNow } from '../host/sight-now.ts'
import type { StrategyHost } from '../host/strategy-host.ts'
import { PULSE } from '../runs/pulse.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import { nextNight } from './next-night.ts'
import type { TradingLine } from './trading-line.ts'

/** Where the quotes of one market go. */
export interface Lane {
  readonly sight: SightNow
  readonly quotes: QuoteTaker
}

export interface TickPlayerParts {
  readonly engine: Engine
  readonly line: TradingLine
  readonly host: StrategyHost
  readonly pulse: Float64Array
  /** Ticks before this are seen, and not told to the strategy. */
  readonly fromMs: number
  /** Nothing is played from here on. */
  readonly untilMs: number
  readonly startMs: number
}

/** Takes a run from tick to tick: what is due before, the night, the engine, and then the strategy. */
export class TickPlayer {
  // A field that was not a number at first takes a new one with each tick.
  /** Of the last tick. */
  nowMs = Number.NaN
  firstMs = Number.NaN
  ticks = 0
  crossed = 0
  readonly #parts: TickPlayerParts
  #nextNightMs = Number.NaN
  /** Before this nothing is due, and a tick at which the engine stays quiet goes straight to the strategy. */
  #calmUntilMs = Number.NEGATIVE_INFINITY
  /** Until then the line hears of each tick, for a loss in it may matter. */
  #watchesLoss = false
  #isOver = false

  constructor(parts: TickPlayerParts) {
    this.#parts = parts
    this.nowMs = parts.startMs
    this.#nextNightMs = nextNight(parts.startMs)
  }

  /** @returns false when the run is over */
  play(lane: Lane, { count, atMs, bidUnits, offerUnits }: TickColumns): boolean {
    const { host } = this.#parts
    for (let place = 0; place < count; ) {
      const to = Math.min(count, place + AT_ONCE)
      place = this.#playCalm(lane, atMs, bidUnits, offerUnits, place, to)
      if (host.end !== null && !this.#goesOnAfterEnd()) return false
      if (place === to) continue
      if (!this.take(lane, atMs[place]!, bidUnits[place]!, offerUnits[place]!)) return false
      place++
    }
    return true
  }

  /**
   * Ticks at which there is only the strategy to ask. What is rare is done outside of it: what it never did yet would undo its fast code.
   * @returns the place of the first that it leaves
   */
  #playCalm(
    { sight, quotes }: Lane,
    times: Float64Array,
    bids: Int32Array,
    offers: Int32Array,
    from: number,
    to: number,
  ): number {
    const { host, pulse } = this.#parts
    for (let place = from; place < to; place++) {
      const atMs = times[place]!
      const bidUnits = bids[place]!
      const offerUnits = offers[place]!
      if (atMs >= this.#calmUntilMs || offerUnits < bidUnits) return place
      // The engine reads the quote from where the strategy sees it: a number that is handed on may take memory of its own.
      sight.see(atMs, bidUnits, offerUnits)
      if (!quotes.pass(sight.now)) return place
      this.nowMs = atMs
      if (this.#watchesLoss) this.#watchLoss(sight.market.epic, atMs)
      this.ticks++
      pulse[PULSE.ticks] = this.ticks
      pulse[PULSE.atMs] = atMs
      host.ask(sight)
      if (host.end !== null) return place + 1
    }
    return to
  }

  #watchLoss(epic: string, atMs: number): void {
    const { line } = this.#parts
    if (line.needsEveryTick) line.onTick(NO_EVENTS, epic, atMs)
    this.#calmUntilMs = Math.min(this.#calmUntilMs, line.dueMs)
  }

  /** Any tick. @returns false when the run is over */
  take({ sight, quotes }: Lane, atMs: number, bidUnits: number, offerUnits: number): boolean {
    const { line, host, pulse, fromMs, untilMs } = this.#parts
    if (atMs >= untilMs) return false
    if (offerUnits < bidUnits) {
      this.crossed++
      return true
    }
    if (line.dueMs <= atMs) line.advance(atMs)
    if (atMs >= this.#nextNightMs) this.#passNights(atMs)
    this.nowMs = atMs
    sight.see(atMs, bidUnits, offerUnits)
    const events = quotes.take(sight.now)
    if (events.length > 0 || line.needsEveryTick) line.onTick(events, sight.market.epic, atMs)
    if (atMs < fromMs) {
      sight.follow()
      return true
    }
    this.#watchesLoss = line.needsEveryTick
    this.#calmUntilMs = Math.min(untilMs, this.#nextNightMs, line.dueMs)
    if (this.ticks++ === 0) this.firstMs = atMs
    pulse[PULSE.ticks] = this.ticks
    pulse[PULSE.atMs] = atMs
    host.ask(sight)
    return host.end === null || this.#goesOnAfterEnd()
  }

  /** What the strategy wants of a market, at the last tick. */
  want(intent: TradeIntent, epic: string): void {
    this.#calmUntilMs = Number.NEGATIVE_INFINITY
    this.#parts.line.want(intent, epic, this.nowMs)
  }

  /** There are no more ticks. */
  finish(): void {
    const { line, host } = this.#parts
    line.advance(this.nowMs)
    if (!this.#isOver) host.stop()
    line.settle(this.nowMs)
  }

  /** Its exit policy is applied once; what it leaves is followed to the end. */
  #goesOnAfterEnd(): boolean {
    if (!this.#isOver) this.#parts.host.stop()
    this.#isOver = true
    return leavesExposure(this.#parts.line.state)
  }

  #passNights(atMs: number): void {
    const { engine, line } = this.#parts
    while (atMs >= this.#nextNightMs) {
      line.onNight(engine.process({ kind: 'night', atMs: this.#nextNightMs }), this.#nextNightMs)
      this.#nextNightMs = nextNight(this.#nextNightMs)
    }
  }
}

/** Our choice: a function that is called often is made fast as a whole; of one that stays in a loop for long the loop is alone. */
const AT_ONCE = 256
const NO_EVENTS: readonly EngineEvent[] = []
