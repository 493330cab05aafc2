import { type Align, type Line, wholeFigure } from './line.ts'
import { span } from './looks.ts'
import { moneyLine } from './position-table.ts'
import { brokerTimeLine, freshnessLine, priceLine, spreadLine } from './quote-lines.ts'
import { dayProfitLine, exposureLine, latencyLine, notUpdatedLine, outcomeLine } from './state-lines.ts'
import type { Freshness, MoneyView, ScreenView } from './view.ts'

/** Silence of the desk after which nothing on the screen counts as true any more (our choice: several missed updates). */
export const SILENT_AFTER_MS = 1500

/** What a slot shows: its lines, and where in the slot they stand. */
export interface SlotContent {
  readonly align: Align
  readonly lines: readonly Line[]
}

/**
 * The content of every slot but the chart.
 * @param silentMs since the desk was last heard; from {@link SILENT_AFTER_MS} on, prices are stale and what is open is unknown
 */
export function slotContent(
  id: string,
  view: ScreenView,
  width: number,
  height: number,
  silentMs: number,
): SlotContent {
  const isSilent = silentMs >= SILENT_AFTER_MS
  const freshness = isSilent ? aged(view.quote.freshness) : view.quote.freshness
  switch (id) {
    case 'dayProfit':
      return right(
        view.dayProfit === null || !isSilent ? dayProfitLine(view.dayProfit) : oldDayProfit(view.dayProfit.text),
      )
    case 'brokerTime':
      return right(brokerTimeLine(view.quote.brokerTime))
    case 'outcome':
      return left(isSilent ? notUpdatedLine(silentMs) : outcomeLine(view.outcome))
    case 'bid':
      return right(priceLine(fitting(view.quote.bid, width), freshness))
    case 'offer':
      return left(priceLine(fitting(view.quote.offer, width), freshness))
    case 'spread':
      return centre(spreadLine({ ...view.quote, freshness }))
    case 'freshness':
      return centre(
        freshnessLine(freshness, view.quote.ageMs === null ? null : view.quote.ageMs + (isSilent ? silentMs : 0)),
      )
    case 'exposure':
      return left(isSilent ? exposureLine('unknown', null) : exposureLine(view.exposure, view.workingOrders))
    case 'latency':
      return left([span(' '), ...latencyLine(view.latency)])
    case 'log':
      return { align: 'left', lines: view.log.slice(-height).map(text => [span(` ${text}`, 'label')]) }
    default:
      return left(moneyLine(figureOf(id, view), width - 1, isSilent || freshness !== 'live'))
  }
}

/** Whether a slot shows something else for another view, as long as the desk is heard: most slots are passed over with each update. */
export function isSlotChanged(id: string, before: ScreenView, view: ScreenView): boolean {
  const [old, quote] = [before.quote, view.quote]
  switch (id) {
    case 'dayProfit':
    case 'outcome':
    case 'latency':
    case 'log':
      return before[id] !== view[id]
    case 'exposure':
      return before.exposure !== view.exposure || before.workingOrders !== view.workingOrders
    case 'bid':
    case 'offer':
    case 'spread':
      return old[id] !== quote[id] || old.freshness !== quote.freshness
    case 'brokerTime':
      return old.brokerTime !== quote.brokerTime
    case 'freshness':
      return old.ageMs !== quote.ageMs || old.freshness !== quote.freshness
    default:
      return old.freshness !== quote.freshness || !isSameFigure(figureOf(id, before), figureOf(id, view))
  }
}

/** A live quote that nobody renews is a stale one; every other word already warns. */
function aged(freshness: Freshness): Freshness {
  return freshness === 'live' ? 'stale' : freshness
}

function fitting(price: string | null, width: number): string | null {
  return price === null ? null : wholeFigure(price, width)
}

function oldDayProfit(text: string): Line {
  return [span('day P/L ', 'label'), span(text, 'stale')]
}

/** `points:2` and `profit:2` are the figures of the third row. */
function figureOf(id: string, view: ScreenView): MoneyView | null {
  const position = view.positions[Number(id.slice(id.indexOf(':') + 1))]
  if (position === undefined) return null
  return id.startsWith('points:') ? position.points : position.profit
}

function isSameFigure(one: MoneyView | null, other: MoneyView | null): boolean {
  return one === other || (one !== null && other !== null && one.text === other.text && one.tone === other.tone)
}

function left(line: Line): SlotContent {
  return { align: 'left', lines: [line] }
}

function right(line: Line): SlotContent {
  return { align: 'right', lines: [line] }
}

function centre(line: Line): SlotContent {
  return { align: 'centre', lines: [line] }
}
