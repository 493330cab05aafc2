import type { Row } from '@scalpdesk/tlcp'
import type { Decimal } from 'decimal.js'
import type { Epic } from '../ids.ts'
import type { MarketState } from '../market.ts'
import { type Quote, type QuoteLevel, type QuotePrice, type QuoteTerms, quoteOn } from '../quote.ts'
import type { StreamGap } from '../stream-gap.ts'
import { DayReader } from './day-reader.ts'
import { decimalOf } from './decimal-text.ts'
import type { FeedOut, ItemReader } from './feed.ts'
import type { KnownMarket } from './known-market.ts'
import { PriceReading, widened } from './price-reading.ts'

/** Where in a row things are. The first five are bid, offer, time, state and delay; then come the levels, then the day. */
export interface QuoteForm {
  readonly fields: readonly string[]
  readonly states: Readonly<Record<string, MarketState>>
  /** Milliseconds since 1970. */
  time(row: Row, field: number): number | null
  readonly levels: number
  readonly dayAt: number | null
}

const BID = 0
const OFFER = 1
const TIME = 2
const STATE = 3
const DELAY = 4
const LADDER = 5

/** Turns the rows of one market into quotes. A row costs no object until somebody wants the quote of it. */
export class QuoteReader implements ItemReader<Quote> {
  readonly #form: QuoteForm
  readonly #out: FeedOut<Quote>
  readonly #prices: PriceReading
  readonly #day: DayReader | null
  readonly #price: Price
  readonly #ladder: readonly Tier[]
  /** As IG told it last, also while a gap hides it. */
  #state: MarketState
  /** Never changed, because quotes share it: replaced. */
  #terms: QuoteTerms
  #made: Quote | null = null
  #isKnown = false
  readonly #make = (): Quote => {
    this.#made ??= quoteOn(this.#terms, this.#price)
    return this.#made
  }

  constructor(market: KnownMarket, form: QuoteForm, out: FeedOut<Quote>) {
    this.#form = form
    this.#out = out
    this.#prices = new PriceReading(market.decimals, (from, to) => this.#widen(from, to))
    this.#day = form.dayAt === null ? null : new DayReader(form.dayAt)
    this.#ladder = Array.from({ length: form.levels }, () => ({
      bid: null,
      offer: null,
      bidSize: null,
      offerSize: null,
    }))
    this.#state = market.state
    this.#price = new Price(market.epic, this.#prices.decimals)
    this.#terms = { state: market.state, isDelayed: false, session: 0, gap: null, levels: null, day: null }
  }

  update(row: Row): void {
    const price = this.#price
    // After a gap nothing is known: whatever the row did not name is looked at, too.
    const isWhole = this.#terms.gap !== null
    if (isWhole || row.isChanged(BID)) price.bidUnits = this.#prices.read(row, BID)
    if (isWhole || row.isChanged(OFFER)) price.offerUnits = this.#prices.read(row, OFFER)
    if (isWhole || row.isChanged(TIME)) price.brokerTimeMs = this.#form.time(row, TIME)
    price.receivedAtMs = row.receivedAtMs
    price.isSnapshot = row.isSnapshot
    const { session } = this.#out
    const isNews = isWhole || session !== this.#terms.session || row.isChanged(STATE) || row.isChanged(DELAY)
    if (isNews || this.#ladder.length > 0 || this.#day !== null) this.#readTerms(row, session, isWhole)
    this.#tell()
  }

  gap(gap: StreamGap): void {
    const price = this.#price
    price.bidUnits = null
    price.offerUnits = null
    price.brokerTimeMs = null
    price.receivedAtMs = this.#out.nowMs()
    price.isSnapshot = false
    const { isDelayed, session } = this.#terms
    this.#terms = { state: { other: `${gap.kind}: ${gap.text}` }, isDelayed, session, gap, levels: null, day: null }
    this.#tell()
  }

  present(): Quote | null {
    return this.#isKnown ? quoteOn(this.#terms, { ...this.#price, isSnapshot: true }) : null
  }

  atLeast(decimals: number): void {
    this.#prices.atLeast(decimals)
  }

  #tell(): void {
    this.#isKnown = true
    this.#made = null
    this.#out.state(this, this.#make)
  }

  #readTerms(row: Row, session: number, isWhole: boolean): void {
    if (isWhole || row.isChanged(STATE)) this.#readState(row.value(STATE))
    const isDelayed = isWhole || row.isChanged(DELAY) ? row.value(DELAY) === '1' : this.#terms.isDelayed
    const levels = this.#ladder.length === 0 ? null : this.#readLadder(row, isWhole)
    this.#terms = { state: this.#state, isDelayed, session, gap: null, levels, day: this.#day?.read(row) ?? null }
  }

  #readState(flag: string | null): void {
    if (flag === null) return
    // IG pads the flag with spaces.
    const word = flag.trim()
    const { states } = this.#form
    this.#state = (Object.hasOwn(states, word) ? states[word] : undefined) ?? { other: word }
  }

  #readLadder(row: Row, isWhole: boolean): readonly QuoteLevel[] {
    let field = LADDER
    for (const [index, tier] of this.#ladder.entries()) {
      if (index === 0) {
        tier.bid = this.#price.bidUnits
        tier.offer = this.#price.offerUnits
      } else {
        if (isWhole || row.isChanged(field)) tier.bid = this.#prices.read(row, field)
        if (isWhole || row.isChanged(field + 1)) tier.offer = this.#prices.read(row, field + 1)
        field += 2
      }
      if (isWhole || row.isChanged(field)) tier.bidSize = decimalOf(row.value(field))
      if (isWhole || row.isChanged(field + 1)) tier.offerSize = decimalOf(row.value(field + 1))
      field += 2
    }
    return this.#ladder.map(levelOf)
  }

  #widen(from: number, to: number): void {
    const price = this.#price
    price.decimals = to
    price.bidUnits = widened(price.bidUnits, from, to)
    price.offerUnits = widened(price.offerUnits, from, to)
    for (const tier of this.#ladder) {
      tier.bid = widened(tier.bid, from, to)
      tier.offer = widened(tier.offer, from, to)
    }
    const { levels } = this.#terms
    if (levels !== null) this.#terms = { ...this.#terms, levels: this.#ladder.map(levelOf) }
    this.#made = null
  }
}

/** The price as it is now, changed in place. */
class Price implements QuotePrice {
  readonly epic: Epic
  decimals: number
  bidUnits: number | null = null
  offerUnits: number | null = null
  brokerTimeMs: number | null = null
  receivedAtMs = 0
  isSnapshot = false

  constructor(epic: Epic, decimals: number) {
    this.epic = epic
    this.decimals = decimals
  }
}

interface Tier {
  bid: number | null
  offer: number | null
  bidSize: Decimal | null
  offerSize: Decimal | null
}

function levelOf({ bid, offer, bidSize, offerSize }: Tier): QuoteLevel {
  return { bidUnits: bid, offerUnits: offer, bidSize, offerSize }
}
