import type { DayLine, Report } from '../../report.ts'
import { largest } from './group-bars.ts'
import { html, type Markup } from './markup.ts'
import { money, toneOf } from './shown.ts'

/** A leaf for each month in which anything happened: each day with its change and its number of trades. */
export function calendar(report: Report): Markup {
  const months = [...new Set(report.days.map(line => line.day.slice(0, 7)))]
  const much = largest(report.days.map(line => line.change)) / 2
  const lines = new Map(report.days.map(line => [line.day, line]))
  return html`<div class="months">${months.map(month => leaf(month, lines, much, report.account.currency))}</div>`
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const DAY_MS = 86_400_000

function leaf(month: string, lines: ReadonlyMap<string, DayLine>, much: number, currency: string): Markup {
  return html`<table class="calendar"><caption>${month}</caption><thead><tr>${WEEKDAYS.map(
    name => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${weeksOf(month).map(
    week =>
      html`<tr>${week.map(day => {
        const line = lines.get(day)
        if (!day.startsWith(month)) return html`<td></td>`
        const number = Number(day.slice(8))
        if (line === undefined) return html`<td><b>${number}</b></td>`
        const tone = toneOf(line.change.toFixed())
        return html`<td class="${line.change.abs().toNumber() > much ? `much ${tone}` : tone}"><b>${number}</b>${money(line.change, currency)}<br>${line.trades}×</td>`
      })}</tr>`,
  )}</tbody></table>`
}

/** Whole weeks, Monday first, that hold all days of a month. */
function weeksOf(month: string): readonly (readonly string[])[] {
  const firstMs = Date.parse(`${month}-01T00:00:00Z`)
  // 1 January 1970 was a Thursday.
  const weekday = (((firstMs / DAY_MS + 3) % 7) + 7) % 7
  const weeks: string[][] = []
  for (let atMs = firstMs - weekday * DAY_MS; weeks.length === 0 || dayOf(atMs).startsWith(month); atMs += 7 * DAY_MS)
    weeks.push(WEEKDAYS.map((_, day) => dayOf(atMs + day * DAY_MS)))
  return weeks
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}
