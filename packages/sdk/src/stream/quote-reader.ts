import type { Row } from '@scalpdesk/tlcp'
import type { Decimal } from 'decimal.js'
import type { Epic } from '../ids.ts'
import type { MarketState } from '../market.ts'
import { createQuote, type DayFigures, type Quote, type QuoteFields, type QuoteLevel } from '../quote.ts'
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
  readonly #now: Present
  readonly #ladder: readonly Tier[]
  /** As IG told it last, also while a gap hides it. */
  #state: MarketState
  #made: Quote | null = null
  #isKnown = false
  readonly #make = (): Quote => {
    this.#made ??= createQuote(this.#now)
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
    this.#now = new Present(market.epic, this.#prices.decimals, market.state)
  }

  update(row: Row): void {
    const now = this.#now
    // After a gap nothing is known: whatever the row did not name is looked at, too.
    const isWhole = now.gap !== null
    if (isWhole) {
      now.gap = null
      now.state = this.#state
    }
    if (isWhole || row.isChanged(BID)) now.bidUnits = this.#prices.read(row, BID)
    if (isWhole || row.isChanged(OFFER)) now.offerUnits = this.#prices.read(row, OFFER)
    if (isWhole || row.isChanged(TIME)) now.brokerTimeMs = this.#form.time(row, TIME)
    if (isWhole || row.isChanged(STATE)) this.#readState(row.value(STATE))
    if (isWhole || row.isChanged(DELAY)) now.isDelayed = row.value(DELAY) === '1'
    if (this.#ladder.length > 0) this.#readLadder(row, isWhole)
    if (this.#day !== null) now.day = this.#day.read(row)
    now.receivedAtMs = row.receivedAtMs
    now.isSnapshot = row.isSnapshot
    now.session = this.#out.session
    this.#tell()
  }

  gap(gap: StreamGap): void {
    const now = this.#now
    now.gap = gap
    now.state = { other: `${gap.kind}: ${gap.text}` }
    now.bidUnits = null
    now.offerUnits = null
    now.brokerTimeMs = null
    now.levels = null
    now.day = null
    now.receivedAtMs = this.#out.nowMs()
    now.isSnapshot = false
    this.#tell()
  }

  present(): Quote | null {
    return this.#isKnown ? createQuote({ ...this.#make(), isSnapshot: true }) : null
  }

  atLeast(decimals: number): void {
    this.#prices.atLeast(decimals)
  }

  #tell(): void {
    this.#isKnown = true
    this.#made = null
    this.#out.state(this, this.#make)
  }

  #readState(flag: string | null): void {
    if (flag === null) return
    // IG pads the flag with spaces.
    const word = flag.trim()
    const { states } = this.#form
    this.#state = (Object.hasOwn(states, word) ? states[word] : undefined) ?? { other: word }
    this.#now.state = this.#state
  }

  #readLadder(row: Row, isWhole: boolean): void {
    let field = LADDER
    for (const [index, tier] of this.#ladder.entries()) {
      if (index === 0) {
        tier.bid = this.#now.bidUnits
        tier.offer = this.#now.offerUnits
      } else {
        if (isWhole || row.isChanged(field)) tier.bid = this.#prices.read(row, field)
        if (isWhole || row.isChanged(field + 1)) tier.offer = this.#prices.read(row, field + 1)
        field += 2
      }
      if (isWhole || row.isChanged(field)) tier.bidSize = decimalOf(row.value(field))
      if (isWhole || row.isChanged(field + 1)) tier.offerSize = decimalOf(row.value(field + 1))
      field += 2
    }
    this.#now.levels = this.#ladder.map(levelOf)
  }

  #widen(from: number, to: number): void {
    const now = this.#now
    now.decimals = to
    now.bidUnits = widened(now.bidUnits, from, to)
    now.offerUnits = widened(now.offerUnits, from, to)
    for (const tier of this.#ladder) {
      tier.bid = widened(tier.bid, from, to)
      tier.offer = widened(tier.offer, from, to)
    }
    if (now.levels !== null) now.levels = this.#ladder.map(levelOf)
    this.#made = null
  }
}

/** The quote as it is now, changed in place. */
class Present implements QuoteFields {
  readonly epic: Epic
  decimals: number
  bidUnits: number | null = null
  offerUnits: number | null = null
  state: MarketState
  isDelayed = false
  brokerTimeMs: number | null = null
  receivedAtMs = 0
  isSnapshot = false
  session = 0
  gap: StreamGap | null = null
  levels: readonly QuoteLevel[] | null = null
  day: DayFigures | null = null

  constructor(epic: Epic, decimals: number, state: MarketState) {
    this.epic = epic
    this.decimals = decimals
    this.state = state
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
