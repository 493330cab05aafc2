import type { Decimal } from 'decimal.js'
import type { CandlePrice } from '../candle.ts'
import type { BarUnits, CandleEvent, CandleScale, LiveCandle } from '../chart.ts'
import type { Epic } from '../ids.ts'
import type { DayFigures } from '../quote.ts'
import { unitsToDecimal } from '../units.ts'
import { widened } from './price-reading.ts'

/** Bid, offer and last traded price: open, high, low and close of each. */
const PRICES = 12
const [BID, OFFER, TRADED] = [0, 4, 8] as const

/** A bar that changes in place, until somebody wants to see it. */
export class FormingCandle {
  readonly epic: Epic
  readonly scale: CandleScale
  decimals: number
  startMs: number | null = null
  completion: LiveCandle['completion'] = 'forming'
  prices: (number | null)[] = new Array<number | null>(PRICES).fill(null)
  ticks: number | null = null
  lastTradedVolume: number | null = null
  volume: number | null = null
  brokerTimeMs: number | null = null
  receivedAtMs = 0
  isSnapshot = false
  day: DayFigures = NO_FIGURES
  readonly event = (): CandleEvent => ({ kind: 'candle', candle: this.view(this.isSnapshot) })

  constructor(epic: Epic, scale: CandleScale, decimals: number) {
    this.epic = epic
    this.scale = scale
    this.decimals = decimals
  }

  /** As it is now, for good. */
  view(isSnapshot: boolean): LiveCandle {
    return new SeenCandle(this, isSnapshot)
  }

  widen(from: number, to: number): void {
    this.decimals = to
    this.prices = this.prices.map(units => widened(units, from, to))
  }
}

class SeenCandle implements LiveCandle {
  readonly epic: Epic
  readonly scale: CandleScale
  readonly decimals: number
  readonly startMs: number | null
  readonly completion: LiveCandle['completion']
  readonly ticks: number | null
  readonly lastTradedVolume: number | null
  readonly volume: number | null
  readonly brokerTimeMs: number | null
  readonly receivedAtMs: number
  readonly isSnapshot: boolean
  readonly day: DayFigures
  readonly #prices: readonly (number | null)[]

  constructor(candle: FormingCandle, isSnapshot: boolean) {
    this.epic = candle.epic
    this.scale = candle.scale
    this.decimals = candle.decimals
    this.startMs = candle.startMs
    this.completion = candle.completion
    this.ticks = candle.ticks
    this.lastTradedVolume = candle.lastTradedVolume
    this.volume = candle.volume
    this.brokerTimeMs = candle.brokerTimeMs
    this.receivedAtMs = candle.receivedAtMs
    this.isSnapshot = isSnapshot
    this.day = candle.day
    this.#prices = [...candle.prices]
  }

  get isComplete(): boolean {
    return this.completion !== 'forming'
  }

  get open(): CandlePrice {
    return this.#price(0)
  }

  get high(): CandlePrice {
    return this.#price(1)
  }

  get low(): CandlePrice {
    return this.#price(2)
  }

  get close(): CandlePrice {
    return this.#price(3)
  }

  get bidUnits(): BarUnits {
    return this.#bar(BID)
  }

  get offerUnits(): BarUnits {
    return this.#bar(OFFER)
  }

  get lastTradedUnits(): BarUnits {
    return this.#bar(TRADED)
  }

  #price(place: number): CandlePrice {
    const decimal = (side: number): Decimal | null => unitsToDecimal(this.#units(side + place), this.decimals)
    return { bid: decimal(BID), offer: decimal(OFFER), lastTraded: decimal(TRADED) }
  }

  #bar(side: number): BarUnits {
    const [open, high, low, close] = [0, 1, 2, 3].map(place => this.#units(side + place))
    return { open: open ?? null, high: high ?? null, low: low ?? null, close: close ?? null }
  }

  #units(index: number): number | null {
    return this.#prices[index] ?? null
  }
}

const NO_FIGURES: DayFigures = { midOpen: null, high: null, low: null, netChange: null, percentChange: null }
