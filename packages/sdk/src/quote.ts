import { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { MarketState } from './market.ts'

/** One price of one market. Immutable; a new one per update. */
export interface Quote {
  readonly epic: Epic
  /** Decimals of the two units fields. Starts at the market's and widens when a price carries more; nothing is rounded. */
  readonly decimals: number
  /** Whole numbers of 10^-decimals, safe integers; `null` where IG gives no price. */
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  readonly state: MarketState
  readonly isDelayed: boolean
  /** Milliseconds since 1970, IG's own clock; `null` where IG gives none. */
  readonly brokerTimeMs: number | null
  /** Monotonic. */
  readonly receivedAtMs: number
  /** The state of things at the subscription, not a change. */
  readonly isSnapshot: boolean
  /** Made when asked for. */
  readonly bid: Decimal | null
  readonly offer: Decimal | null
}

/** Everything of a quote but what is worked out from it. */
export type QuoteFields = Omit<Quote, 'bid' | 'offer'>

/** Makes a quote; the stream does, and so can a test or a recorded tape. */
export function createQuote(fields: QuoteFields): Quote {
  return new StreamedQuote(fields)
}

class StreamedQuote implements Quote {
  readonly epic: Epic
  readonly decimals: number
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  readonly state: MarketState
  readonly isDelayed: boolean
  readonly brokerTimeMs: number | null
  readonly receivedAtMs: number
  readonly isSnapshot: boolean

  constructor(fields: QuoteFields) {
    this.epic = fields.epic
    this.decimals = fields.decimals
    this.bidUnits = fields.bidUnits
    this.offerUnits = fields.offerUnits
    this.state = fields.state
    this.isDelayed = fields.isDelayed
    this.brokerTimeMs = fields.brokerTimeMs
    this.receivedAtMs = fields.receivedAtMs
    this.isSnapshot = fields.isSnapshot
  }

  get bid(): Decimal | null {
    return unitsToDecimal(this.bidUnits, this.decimals)
  }

  get offer(): Decimal | null {
    return unitsToDecimal(this.offerUnits, this.decimals)
  }
}

function unitsToDecimal(units: number | null, decimals: number): Decimal | null {
  return units === null ? null : new Decimal(`${units}e-${decimals}`)
}
