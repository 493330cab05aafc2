import { hasSameTabs } from './panes/tabs-line.ts'
import { figureAt, figureSlot, freshnessAt, isSameFigure } from './position-figures.ts'
import type { ScreenView } from './view.ts'

/** Whether a slot shows something else for another view, as long as the desk is heard. */
export type SlotChange = (before: ScreenView, view: ScreenView) => boolean

/** What to ask of a slot with each update, found once for its place: most slots are passed over most of the time. */
export function slotChange(id: string): SlotChange {
  switch (id) {
    case 'arming':
    case 'dayProfit':
    case 'outcome':
    case 'markets':
    case 'guard':
    case 'log':
      return (before, view) => before[id] !== view[id]
    case 'tabs':
      return (before, view) => !hasSameTabs(before, view)
    case 'exposure':
      return (before, view) => before.exposure !== view.exposure || before.workingOrders !== view.workingOrders
    case 'orders':
      return (before, view) => before.orders !== view.orders || before.workingOrders !== view.workingOrders
    case 'deals':
      return (before, view) => before.deals !== view.deals || before.dayTotals !== view.dayTotals
    case 'latency':
      return (before, view) => before.latency !== view.latency || before.latencies !== view.latencies
    case 'bid':
    case 'offer':
    case 'spread':
      return ofQuote((old, quote) => old[id] !== quote[id] || old.freshness !== quote.freshness)
    case 'marketState':
      return ofQuote((old, quote) => old.marketState !== quote.marketState || old.brokerTime !== quote.brokerTime)
    case 'high':
    case 'low':
      return ofQuote((old, quote) => old[id] !== quote[id])
    case 'freshness':
      return ofQuote((old, quote) => old.ageMs !== quote.ageMs || old.freshness !== quote.freshness)
    default:
      return figureChange(id)
  }
}

type Quote = ScreenView['quote']

function ofQuote(isChanged: (old: Quote, quote: Quote) => boolean): SlotChange {
  return (before, view) => before.quote !== view.quote && isChanged(before.quote, view.quote)
}

function figureChange(id: string): SlotChange {
  const slot = figureSlot(id)
  return (before, view) => {
    const isSettled =
      before.positions === view.positions &&
      before.markets === view.markets &&
      before.market === view.market &&
      before.quote.freshness === view.quote.freshness
    if (isSettled) return false
    return (
      freshnessAt(slot, before) !== freshnessAt(slot, view) ||
      !isSameFigure(figureAt(slot, before), figureAt(slot, view))
    )
  }
}
