import { exactText, grouped, ratioText, tradeCount } from '../../figures.ts'
import type { Report } from '../../report.ts'
import type { Trade } from '../../trade.ts'
import { type DrawnPrices, windowOf } from '../drawn-prices.ts'
import { chargesOf } from '../tables/trade-table.ts'
import { durationText, type WallClock, wallClock } from '../wall-clock.ts'
import { listedTrades } from './listed-trades.ts'
import { html, type Markup } from './markup.ts'
import { money, neutral, said, toned, UNKNOWN } from './shown.ts'
import { tradeDrawing } from './trade-drawing.ts'
import { tradeFacts } from './trade-facts.ts'

/** So many trades are shown unfolded; a longer list is folded. Our choice. */
const MOST_OPEN_ROWS = 60
const MOST_OPEN_DRAWINGS = 12
/** Beyond two months of days the list is folded by month. Our choice. */
const MOST_DAYS = 62

/** Every trade in a row, and below each drawn on its prices with all that is known of it. */
export function tradeList(report: Report, prices: readonly DrawnPrices[]): Markup {
  const clock = wallClock(report.account.zone)
  const listed = listedTrades(report.trades)
  const hasMonths = report.days.length > MOST_DAYS
  const folds = Map.groupBy(listed, trade => foldOf(trade, clock, hasMonths))
  const numbers = new Map(report.trades.map((trade, at) => [trade, at + 1]))
  const given: Given = { report, prices, clock, numbers, hasMonths, isFew: listed.length <= MOST_OPEN_DRAWINGS }
  return html`${
    listed.length === report.trades.length
      ? null
      : html`<p>The ${grouped(String(listed.length))} trades that won or lost most, of ${grouped(String(report.trades.length))}: all are in the CSV, JSON and XLSX forms.</p>`
  }${[...folds].map(
    ([fold, trades]) =>
      html`<details${listed.length <= MOST_OPEN_ROWS ? html` open` : null}><summary>${fold} · ${tradeCount(trades.length)}${changeOf(fold, report)}</summary>${tradeRows(trades, given)}<h3>Drawn on their prices</h3><p class="quiet">The band is bid to offer, open where prices were missed. ▲ bought, ▼ sold; hollow is an entry, full an exit.</p><div class="drawings">${trades.map(
        trade => drawn(trade, given),
      )}</div></details>`,
  )}`
}

function changeOf(day: string, { days, account: { currency } }: Report): Markup | null {
  const line = days.find(one => one.day === day)
  return line === undefined ? null : html` · ${money(line.change, currency)}`
}

interface Given {
  readonly report: Report
  readonly prices: readonly DrawnPrices[]
  readonly clock: WallClock
  readonly numbers: ReadonlyMap<Trade, number>
  readonly hasMonths: boolean
  readonly isFew: boolean
}

function foldOf(trade: Trade, clock: WallClock, hasMonths: boolean): string {
  const atMs = trade.openedAtMs ?? trade.closedAtMs
  if (atMs === null) return 'Day not known'
  return hasMonths ? clock.day(atMs).slice(0, 7) : clock.day(atMs)
}

function tradeRows(trades: readonly Trade[], { report, clock, numbers, hasMonths }: Given): Markup {
  const { currency } = report.account
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Trades"><table class="trades"><thead><tr><th scope="col" class="n">#</th><th scope="col">Opened</th><th scope="col">Held</th><th scope="col">Market</th><th scope="col">Side</th><th scope="col" class="n">Size</th><th scope="col" class="n">Entry</th><th scope="col" class="n">Exit</th><th scope="col" class="n">Points</th><th scope="col" class="n">Result</th><th scope="col" class="n">Charges</th><th scope="col" class="n">Net</th><th scope="col" class="n">R</th></tr></thead><tbody>${trades.map(
    trade => {
      const exact = (value: Trade['points']): string | null => (value === null ? null : exactText(value))
      return html`<tr><th scope="row" class="n"><a href="#t${numbers.get(trade) ?? 0}">${numbers.get(trade) ?? 0}</a></th><td class="day">${
        trade.openedAtMs === null ? UNKNOWN : openedText(trade.openedAtMs, clock, hasMonths)
      }</td><td class="day">${heldWords(trade)}</td><td class="name">${said(trade.marketName)}</td><td>${trade.direction}</td><td class="n">${grouped(exactText(trade.size))}</td><td class="n">${neutral(exact(trade.entryLevel))}</td><td class="n">${neutral(exact(trade.exitLevel))}</td><td class="n">${toned(exact(trade.points))}</td><td class="n">${money(trade.result, currency)}</td><td class="n">${
        trade.charges.length === 0 ? null : money(chargesOf(trade), currency)
      }</td><td class="n">${money(trade.net, currency)}</td><td class="n">${toned(trade.r === null ? null : ratioText(trade.r))}</td></tr>`
    },
  )}</tbody></table></div>`
}

function openedText(atMs: number, clock: WallClock, hasMonths: boolean): string {
  return hasMonths ? `${clock.day(atMs).slice(5)} ${clock.time(atMs)}` : clock.time(atMs)
}

function heldWords(trade: Trade): Markup {
  if (trade.heldMs !== null) return html`${durationText(trade.heldMs)}`
  return trade.closedAtMs === null ? html`open` : UNKNOWN
}

function drawn(trade: Trade, { report, prices, clock, numbers, isFew }: Given): Markup {
  const window = windowOf(trade, prices)
  const { currency } = report.account
  const number = numbers.get(trade) ?? 0
  return html`<details class="drawn" id="t${number}"${isFew ? html` open` : null}><summary><b>${number}</b> ${trade.direction} ${grouped(exactText(trade.size))} ${said(trade.marketName)} ${money(trade.net, currency)}</summary>${
    window === null
      ? html`<p class="quiet">No recorded prices of it.</p>`
      : html`<figure>${tradeDrawing(trade, window, clock)}</figure>`
  }${tradeFacts(trade, currency, clock)}</details>`
}
