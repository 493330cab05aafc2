import type { Texts } from '../texts/texts.ts'
import { type Align, type Line, wholeFigure } from './line.ts'
import { paneFailure } from './pane-failure.ts'
import { dealLines } from './panes/deal-lines.ts'
import { guardLines } from './panes/guard-lines.ts'
import { armingLine } from './panes/header-row.ts'
import { latencyLines } from './panes/latency-lines.ts'
import { logLines } from './panes/log-lines.ts'
import { marketsTable } from './panes/markets-table.ts'
import { orderLines } from './panes/order-lines.ts'
import { moneyLine } from './panes/position-rows.ts'
import { extremeLine, freshnessLine, marketStateLine, priceLine, spreadLine } from './panes/quote-lines.ts'
import type { Room } from './panes/row.ts'
import { dayProfitLine, exposureLine, notUpdatedLine, outcomeLines } from './panes/state-lines.ts'
import { tabsLine } from './panes/tabs-line.ts'
import { figureAt, figureSlot, freshnessAt } from './position-figures.ts'
import { SILENT_AFTER_MS } from './silence.ts'
import type { ScreenView } from './view.ts'

/** What a slot shows: its lines, and where in the slot they stand. */
export interface SlotContent {
  readonly align: Align
  readonly lines: readonly Line[]
}

/** What a slot shows depends on, beside the view. */
export interface SlotMoment {
  /** How long nothing was heard from the desk. */
  readonly silentMs: number
  /** How often the words of the last outcome were turned to their next page. */
  readonly outcomeTurn: number
}

/**
 * The content of every slot that has no painter of its own. One that fails says so in its place, and the others go on.
 * @param view already silenced when the desk is not heard
 */
export function slotContent(id: string, view: ScreenView, room: Room, moment: SlotMoment, texts: Texts): SlotContent {
  try {
    return contentOf(id, view, room, moment, texts)
  } catch (error) {
    return left(paneFailure(error, texts))
  }
}

function contentOf(id: string, view: ScreenView, room: Room, moment: SlotMoment, texts: Texts): SlotContent {
  const { silentMs } = moment
  const isSilent = silentMs >= SILENT_AFTER_MS
  const { width, height } = room
  const { quote } = view
  switch (id) {
    case 'arming':
      return left(armingLine(view.arming, isSilent, texts))
    case 'dayProfit':
      return { align: 'right', lines: [dayProfitLine(view.dayProfit, isSilent, width, texts)] }
    case 'tabs':
      return left(tabsLine(view, width, texts))
    case 'outcome':
      return isSilent
        ? left(notUpdatedLine(silentMs, width, texts))
        : { align: 'left', lines: outcomeLines(view.outcome, room, moment.outcomeTurn) }
    case 'exposure':
      return left(exposureLine(view.exposure, view.workingOrders, width, texts))
    case 'bid':
      return { align: 'right', lines: [priceLine(fitting(quote.bid, width), quote.freshness)] }
    case 'offer':
      return left(priceLine(fitting(quote.offer, width), quote.freshness))
    case 'spread':
      return centre(spreadLine(quote, width, texts))
    case 'freshness':
      return centre(freshnessLine(quote, width, view.appearance.isMotionReduced, texts))
    case 'marketState':
      return left(marketStateLine(quote, width, texts))
    case 'high':
    case 'low':
      return left(extremeLine(id, quote[id], width, texts))
    case 'markets':
      return { align: 'left', lines: marketsTable(view.markets, width, height, texts) }
    case 'orders':
      return { align: 'left', lines: orderLines(view, room, texts) }
    case 'deals':
      return { align: 'left', lines: dealLines(view, room, texts) }
    case 'guard':
      return { align: 'left', lines: guardLines(view.guard, width, height, isSilent, texts) }
    case 'latency':
      return { align: 'left', lines: latencyLines(view.latencies, view.latency, width, texts) }
    case 'log':
      return { align: 'left', lines: logLines(view.log, room) }
    default: {
      const slot = figureSlot(id)
      const isOld = isSilent || freshnessAt(slot, view) !== 'live'
      return { align: 'right', lines: [moneyLine(figureAt(slot, view), width, isOld)] }
    }
  }
}

function fitting(price: string | null, width: number): string | null {
  return price === null ? null : wholeFigure(price, width)
}

function left(line: Line): SlotContent {
  return { align: 'left', lines: [line] }
}

function centre(line: Line): SlotContent {
  return { align: 'centre', lines: [line] }
}
