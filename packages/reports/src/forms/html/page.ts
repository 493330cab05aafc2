import { createHash } from 'node:crypto'
import type { Report } from '../../report.ts'
import type { DrawnPrices } from '../drawn-prices.ts'
import { plainWords } from '../plain-words.ts'
import { zoneText } from '../wall-clock.ts'
import { bridgeTable } from './bridge-table.ts'
import { calendar } from './calendar.ts'
import { dayNotes } from './day-notes.ts'
import { dayRows } from './day-rows.ts'
import { deskSection } from './desk-section.ts'
import { equityCharts } from './equity-chart.ts'
import { notes, redFindings } from './finding-sections.ts'
import { groupBars } from './group-bars.ts'
import { histogram, holdingBins, rBins } from './histogram.ts'
import { headline, keyFigures } from './key-figures.ts'
import { html, type Markup } from './markup.ts'
import { PAGE_STYLE } from './page-style.ts'
import { said } from './shown.ts'
import { sourceLine } from './source-line.ts'
import { tradeList } from './trade-list.ts'
import { whatIfSection } from './what-if-section.ts'

export interface PageOptions {
  /** Quotes on which the trades are drawn; without those of a market its trades have no drawing. */
  readonly prices?: readonly DrawnPrices[]
}

/**
 * The report as one page that needs nothing else: no network, no script, charts drawn in it. Its policy allows only its own style, so that
 * nothing is loaded even if words of others were taken for markup, which they are not.
 * @see W3C Content Security Policy Level 3, section 6.1 "Fetch Directives"; WHATWG HTML, section 4.2.5.3 "http-equiv"
 */
export function htmlText(report: Report, { prices = [] }: PageOptions = {}): string {
  const style = createHash('sha256').update(PAGE_STYLE).digest('base64')
  const { account, span } = report
  const days = span.from === span.to ? span.from : `${span.from} to ${span.to}`
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${{ markup: style }}'; base-uri 'none'; form-action 'none'"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><title>${days} · ${plainWords(account.id)} · Scalpdesk report</title><style>${{ markup: PAGE_STYLE }}</style></head>
<body><header><h1>Trading report ${days} <span class="badge ${account.environment}">${account.environment}</span></h1><p class="quiet">Account ${said(account.id)}${
    account.name === null ? null : html` · ${said(account.name)}`
  } · ${account.currency} · days and times in ${zoneText(account.zone)}</p></header>
<main>
<section class="head" aria-label="Result">${headline(report)}</section>
${redFindings(report)}
<section aria-labelledby="key"><h2 id="key">Key figures</h2>${keyFigures(report)}</section>
<div class="pair">
<section aria-labelledby="bridge"><h2 id="bridge">Balance, every cent</h2>${bridgeTable(report)}</section>
<section aria-labelledby="equity"><h2 id="equity">Equity curve</h2>${equityCharts(report)}</section>
</div>
${groupSections(report)}
${report.days.length > 1 ? html`<section aria-labelledby="calendar"><h2 id="calendar">Calendar</h2>${calendar(report)}</section>` : null}
<section aria-labelledby="days"><h2 id="days">Days</h2>${dayRows(report)}${dayNotes(report)}</section>
<section aria-labelledby="trades"><h2 id="trades">Trades</h2>${tradeList(report, prices)}</section>
${whatIfSection(report)}
${deskSection(report)}
${notes(report)}
</main>
<footer><p class="quiet">${sourceLine(report)}</p></footer></body></html>
`.markup
}

function groupSections({ statistics, trades, account: { currency } }: Report): Markup {
  const bars = (id: string, title: string, what: string, groups: typeof statistics.byHour): Markup =>
    html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${groupBars(title, what, groups, currency)}</section>`
  return html`<div class="pair">
${bars('hour', 'By hour', 'Hour', statistics.byHour)}
${bars('market', 'By market', 'Market', statistics.byMarket)}
<section aria-labelledby="r"><h2 id="r">Results in R</h2>${histogram('Results in R', rBins(trades))}</section>
<section aria-labelledby="held"><h2 id="held">Holding time</h2>${histogram('Holding time', holdingBins(trades))}</section>
${bars('weekday', 'By weekday', 'Weekday', statistics.byWeekday)}
${bars('preset', 'By preset', 'Preset', statistics.byPreset)}
${bars('side', 'By side', 'Side', statistics.bySide)}
${bars('holding', 'By holding time', 'Held', statistics.byHolding)}
${statistics.byTag.length === 0 ? null : bars('tag', 'By tag', 'Tag', statistics.byTag)}
</div>`
}
