import { moneyText } from '../../figures.ts'
import type { Finding, Report } from '../../report.ts'
import { html, type Markup } from './markup.ts'
import { said, toned } from './shown.ts'

/** Rows beyond this are counted: all are in the other forms. Our choice. */
const MOST_ROWS = 50
const MOST_FINDINGS = 200

/** Above all else: where money does not agree. */
export function redFindings({ findings }: Report): Markup | null {
  const red = findings.filter(finding => finding.severity === 'red')
  return red.length === 0 ? null : list('red', 'Does not agree', red)
}

export function notes({ findings }: Report): Markup | null {
  const all = findings.filter(finding => finding.severity === 'note')
  return all.length === 0 ? null : list('notes', 'To know', all)
}

function list(id: string, title: string, findings: readonly Finding[]): Markup {
  const shown = findings.slice(0, MOST_FINDINGS)
  return html`<section class="${id}" aria-labelledby="${id}"><h2 id="${id}">${title} (${findings.length})</h2><ul class="findings">${shown.map(
    ({ words, amount, rows }) =>
      html`<li>${
        amount === null
          ? null
          : html`<b>${toned(moneyText(amount.amount, amount.currency))} ${said(amount.currency)}</b> · `
      }${said(words)}${rows.length === 0 ? null : rowList(rows)}</li>`,
  )}</ul>${
    shown.length < findings.length
      ? html`<p class="quiet">The first ${shown.length}; all are in the CSV, JSON and XLSX forms.</p>`
      : null
  }</section>`
}

function rowList(rows: readonly string[]): Markup {
  const rest = rows.length - MOST_ROWS
  return html`<span class="rows">Rows: ${rows.slice(0, MOST_ROWS).map((row, at) => html`${at === 0 ? null : ', '}${said(row)}`)}${
    rest > 0 ? `, and ${rest} more` : null
  }</span>`
}
