import type { Direction } from '@scalpdesk/sdk'

/** Bid and offer as whole numbers of 10^-decimals; a quote of the stream is one. */
export interface Price {
  readonly decimals: number
  /** `null` where there is no price. */
  readonly bidUnits: number | null
  readonly offerUnits: number | null
}

/** Of one market. */
export interface MarketPrice extends Price {
  readonly epic: string
}

/** The last price of each market. */
export interface Prices {
  get(epic: string): Price | undefined
}

/** Where it would be closed: a long at the bid, a short at the offer. */
export function closingUnits(direction: Direction, price: Price): number | null {
  return direction === 'BUY' ? price.bidUnits : price.offerUnits
}
