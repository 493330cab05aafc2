import { CandleMaker } from '../candles/candle-maker.ts'
import type { PastBars } from '../candles/past-bar.ts'
import type { PriceFollower } from '../indicators/follower.ts'
import type { Source } from '../indicators/kit.ts'
import { both, type Need } from '../indicators/need.ts'
import type { CandleSeries } from '../strategy/candle.ts'
import { durationMs } from '../strategy/parameter.ts'
import { StrategyError } from '../strategy/strategy-error.ts'
import type { MarketSight, MarketView, PositionView, WorkingOrderView } from '../strategy/view.ts'
import { type Holdings, PositionNow } from './held.ts'
import { TickNow } from './tick-now.ts'

/** One market as a strategy sees it now. */
export class SightNow implements MarketSight, Source {
  readonly market: MarketView
  readonly scale: number
  readonly now: TickNow
  readonly #followers: PriceFollower[] = []
  readonly #makers = new Map<string, CandleMaker>()
  readonly #needs = new Map<string, Need>()
  /** The makers, for a walk with each tick. */
  #each: readonly CandleMaker[] = []
  /** Those whose candle ended with the tick, and who is to be told. */
  ended: readonly CandleMaker[] = NOBODY
  indicators: unknown = undefined
  positions: readonly PositionView[] = []
  position: PositionView | null = null
  orders: readonly WorkingOrderView[] = []
  isBusy = false
  #hasTick = false

  constructor(market: MarketView) {
    this.market = market
    this.scale = 10 ** market.decimals
    this.now = new TickNow(market.epic, market.decimals, market.unitsPerPoint)
  }

  get tick(): TickNow | null {
    return this.#hasTick ? this.now : null
  }

  need(of: string, need: Need): void {
    const before = this.#needs.get(of)
    this.#needs.set(of, before ? both(before, need) : need)
  }

  /** What its candles and indicators need: `tick`, or the length of candles. */
  get needs(): ReadonlyMap<string, Need> {
    return this.#needs
  }

  /** Whole candles of a length that were seen. */
  taken(length: string): number {
    return this.#makers.get(length)?.taken ?? 0
  }

  /** The stream tore: some prices may be missing. */
  tear(): void {
    for (const maker of this.#each) maker.tear()
  }

  /** What the broker's history told. Nobody is asked about it. */
  recall(length: string, past: PastBars): void {
    this.#makers.get(length)?.recall(past)
  }

  onTicks(follower: PriceFollower): void {
    this.#followers.push(follower)
  }

  /** For a strategy that asks for what it did not name at the start there are none. */
  seriesOf(length: string): CandleSeries {
    const made = this.#makers.get(length)
    if (made) return made
    const known = [...this.#makers.keys()].join(', ') || 'none'
    throw new StrategyError(
      `expected one of the candle lengths that the strategy asked for (${known}), but got ${JSON.stringify(length)}; add it to candles`,
    )
  }

  candles(length: string): CandleMaker {
    const made = this.#makers.get(length)
    if (made) return made
    const lengthMs = durationMs(length)
    const maker = new CandleMaker(lengthMs, this.scale)
    this.#makers.set(length, maker)
    this.#each = [...this.#makers.values()]
    return maker
  }

  take(atMs: number, bidUnits: number, offerUnits: number): void {
    this.see(atMs, bidUnits, offerUnits)
    this.follow()
  }

  see(atMs: number, bidUnits: number, offerUnits: number): void {
    const { now } = this
    now.atMs = atMs
    now.bidUnits = bidUnits
    now.offerUnits = offerUnits
    this.#hasTick = true
  }

  /** Candles and indicators take the tick that it sees. */
  follow(): void {
    const { bidUnits, offerUnits } = this.now
    const mid = (bidUnits + offerUnits) / 2
    const makers = this.#each
    if (makers.length > 0) this.#takeCandles(makers, mid)
    const followers = this.#followers
    for (let index = 0; index < followers.length; index++) followers[index]!.take(mid)
  }

  hold({ positions, orders, isBusy }: Holdings): void {
    const { epic, decimals, unitsPerPoint } = this.market
    this.positions = positions.map(held => new PositionNow(held, this.now, decimals, unitsPerPoint))
    this.position = this.positions[0] ?? null
    this.orders = orders.map(order => ({ ...order, epic, level: order.levelUnits / this.scale }))
    this.isBusy = isBusy
  }

  /** Until it is told what is held. */
  setBusy(): void {
    this.isBusy = true
  }

  #takeCandles(makers: readonly CandleMaker[], mid: number): void {
    const { atMs } = this.now
    let ended: CandleMaker[] | null = null
    for (let index = 0; index < makers.length; index++) {
      const maker = makers[index]!
      if (maker.take(atMs, mid) && maker.isTold) {
        ended ??= []
        ended.push(maker)
      }
    }
    this.ended = ended ?? NOBODY
  }
}

const NOBODY: readonly CandleMaker[] = []
