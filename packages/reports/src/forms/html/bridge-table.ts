import { grouped, moneyText } from '../../figures.ts'
import type { BalancePart, Report } from '../../report.ts'
import { CAUSE_NAMES } from '../tables/cause-names.ts'
import { bar, largest } from './group-bars.ts'
import { html, type Markup } from './markup.ts'
import { money, said, UNKNOWN } from './shown.ts'

/** From the opening balance to the closing one, every cent by name. */
export function bridgeTable(report: Report): Markup {
  const { opening, closing, parts } = report.bridge
  const { currency } = report.account
  const most = largest(parts.filter(isTrading).map(part => part.amount))
  const balance = (name: string, amount: typeof opening): Markup =>
    html`<tr class="strong"><th scope="row">${name}</th><td class="bar"></td><td class="n">${
      amount === null ? UNKNOWN : grouped(moneyText(amount, currency))
    }</td></tr>`
  return html`<table><thead><tr><th scope="col">What</th><th scope="col" class="bar"><span class="quiet">taken · given</span></th><th scope="col" class="n">${currency}</th></tr></thead><tbody>${balance('Opening balance', opening)}${parts.map(
    part => {
      const { cause, amount, rows } = part
      return html`<tr${cause === 'unexplained' ? html` class="red strong"` : null}><th scope="row" class="name">${CAUSE_NAMES[cause]}${
        cause === 'unexplained' && rows.length > 0
          ? html` <small>rows ${rows.map(row => html`${said(row)} `)}</small>`
          : null
      }</th><td class="bar">${isTrading(part) ? bar(amount, most) : null}</td><td class="n">${money(amount, currency)}</td></tr>`
    },
  )}${balance('Closing balance', closing)}</tbody></table>`
}

/** Money that was moved in or out is mostly far more than a day brings: a bar of it would leave the others too short to see. */
function isTrading({ cause }: BalancePart): boolean {
  return cause !== 'deposit' && cause !== 'withdrawal'
}
