import { exactText, grouped } from '../../figures.ts'
import type { HypotheticalRun } from '../../hypothesis.ts'
import type { Report } from '../../report.ts'
import { wallClock } from '../wall-clock.ts'
import { html, type Markup } from './markup.ts'
import { money, said } from './shown.ts'

/** More trades than this say nothing more. Our choice. */
const MOST_TRADES = 1_000

/** What would have been, marked as such in its heading, its badge and its label. null: it was not asked. */
export function whatIfSection(report: Report): Markup | null {
  const { hypothesis, account } = report
  if (hypothesis === null) return null
  const { label, asDealt, changed, difference, leftOut } = hypothesis
  const run = (name: string, { trades, won, lost, notOpened, net }: HypotheticalRun): Markup =>
    html`<tr><th scope="row">${name}</th><td class="n">${grouped(String(trades.length))}</td><td class="n">${grouped(String(won))}</td><td class="n">${grouped(String(lost))}</td><td class="n">${grouped(String(notOpened))}</td><td class="n">${money(net, account.currency)}</td></tr>`
  return html`<section aria-labelledby="what-if"><h2 id="what-if">What if <span class="badge">hypothetical</span></h2><p><strong>${label}.</strong> Slippage, requotes and charges are not part of it: compare it with the same trades by the same engine, not with the results above.</p><table><thead><tr><th scope="col">Hypothetical run</th><th scope="col" class="n">Trades</th><th scope="col" class="n">Won</th><th scope="col" class="n">Lost</th><th scope="col" class="n">Not opened</th><th scope="col" class="n">Net</th></tr></thead><tbody>${run('As dealt', asDealt)}${run('Changed', changed)}<tr><th scope="row">Difference</th><td></td><td></td><td></td><td></td><td class="n">${money(difference, account.currency)}</td></tr></tbody></table>${tradeTable(report, changed)}${
    leftOut.length === 0
      ? null
      : html`<details><summary>Left out: ${grouped(String(leftOut.length))}</summary><ul class="findings">${leftOut
          .slice(0, MOST_TRADES)
          .map(({ id, words }) => html`<li>${said(id)}: ${said(words)}</li>`)}</ul></details>`
  }</section>`
}

function tradeTable({ account }: Report, { trades }: HypotheticalRun): Markup | null {
  if (trades.length === 0) return null
  const clock = wallClock(account.zone)
  const at = (atMs: number): string => `${clock.day(atMs)} ${clock.time(atMs)}`
  return html`<details><summary>Hypothetical trades: ${grouped(String(trades.length))}</summary><div class="scroll" tabindex="0" role="group" aria-label="Hypothetical trades"><table><thead><tr><th scope="col">Market</th><th scope="col">Side</th><th scope="col" class="n">Size</th><th scope="col">Opened</th><th scope="col" class="n">Entry</th><th scope="col">Closed</th><th scope="col" class="n">Exit</th><th scope="col">How</th><th scope="col" class="n">Result</th></tr></thead><tbody>${trades
    .slice(0, MOST_TRADES)
    .map(
      each =>
        html`<tr><td class="name">${said(each.epic)}</td><td>${each.direction}</td><td class="n">${grouped(exactText(each.size))}</td><td>${at(each.openedAtMs)}</td><td class="n">${grouped(exactText(each.entryLevel))}</td><td>${at(each.closedAtMs)}</td><td class="n">${grouped(exactText(each.exitLevel))}</td><td>${each.how}</td><td class="n">${money(each.result, account.currency)}</td></tr>`,
    )}</tbody></table></div></details>`
}
