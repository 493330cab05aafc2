import type { Row } from '@scalpdesk/tlcp'
import type { PriceField } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { LadderSizes } from '../market-ladder.ts'
import type { QuoteLevel, QuotePrice } from '../quote.ts'
import { decimalOf } from './decimal-text.ts'
import { type PriceReading, widened } from './price-reading.ts'

/** Levels, and other currencies, that a PRICE item has at most. Source: IG Labs, Streaming API reference, "PRICE". */
const LEVELS = [1, 2, 3, 4, 5] as const

/** Level by level: bid and offer (of the first they are there already), then their sizes. */
export function ladderFields(depth: number): readonly PriceField[] {
  return LEVELS.slice(0, depth).flatMap((level): readonly PriceField[] => [
    ...(level === 1 ? [] : ([`BIDPRICE${level}`, `ASKPRICE${level}`] as const)),
    `BIDSIZE${level}`,
    `ASKSIZE${level}`,
  ])
}

/** The default currency, then for each other one its name and the sizes of each level. */
export function currencyFields(depth: number): readonly PriceField[] {
  const levels = LEVELS.slice(0, depth)
  const others = LEVELS.flatMap((other): readonly PriceField[] => [
    `CURRENCY${other}`,
    ...levels.flatMap((level): readonly PriceField[] => [`C${other}BIDSIZE${level}`, `C${other}ASKSIZE${level}`]),
  ])
  return ['CURRENCY0', ...others]
}

/** Reads the levels of a ladder, and keeps them from row to row. */
export class LadderReader {
  readonly #first: number
  readonly #prices: PriceReading
  readonly #tiers: readonly Tier[]

  /** @param first the place of the first of {@link ladderFields}. */
  constructor(depth: number, first: number, prices: PriceReading) {
    this.#first = first
    this.#prices = prices
    this.#tiers = Array.from({ length: depth }, () => ({ bid: null, offer: null, bidSize: null, offerSize: null }))
  }

  /** @param isWhole whatever the row did not name is looked at, too. */
  read(row: Row, isWhole: boolean, best: Pick<QuotePrice, 'bidUnits' | 'offerUnits'>): void {
    let field = this.#first
    for (const [index, tier] of this.#tiers.entries()) {
      if (index === 0) {
        tier.bid = best.bidUnits
        tier.offer = best.offerUnits
      } else {
        if (isWhole || row.isChanged(field)) tier.bid = this.#prices.read(row, field)
        if (isWhole || row.isChanged(field + 1)) tier.offer = this.#prices.read(row, field + 1)
        field += 2
      }
      if (isWhole || row.isChanged(field)) tier.bidSize = decimalOf(row.value(field))
      if (isWhole || row.isChanged(field + 1)) tier.offerSize = decimalOf(row.value(field + 1))
      field += 2
    }
  }

  widen(from: number, to: number): void {
    for (const tier of this.#tiers) {
      tier.bid = widened(tier.bid, from, to)
      tier.offer = widened(tier.offer, from, to)
    }
  }

  get levels(): readonly QuoteLevel[] {
    return this.#tiers.map(({ bid, offer, bidSize, offerSize }) => {
      return { bidUnits: bid, offerUnits: offer, bidSize, offerSize }
    })
  }
}

/** Reads the sizes of a ladder in its other currencies; they seldom change. */
export class CurrencyReader {
  readonly #depth: number
  readonly #first: number
  readonly #count: number
  #currency: string | null = null
  #others: readonly LadderSizes[] = []

  /** @param first the place of the first of {@link currencyFields}. */
  constructor(depth: number, first: number) {
    this.#depth = depth
    this.#first = first
    this.#count = currencyFields(depth).length
  }

  /** The sizes of every currency, those of the default one being those of the levels. */
  read(row: Row, isWhole: boolean, levels: readonly QuoteLevel[]): readonly LadderSizes[] {
    if (isWhole || this.#isChanged(row)) {
      this.#currency = row.value(this.#first)
      this.#others = LEVELS.flatMap((_, index) => this.#other(row, this.#first + 1 + index * (1 + 2 * this.#depth)))
    }
    const ofLevels: LadderSizes = {
      currency: this.#currency,
      bidSizes: levels.map(level => level.bidSize),
      offerSizes: levels.map(level => level.offerSize),
    }
    return [ofLevels, ...this.#others]
  }

  /** None where the ladder has no such currency. */
  #other(row: Row, field: number): readonly LadderSizes[] {
    const currency = row.value(field)
    if (currency === null || currency === '') return []
    const size = (at: number): Decimal | null => decimalOf(row.value(at))
    const places = LEVELS.slice(0, this.#depth).map((_, level) => field + 1 + 2 * level)
    return [{ currency, bidSizes: places.map(size), offerSizes: places.map(place => size(place + 1)) }]
  }

  #isChanged(row: Row): boolean {
    for (let field = this.#first; field < this.#first + this.#count; field++) if (row.isChanged(field)) return true
    return false
  }
}

interface Tier {
  bid: number | null
  offer: number | null
  bidSize: Decimal | null
  offerSize: Decimal | null
}
