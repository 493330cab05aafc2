import type { Decimal } from 'decimal.js'

/** Where IG's clients stand in a market. Source: IG Labs, REST API reference, "Client sentiment". */
export interface Sentiment {
  /** `instrument.marketId` of the market's details, not its epic. */
  readonly marketId: string
  /** Percent of the positions. Both are `null` where IG has none: it then answers 0 and 0. */
  readonly longPercentage: Decimal | null
  readonly shortPercentage: Decimal | null
}
