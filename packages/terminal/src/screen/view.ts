/**
 * What the screen is told, about 60 times a second at most: plain data that crosses to the painting thread.
 * Texts are final and already safe (no control characters); figures that need a layout stay figures.
 */
export interface ScreenView {
  readonly environment: 'mock' | 'demo' | 'live'
  /** Which broker and account, for example `MOCK · MOCK1 · EUR`. */
  readonly account: string
  readonly appearance: Appearance
  /** The one that the keys trade. */
  readonly market: MarketView
  /** All that are traded, in their order; the one above among them. */
  readonly markets: readonly MarketTab[]
  readonly quote: QuoteView
  /** What came since the view before, of each market that had any; joined when views are skipped. */
  readonly feeds: readonly MarketFeed[]
  /** What the broker shows of its book in this market; null where it shows none. */
  readonly depth: DepthView | null
  readonly preset: PresetView
  readonly arming: ArmingView
  readonly mode: 'hedge' | 'net'
  readonly exposure: ExposureView
  readonly positions: readonly PositionView[]
  /** Working orders at the broker; null while not known. */
  readonly workingOrders: number | null
  /** As the broker listed them last. */
  readonly orders: readonly OrderView[]
  /** Of the day, the newest first. */
  readonly deals: readonly DealView[]
  readonly dayTotals: DayTotalsView
  readonly guard: readonly GuardLine[]
  /** Change of equity since the day began, with currency: `+12.40 EUR`; null while not known. */
  readonly dayProfit: MoneyView | null
  readonly outcome: OutcomeView
  readonly latency: LatencyView | null
  readonly latencies: LatenciesView | null
  /** Newest last; each already one line of plain words. */
  readonly log: readonly string[]
  /** What each line of the log tells that the lists will show too: a voice says it once. */
  readonly told: readonly (ToldView | null)[]
  readonly keys: readonly KeyHint[]
  /** Which keys are live on this terminal, in words. */
  readonly keyboard: string
  /** A question that waits for a key. */
  readonly question: QuestionView | null
  /** What lies over the panes; header, outcome, exposure and exits stay to be seen. */
  readonly overlay: OverlayView | null
}

export interface QuestionView {
  /** For example `A position is open. Quit and leave it? y / n`. */
  readonly text: string
  /** The same in at most 38 columns: what is asked is never cut. */
  readonly short: string
}

/** How the screen looks; each word is one of the settings. */
export interface Appearance {
  readonly language: 'en' | 'fr'
  readonly theme: ThemeName
  readonly layout: LayoutName
  readonly timeFrame: TimeFrame
  readonly isMotionReduced: boolean
}

export type ThemeName = 'dark' | 'light' | 'contrast' | 'colour-blind'
export const THEME_NAMES: readonly ThemeName[] = ['dark', 'light', 'contrast', 'colour-blind']

/** `auto`: as many panes as the terminal has room for. */
export type LayoutName = 'auto' | 'price' | 'ladder' | 'blotter' | 'markets'
export const LAYOUT_NAMES: readonly LayoutName[] = ['auto', 'price', 'ladder', 'blotter', 'markets']

/** `ticks`: a line of the mid, a dot a second; else a candle each. */
export type TimeFrame = 'ticks' | '5s' | '15s' | '1m' | '5m'
export const TIME_FRAMES: readonly TimeFrame[] = ['ticks', '5s', '15s', '1m', '5m']

export interface MarketView {
  readonly name: string
  readonly epic: string
}

/** A market in a word or two, also while another one is looked at. */
export interface MarketTab {
  readonly name: string
  readonly epic: string
  readonly freshness: Freshness
  readonly bid: string | null
  readonly offer: string | null
  readonly spread: string | null
  /** `+2 0.5`: signed size of what is held, and its result; null: nothing held. */
  readonly held: string | null
  readonly profit: MoneyView | null
  readonly isChosen: boolean
}

export interface MarketFeed {
  readonly epic: string
  /** Mid prices in units of 10^-decimals: first, lowest, highest, last. */
  readonly first: number
  readonly low: number
  readonly high: number
  readonly last: number
  readonly decimals: number
  /** The last prices of the time, at most 20, the newest last. Texts as in the quote. */
  readonly ticks: readonly TickView[]
}

/** A candle of mid prices, in units of 10^-decimals. */
export interface PastCandle {
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly decimals: number
}

export interface TickView {
  /** The broker's time, `12:30:05`, or when it came. */
  readonly time: string
  readonly bid: string
  readonly offer: string
  /** The mid against the one before. */
  readonly move: 'up' | 'down' | 'even'
}

/** The best first. */
export interface DepthView {
  readonly bids: readonly DepthLevel[]
  readonly offers: readonly DepthLevel[]
}

export interface DepthLevel {
  readonly level: string
  /** null: the broker does not say. */
  readonly size: string | null
}

