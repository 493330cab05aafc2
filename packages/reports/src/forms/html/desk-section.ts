import { grouped, msText } from '../../figures.ts'
import type { Report } from '../../report.ts'
import { wallClock } from '../wall-clock.ts'
import { html, type Markup } from './markup.ts'
import { neutral, said } from './shown.ts'

/** What the journal tells: presses, latency, the guard. null without any of it. */
export function deskSection(report: Report): Markup | null {
  const { presses, latency, guardEvents } = report
  if (presses === null && latency === null && guardEvents.length === 0) return null
  return html`<section aria-labelledby="desk"><h2 id="desk">At the desk</h2>${pressTable(report)}${latencyTable(report)}${guardList(report)}</section>`
}

function pressTable({ presses }: Report): Markup | null {
  if (presses === null) return null
  const row = (outcome: string, code: string | null, count: number): Markup =>
    html`<tr><th scope="row">${outcome}</th><td class="name">${code === null ? null : said(code)}</td><td class="n">${grouped(String(count))}</td></tr>`
  return html`<table><thead><tr><th scope="col">Presses</th><th scope="col">Why</th><th scope="col" class="n">Count</th></tr></thead><tbody>${row('Entries', null, presses.entries)}${row('Filled', null, presses.filled)}${[
    ...presses.denied,
  ].map(([code, count]) =>
    row('Denied by the guard', code, count),
  )}${[...presses.rejected].map(([code, count]) => row('Rejected by the broker', code, count))}${row('Unresolved', null, presses.unresolved)}</tbody></table>`
}

function latencyTable({ latency }: Report): Markup | null {
  if (latency === null) return null
  const ms = (value: number | null): Markup => neutral(value === null ? null : msText(value))
  return html`<h3>From the key, in milliseconds; ${grouped(String(latency.orders))} orders</h3><table><thead><tr><th scope="col">Step</th><th scope="col" class="n">p50</th><th scope="col" class="n">p95</th><th scope="col" class="n">p99</th></tr></thead><tbody>${latency.steps.map(
    ({ step, p50Ms, p95Ms, p99Ms }) =>
      html`<tr><th scope="row">${step}</th><td class="n">${ms(p50Ms)}</td><td class="n">${ms(p95Ms)}</td><td class="n">${ms(p99Ms)}</td></tr>`,
  )}</tbody></table>`
}

/** More events than this say nothing more. Our choice. */
const MOST_EVENTS = 200

function guardList({ guardEvents, account }: Report): Markup | null {
  if (guardEvents.length === 0) return null
  const clock = wallClock(account.zone)
  const shown = guardEvents.slice(0, MOST_EVENTS)
  return html`<h3>Guard</h3>${
    shown.length < guardEvents.length
      ? html`<p class="quiet">The first ${shown.length} of ${guardEvents.length}.</p>`
      : null
  }<ul class="findings">${shown.map(
    ({ atMs, code, words }) =>
      html`<li><small>${clock.stamp(atMs).slice(0, 19).replace('T', ' ')}</small> ${said(code)}: ${said(words)}</li>`,
  )}</ul>`
}
