import type { Appearance } from './appearance-view.ts'
import type { DayTotalsView, DealView, ExposureView, OrderView, PositionView } from './deal-view.ts'
import type { GuardLine, LatenciesView, LatencyView, MoneyView } from './figure-view.ts'
import type { ArmingView, KeyHint, OverlayView, PresetView, QuestionView } from './key-view.ts'
import type { DepthView, MarketFeed, MarketTab, MarketView, QuoteView } from './market-view.ts'
import type { OutcomeView, ToldView } from './outcome-view.ts'

export type * from './appearance-view.ts'
export { LAYOUT_NAMES, THEME_NAMES, TIME_FRAMES } from './appearance-view.ts'
export type * from './deal-view.ts'
export type * from './figure-view.ts'
export type * from './key-view.ts'
export type * from './market-view.ts'
export type * from './outcome-view.ts'

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

/** The smallest terminal the screen is laid out for. */
export const SMALLEST_SCREEN = { columns: 40, rows: 12 } as const
