import { grouped } from '../../figures.ts'
import type { Report } from '../../report.ts'
import { html, type Markup } from './markup.ts'

/** What the figures were taken from. */
export function sourceLine({ sources }: Report): Markup {
  if (sources.length === 0) return html`No source was read.`
  return html`Taken from ${sources.map(
    ({ source, rows, isComplete }, at) =>
      html`${at === 0 ? null : ', '}${source} (${grouped(String(rows))} rows${isComplete ? null : ', not complete'})`,
  )}. Print this page to get a PDF.`
}
