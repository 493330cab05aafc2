import type { ScreenView } from './view.ts'

type Chart = ScreenView['quote']['chart']

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
  market: true,
  quote: true,
  preset: true,
  exposure: true,
  positions: true,
  workingOrders: true,
  dayProfit: true,
  outcome: true,
  latency: true,
  log: true,
  keys: true,
  question: true,
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

/** The chart's prices of a view that was not sent, joined with the next one's: no spike is lost. */
export function mergedChart(earlier: Chart, later: Chart): Chart {
  if (earlier === null || later === null || earlier.decimals !== later.decimals) return later ?? earlier
  return { ...later, low: Math.min(earlier.low, later.low), high: Math.max(earlier.high, later.high) }
}
