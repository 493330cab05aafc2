import type { Update } from '@scalpdesk/tlcp'
import type { PriceField } from '@scalpdesk/wire'
import type { Market, MarketState } from '../market.ts'
import { createQuote, type Quote } from '../quote.ts'
import { parsePrice, widen } from './price-units.ts'

/** Fields of the PRICE item. Source: IG Labs, Streaming API reference, "PRICE". */
export const PRICE_FIELDS = ['BIDPRICE1', 'ASKPRICE1', 'TIMESTAMP', 'DLG_FLAG', 'DELAY'] as const satisfies PriceField[]

const BID = PRICE_FIELDS.indexOf('BIDPRICE1')
const OFFER = PRICE_FIELDS.indexOf('ASKPRICE1')
const TIMESTAMP = PRICE_FIELDS.indexOf('TIMESTAMP')
const DEALING_FLAG = PRICE_FIELDS.indexOf('DLG_FLAG')
const DELAY = PRICE_FIELDS.indexOf('DELAY')

/** IG Labs, Streaming API reference, "PRICE", values of DLG_FLAG. */
const STATES: Readonly<Record<string, MarketState>> = {
  DEAL: 'tradeable',
  CLOSED: 'closed',
  EDIT: 'edits-only',
  AUCTION: 'auction',
  AUCTIONNOEDIT: 'auction-no-edits',
  SUSPEND: 'suspended',
  CLOSINGSONLY: 'closings-only',
  DEALNOEDIT: 'deal-no-edit',
}

/** Turns the rows of one market into quotes. */
export class QuoteReader {
  readonly #market: Pick<Market, 'epic'>
  #decimals: number
  #bidUnits: number | null = null
  #offerUnits: number | null = null
  #state: MarketState
  #brokerTimeMs: number | null = null
  #isDelayed = false

  constructor(market: Pick<Market, 'epic' | 'decimals' | 'state'>) {
    this.#market = market
    this.#decimals = market.decimals
    this.#state = market.state
  }

  read(row: Update): Quote {
    if (row.isChanged(BID)) this.#bidUnits = this.#price(row.value(BID))
    if (row.isChanged(OFFER)) this.#offerUnits = this.#price(row.value(OFFER))
    if (row.isChanged(TIMESTAMP)) this.#brokerTimeMs = timeOf(row.value(TIMESTAMP))
    if (row.isChanged(DEALING_FLAG)) this.#state = stateOf(row.value(DEALING_FLAG), this.#state)
    if (row.isChanged(DELAY)) this.#isDelayed = row.value(DELAY) === '1'
    return this.#quote(row.receivedAtMs, row.isSnapshot)
  }

  /** A quote that says: there is no price now, for this reason. */
  readNothing(reason: string, receivedAtMs: number): Quote {
    this.#bidUnits = null
    this.#offerUnits = null
    this.#brokerTimeMs = null
    return { ...this.#quote(receivedAtMs, false), state: { other: reason }, bid: null, offer: null }
  }

  #quote(receivedAtMs: number, isSnapshot: boolean): Quote {
    return createQuote({
      epic: this.#market.epic,
      decimals: this.#decimals,
      bidUnits: this.#bidUnits,
      offerUnits: this.#offerUnits,
      state: this.#state,
      isDelayed: this.#isDelayed,
      brokerTimeMs: this.#brokerTimeMs,
      receivedAtMs,
      isSnapshot,
    })
  }

  #price(text: string | null): number | null {
    if (text === null || text === '') return null
    const price = parsePrice(text, this.#decimals)
    if (price === null) return null
    if (price.decimals > this.#decimals) this.#refine(price.decimals)
    return price.units
  }

  /** A price came with more decimals than any before: both sides are told in the finer unit from now on. */
  #refine(decimals: number): void {
    if (this.#bidUnits !== null) this.#bidUnits = widen(this.#bidUnits, this.#decimals, decimals)
    if (this.#offerUnits !== null) this.#offerUnits = widen(this.#offerUnits, this.#decimals, decimals)
    this.#decimals = decimals
  }
}

function timeOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function stateOf(flag: string | null, before: MarketState): MarketState {
  if (flag === null) return before
  // IG pads the flag with spaces.
  const word = flag.trim()
  return (Object.hasOwn(STATES, word) ? STATES[word] : undefined) ?? { other: word }
}
