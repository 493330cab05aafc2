import type { Report } from '../../report.ts'
import { html, type Markup } from './markup.ts'
import { said } from './shown.ts'

/** What the trader wrote about the days, day by day; null: nothing. */
export function dayNotes({ days }: Report): Markup | null {
  const noted = days.filter(({ notes }) => notes.length > 0)
  if (noted.length === 0) return null
  return html`${noted.map(
    ({ day, notes }) =>
      html`<h3>Notes of ${day}</h3><ul>${notes.map(note => html`<li class="words">${said(note)}</li>`)}</ul>`,
  )}`
}
