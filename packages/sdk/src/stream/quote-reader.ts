import type { Row } from '@scalpdesk/tlcp'
import type { MarketState } from '../market.ts'
import { type Quote, SharingQuote } from '../quote.ts'
import type { StreamGap } from '../stream-gap.ts'
import { type DayPrice, DayQuote, type DayTerms } from './day-quote.ts'
import { DayReader, type Figure, NO_FIGURES } from './day-reader.ts'
import type { FeedOut, ItemReader } from './feed.ts'
import type { KnownMarket } from './known-market.ts'
import { CurrencyReader, LadderReader } from './ladder-reader.ts'
import { PriceReading, widened } from './price-reading.ts'

/** Where in a row things are. The first five are bid, offer, time, state and delay; `null`: not asked for. */
export interface QuoteForm {
  readonly fields: readonly string[]
  readonly states: Readonly<Record<string, MarketState>>
  /** Milliseconds since 1970. */
  time(row: Row, field: number): number | null
  readonly depth: number
  readonly levelsAt: number | null
  readonly currenciesAt: number | null
  readonly quoteIdsAt: number | null
  readonly dayAt: number | null
}

const BID = 0
const OFFER = 1
const TIME = 2
const STATE = 3
const DELAY = 4

/** Turns the rows of one market into quotes. A row costs no object until somebody wants the quote of it. */
export class QuoteReader implements ItemReader<Quote> {
  readonly #form: QuoteForm
  readonly #out: FeedOut<Quote>
  readonly #prices: PriceReading
  readonly #day: DayReader | null
  readonly #ladder: LadderReader | null
  readonly #currencies: CurrencyReader | null
  readonly #price = new Price()
  /** As IG told it last, also while a gap hides it. */
  #state: MarketState
  #hasToldState = false
  #terms: DayTerms
  #made: Quote | null = null
  #isKnown = false
  readonly #make = (): Quote => {
    this.#made ??= this.#quote(this.#terms)
    return this.#made
  }

  constructor(market: KnownMarket, form: QuoteForm, out: FeedOut<Quote>) {
    const { depth, levelsAt, currenciesAt, dayAt } = form
    this.#form = form
    this.#out = out
    this.#prices = new PriceReading(market.decimals, (from, to) => this.#widen(from, to))
    this.#day = dayAt === null ? null : new DayReader(dayAt)
    this.#ladder = levelsAt === null ? null : new LadderReader(depth, levelsAt, this.#prices)
    this.#currencies = currenciesAt === null ? null : new CurrencyReader(depth, currenciesAt)
    this.#state = market.state
    const { epic, state } = market
    const decimals = this.#prices.decimals
    const unknown = { isDelayed: false, isSnapshot: false, session: 0, gap: null, fixed: NO_FIGURES }
    this.#terms = { ...NOTHING, ...unknown, epic, decimals, state }
  }

  update(row: Row): void {
    const price = this.#price
    // After a gap nothing is known: whatever the row did not name is looked at, too.
    const isWhole = this.#terms.gap !== null || !this.#isKnown
    if (isWhole || row.isChanged(BID)) price.bidUnits = this.#prices.read(row, BID)
    if (isWhole || row.isChanged(OFFER)) price.offerUnits = this.#prices.read(row, OFFER)
    if (isWhole || row.isChanged(TIME)) price.brokerTimeMs = this.#form.time(row, TIME)
    price.receivedAtMs = row.receivedAtMs
    const day = this.#day
    if (day !== null) {
      day.take(row, isWhole)
      price.net = day.net
      price.percent = day.percent
    }
    if (isWhole || this.#isNews(row) || this.#hasMore(row)) this.#readTerms(row, isWhole)
    this.#tell()
  }

  gap(gap: StreamGap): void {
    const price = this.#price
    price.bidUnits = null
    price.offerUnits = null
    price.brokerTimeMs = null
    price.receivedAtMs = this.#out.nowMs()
    this.#terms = { ...this.#terms, ...NOTHING, isSnapshot: false, state: { other: `${gap.kind}: ${gap.text}` }, gap }
    this.#tell()
  }

  present(): Quote | null {
    return this.#isKnown ? this.#quote({ ...this.#terms, isSnapshot: true }) : null
  }

  atLeast(decimals: number): void {
    this.#prices.atLeast(decimals)
  }

  #quote(terms: DayTerms): Quote {
    return this.#day === null ? new SharingQuote(this.#price, terms) : new DayQuote(this.#price, terms)
  }

  #tell(): void {
    this.#isKnown = true
    this.#made = null
    this.#out.state(this, this.#make)
  }

  #isNews(row: Row): boolean {
    const { session, isSnapshot, fixed } = this.#terms
    if (this.#out.session !== session || row.isSnapshot !== isSnapshot) return true
    return row.isChanged(STATE) || row.isChanged(DELAY) || (this.#day !== null && this.#day.fixed !== fixed)
  }

  /** Whether there is something to look at that is read with the terms. */
  #hasMore(row: Row): boolean {
    const { quoteIdsAt } = this.#form
    if (this.#ladder !== null) return true
    return quoteIdsAt !== null && (row.isChanged(quoteIdsAt) || row.isChanged(quoteIdsAt + 1))
  }

  #readTerms(row: Row, isWhole: boolean): void {
    if (isWhole || row.isChanged(STATE)) this.#readState(row.value(STATE))
    const isDelayed = isWhole || row.isChanged(DELAY) ? row.value(DELAY) === '1' : this.#terms.isDelayed
    this.#ladder?.read(row, isWhole, this.#price)
    const levels = this.#ladder?.levels ?? null
    const { quoteIdsAt } = this.#form
    this.#terms = {
      epic: this.#terms.epic,
      decimals: this.#prices.decimals,
      state: this.#state,
      isDelayed,
      isSnapshot: row.isSnapshot,
      session: this.#out.session,
      gap: null,
      levels,
      sizes: levels === null ? null : (this.#currencies?.read(row, isWhole, levels) ?? null),
      quoteIds: quoteIdsAt === null ? null : { bid: row.value(quoteIdsAt), offer: row.value(quoteIdsAt + 1) },
      day: null,
      fixed: this.#day?.fixed ?? NO_FIGURES,
    }
  }

  #readState(flag: string | null): void {
    if (flag === null) {
      // What it was before it was taken away may no longer be true.
      if (this.#hasToldState) this.#state = { other: '' }
      return
    }
    this.#hasToldState = true
    // IG pads the flag with spaces.
    const word = flag.trim()
    const { states } = this.#form
    this.#state = (Object.hasOwn(states, word) ? states[word] : undefined) ?? { other: word }
  }

  #widen(from: number, to: number): void {
    const price = this.#price
    price.bidUnits = widened(price.bidUnits, from, to)
    price.offerUnits = widened(price.offerUnits, from, to)
    this.#ladder?.widen(from, to)
    const levels = this.#terms.levels === null ? null : (this.#ladder?.levels ?? null)
    this.#terms = { ...this.#terms, decimals: to, levels }
    this.#made = null
  }
}

/** The price as it is now, changed in place. */
class Price implements DayPrice {
  bidUnits: number | null = null
  offerUnits: number | null = null
  brokerTimeMs: number | null = null
  receivedAtMs = 0
  net: Figure = null
  percent: Figure = null
}

const NOTHING = { levels: null, sizes: null, quoteIds: null, day: null } as const
