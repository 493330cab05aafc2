import type { Decimal } from '@scalpdesk/sdk'
import { percentText } from '../../figures.ts'
import type { Group } from '../../statistics.ts'
import { html, type Markup } from './markup.ts'
import { percent } from './scale.ts'
import { count, mean, money, neutral, said, UNKNOWN } from './shown.ts'

/** Beyond this the rest is left to the other forms. Our choice. */
const MOST_GROUPS = 40

/** Results of groups of trades: a bar from the middle, and the figures that it is drawn from. */
export function groupBars(title: string, what: string, groups: readonly Group[], currency: string): Markup {
  if (groups.length === 0) return html`<p class="quiet">No trade with a known ${what.toLowerCase()}.</p>`
  const shown = groups.slice(0, MOST_GROUPS)
  const most = largest(shown.map(group => group.statistics.net))
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${title}"><table>${
    groups.length > shown.length
      ? html`<caption>The first ${shown.length} of ${groups.length}; all are in the other forms.</caption>`
      : null
  }<thead><tr><th scope="col">${what}</th><th scope="col" class="bar"><span class="quiet">loss · gain</span></th><th scope="col" class="n">Net</th><th scope="col" class="n">Trades</th><th scope="col" class="n">Win rate</th><th scope="col" class="n">Mean net</th></tr></thead><tbody>${shown.map(
    ({ key, statistics }) =>
      html`<tr><th scope="row" class="name">${said(key)}</th><td class="bar">${bar(statistics.net, most)}</td><td class="n">${money(statistics.net, currency)}</td><td class="n">${count(statistics.trades)}</td><td class="n">${
        statistics.winRate === null ? UNKNOWN : neutral(percentText(statistics.winRate.share))
      }</td><td class="n">${mean(statistics.expectancy, currency)}</td></tr>`,
  )}</tbody></table></div>`
}

export function largest(all: readonly Decimal[]): number {
  return Math.max(0, ...all.map(one => one.abs().toNumber()))
}

/** The figure stands beside it: to a reader of the page aloud the bar says nothing more. */
export function bar(value: Decimal, most: number): Markup {
  const share = most === 0 ? 0 : Math.abs(value.toNumber()) / most / 2
  const x = value.lt(0) ? 0.5 - share : 0.5
  return html`<svg height="18" aria-hidden="true"><rect class="${value.lt(0) ? 'lost' : 'won'}" x="${percent(x)}" y="3" width="${percent(share)}" height="12"/><line class="zero" x1="50%" x2="50%" y1="0" y2="18"/></svg>`
}
