import type { Freshness, ScreenView } from './view.ts'

/** Silence of the desk after which nothing on the screen counts as true any more (our choice: several missed updates). */
export const SILENT_AFTER_MS = 1500

/** What may still be shown of a view when the desk has not been heard for so long: prices are stale, what is open is unknown. */
export function silenced(view: ScreenView, silentMs: number): ScreenView {
  const { quote } = view
  return {
    ...view,
    quote: {
      ...quote,
      freshness: aged(quote.freshness),
      ageMs: quote.ageMs === null ? null : quote.ageMs + silentMs,
    },
    markets: view.markets.map(market => ({ ...market, freshness: aged(market.freshness) })),
    feeds: [],
    exposure: 'unknown',
    workingOrders: null,
  }
}

/** A live quote that nobody renews is a stale one; every other word already warns. */
function aged(freshness: Freshness): Freshness {
  return freshness === 'live' ? 'stale' : freshness
}
