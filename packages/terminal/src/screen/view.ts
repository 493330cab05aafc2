/**
 * What the screen is told, about 60 times a second at most: plain data that crosses to the painting thread.
 * Texts are final and already safe (no control characters); figures that need a layout stay figures.
 */
export interface ScreenView {
  readonly environment: 'mock' | 'demo' | 'live'
  /** Which broker and account, for example `MOCK · MOCK1 · EUR`. */
  readonly account: string
  readonly market: MarketView
  readonly quote: QuoteView
  readonly preset: PresetView
  readonly exposure: ExposureView
  readonly positions: readonly PositionView[]
  /** Working orders at the broker; null while not known. */
  readonly workingOrders: number | null
  /** Change of equity since the day began, with currency: `+12.40 EUR`; null while not known. */
  readonly dayProfit: MoneyView | null
  readonly outcome: OutcomeView
  readonly latency: LatencyView | null
  /** Newest last; each already one line of plain words. */
  readonly log: readonly string[]
  readonly keys: readonly KeyHint[]
  /** A question that waits for a key, for example `A position is open. Quit and leave it? y / n`. */
  readonly question: string | null
}

export interface MarketView {
  readonly name: string
  readonly epic: string
}

export interface QuoteView {
  readonly freshness: Freshness
  /** Prices as text with the market's decimals; null when the broker gives none. */
  readonly bid: string | null
  readonly offer: string | null
  /** Spread in points as text; null when there is none to show: no price, or offer below bid. */
  readonly spread: string | null
  /** Milliseconds since this quote arrived; null before the first. */
  readonly ageMs: number | null
  /** The broker's time of the quote, `12:30:05` UTC; null when it gives none. */
  readonly brokerTime: string | null
  /** Mid prices for the chart, in units of 10^-decimals, since the view before: lowest, highest, last. */
  readonly chart: {
    readonly low: number
    readonly high: number
    readonly last: number
    readonly decimals: number
  } | null
}

/** `live` trades; every other word says why entries are refused. */
export type Freshness = 'live' | 'stale' | 'crossed' | 'closed' | 'none'

export interface PresetView {
  readonly size: string
  /** `15 points`, or null for none. */
  readonly stop: string | null
  readonly limit: string | null
}

/**
 * `flat` only when the broker reported no position and no working order after the last order.
 * `checking` while an answer is awaited, `unknown` when nothing trustworthy is known (start, lost stream).
 */
export type ExposureView = 'flat' | 'open' | 'checking' | 'unknown'

export interface PositionView {
  readonly direction: 'BUY' | 'SELL'
  readonly size: string
  readonly market: string
  readonly level: string
  readonly stop: string | null
  readonly limit: string | null
  /** Points won or lost at the closing side's price; null when that price is not trustworthy. */
  readonly points: MoneyView | null
  readonly profit: MoneyView | null
  /** `closing` and `unknown` are shown in words beside the row. */
  readonly state: 'open' | 'closing' | 'checking'
}

/** A signed figure: the text carries sign and unit, the tone only repeats it in colour. */
export interface MoneyView {
  readonly text: string
  readonly tone: 'up' | 'down' | 'even'
}

export interface OutcomeView {
  /** `good` filled, `bad` denied or rejected, `wait` sent or checking, `info` anything else. */
  readonly tone: 'good' | 'bad' | 'wait' | 'info'
  readonly text: string
}

/** Milliseconds of the last order's parts; null for a part that has not happened. */
export interface LatencyView {
  readonly keyToWireMs: number | null
  readonly wireToAcknowledgedMs: number | null
  readonly acknowledgedToConfirmedMs: number | null
}

export interface KeyHint {
  readonly chord: string
  readonly label: string
  /** Entries are drawn apart from exits. */
  readonly kind: 'entry' | 'exit' | 'other'
}

/** The smallest terminal the screen is laid out for. */
export const SMALLEST_SCREEN = { columns: 64, rows: 20 } as const
