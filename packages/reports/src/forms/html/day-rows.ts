import type { Report } from '../../report.ts'
import { html, type Markup } from './markup.ts'
import { count, money } from './shown.ts'

/** The days with their figures; folded where there are many. */
export function dayRows({ days, account: { currency } }: Report): Markup {
  const table = html`<div class="scroll" role="group" tabindex="0" aria-label="Days"><table><thead><tr><th scope="col">Day</th><th scope="col" class="n">Trades</th><th scope="col" class="n">Won</th><th scope="col" class="n">Lost</th><th scope="col" class="n">Change</th><th scope="col" class="n">of it charges</th><th scope="col" class="n">Drawdown</th></tr></thead><tbody>${days.map(
    line =>
      html`<tr><th scope="row" class="day">${line.day}</th><td class="n">${count(line.trades)}</td><td class="n">${count(line.won)}</td><td class="n">${count(line.lost)}</td><td class="n">${money(line.change, currency)}</td><td class="n">${money(line.charges, currency)}</td><td class="n">${money(line.drawdown, currency)}</td></tr>`,
  )}</tbody></table></div>`
  return days.length > MOST_OPEN_DAYS ? html`<details><summary>${days.length} days</summary>${table}</details>` : table
}

/** A month of trading days. Our choice. */
const MOST_OPEN_DAYS = 31