/** Entries are sent only while `armed`; exits always. `why` is one line of plain words. */
export type ArmingView =
  | { readonly kind: 'armed' }
  | { readonly kind: 'disarmed'; readonly why: string | null }
  | { readonly kind: 'locked'; readonly why: string }

export interface OrderView {
  /** null: the broker does not say; so with the kind. */
  readonly direction: 'BUY' | 'SELL' | null
  readonly kind: 'limit' | 'stop' | null
  readonly size: string
  readonly market: string
  readonly epic: string
  readonly level: string
  readonly isSelected: boolean
  readonly isForeign: boolean
  readonly state: 'working' | 'cancelling' | 'checking'
}

export interface DealView {
  readonly time: string
  readonly direction: 'BUY' | 'SELL'
  readonly size: string
  readonly market: string
  readonly level: string
  /** What is left of it, in words of the catalogue. */
  readonly state: 'open' | 'part' | 'closed'
  readonly profit: MoneyView | null
  /** `+1.2 R`; null: it had no stop, or is not known. */
  readonly r: MoneyView | null
  /** Held for, such as `12 s`; null: not known. */
  readonly held: string | null
}

export interface DayTotalsView {
  readonly deals: number
  readonly won: number
  readonly lost: number
  /** null: not known. */
  readonly realised: MoneyView | null
  readonly charges: MoneyView | null
}

/** A limit and what is used of it, in final words; `share` 0 to 1 and above, null where there is nothing to fill. */
export interface GuardLine {
  readonly label: string
  readonly text: string
  readonly share: number | null
  readonly tone: 'even' | 'near' | 'reached'
}

/** Of the day, from the key; milliseconds, null: not measured. */
export interface LatenciesView {
  readonly orders: number
  readonly steps: readonly LatencyStep[]
}

export interface LatencyStep {
  readonly step: 'decided' | 'journalled' | 'sent' | 'acknowledged' | 'confirmed' | 'painted'
  readonly lastMs: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  /** The part to which most of the time went. */
  readonly isSlow: boolean
}

export type OverlayView =
  | {
      readonly kind: 'help'
      readonly rows: readonly HelpRow[]
      /** How often the page was turned: begins again behind the last one. */
      readonly page: number
      /** The key that turns it; null for none. */
      readonly turn: string | null
    }
  | {
      readonly kind: 'picker'
      readonly typed: string
      readonly rows: readonly PickerRow[]
      readonly note: string | null
    }
  /** A sentence that has to be typed. */
  | { readonly kind: 'confirm'; readonly ask: string; readonly typed: string }

export interface HelpRow {
  readonly chords: string
  readonly label: string
  readonly kind: 'entry' | 'exit' | 'other'
  /** What it does at the broker. */
  readonly danger: 'sends' | 'changes' | 'none'
  readonly context: string
}

export interface PickerRow {
  readonly name: string
  readonly epic: string
  /** Where it comes from, or what is known: `recent`, a watchlist's name, dealing rules. */
  readonly detail: string
  readonly isSelected: boolean
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
  /** `tradeable`, `closed`, `auction`…, as the broker names it; null while not known. */
  readonly marketState: string | null
  /** Of the mid since prices began here; null before the first. */
  readonly high: string | null
  readonly low: string | null
}

/** `live` trades; every other word says why entries are refused. */
export type Freshness = 'live' | 'stale' | 'crossed' | 'closed' | 'none'

export interface PresetView {
  readonly name: string
  /** What the keys 1 to 9 choose, where there is one. */
  readonly sizes: readonly { readonly key: number; readonly size: string; readonly isChosen: boolean }[]
  readonly size: string
  /** `15 points`, or null for none. */
  readonly stop: string | null
  readonly stopKind: 'normal' | 'guaranteed' | 'trailing' | null
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
  readonly epic: string
  readonly level: string
  readonly stop: string | null
  readonly isTrailing: boolean
  readonly limit: string | null
  /** What one-position keys act on. */
  readonly isSelected: boolean
  /** Opened elsewhere and not taken over. */
  readonly isForeign: boolean
  /** `+0.4 R`; null: not known. */
  readonly r: MoneyView | null
  /** Points won or lost at the closing side's price; null when that price is not trustworthy. */
  readonly points: MoneyView | null
  readonly profit: MoneyView | null
  /** Of the profit, ISO code; null: not known. */
  readonly currency: string | null
  /** `closing` and `unknown` are shown in words beside the row. */
  readonly state: 'open' | 'closing' | 'checking'
}

/** A signed figure: the text carries sign and unit, the tone only repeats it in colour. */
export interface MoneyView {
  readonly text: string
  readonly tone: 'up' | 'down' | 'even'
}

export type ToldView =
  | {
      readonly kind: 'filled'
      readonly direction: Side
      readonly size: string
      readonly market: string
      readonly level: string | null
    }
  | { readonly kind: 'closed'; readonly direction: Side; readonly size: string }
  | { readonly kind: 'flat' }

type Side = PositionView['direction']

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
export const SMALLEST_SCREEN = { columns: 40, rows: 12 } as const
