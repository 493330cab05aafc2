import type { MarketFeed, ScreenView } from './view.ts'

/**
 * The parts of a view that are not the very same objects as in the view before: a cheap test, right even when it finds a change where there
 * is none. Keeps what crosses to the painting thread small.
 */
export function changedParts(before: ScreenView | null, view: ScreenView): Partial<ScreenView> {
  if (before === null) return view
  const changed: Partial<Record<keyof ScreenView, unknown>> = {}
  for (const part of PARTS) if (before[part] !== view[part]) changed[part] = view[part]
  return changed as Partial<ScreenView>
}

/** Every part of a view; the compiler refuses a list that lacks one. */
const PARTS = Object.keys({
  environment: true,
  account: true,
  appearance: true,
  market: true,
  markets: true,
  quote: true,
  feeds: true,
  depth: true,
  preset: true,
  arming: true,
  mode: true,
  exposure: true,
  positions: true,
  workingOrders: true,
  orders: true,
  deals: true,
  dayTotals: true,
  guard: true,
  dayProfit: true,
  outcome: true,
  latency: true,
  latencies: true,
  log: true,
  told: true,
  keys: true,
  keyboard: true,
  question: true,
  overlay: true,
} satisfies Record<keyof ScreenView, true>) as readonly (keyof ScreenView)[]

/** The view that {@link changedParts} described. @throws when the first one is not a whole view */
export function withChanges(before: ScreenView | null, changed: Partial<ScreenView>): ScreenView {
  const view = { ...before, ...changed }
  if (!isWhole(view)) throw new Error('expected the first view to be whole, but it was not; send every part at first')
  return view
}

function isWhole(view: Partial<ScreenView>): view is ScreenView {
  return view.quote !== undefined && view.exposure !== undefined && view.positions !== undefined
}

/** The prices of a view that was not sent, joined with the next one's: no spike is lost. */
export function mergedFeeds(earlier: readonly MarketFeed[], later: readonly MarketFeed[]): readonly MarketFeed[] {
  if (earlier.length === 0) return later
  const merged = new Map(earlier.map(feed => [feed.epic, feed]))
  for (const feed of later) {
    const before = merged.get(feed.epic)
    merged.set(feed.epic, before?.decimals === feed.decimals ? joined(before, feed) : feed)
  }
  return [...merged.values()]
}

/** Ticks kept of one market between two views: our choice, more than a tape shows of a moment. */
const TICKS_KEPT = 20

function joined(before: MarketFeed, feed: MarketFeed): MarketFeed {
  return {
    ...feed,
    first: before.first,
    low: Math.min(before.low, feed.low),
    high: Math.max(before.high, feed.high),
    ticks: [...before.ticks, ...feed.ticks].slice(-TICKS_KEPT),
  }
}
