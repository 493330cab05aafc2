import type { Decimal } from '@scalpdesk/sdk'
import { exactText, grouped, moneyText, msText, ratioText } from '../../figures.ts'
import type { Excursion, Trade, TradeDeal } from '../../trade.ts'
import { plainLines, plainWords } from '../plain-words.ts'
import { originWords } from '../tables/trade-table.ts'
import type { WallClock } from '../wall-clock.ts'
import { fact } from './key-figures.ts'
import { html, type Markup } from './markup.ts'
import { money, neutral, said, toned, UNKNOWN } from './shown.ts'

/** What the row of a trade has no room for: deals, charges, what was risked and missed, remarks. What is not known is left out. */
export function tradeFacts(trade: Trade, currency: string, clock: WallClock): Markup {
  return html`<dl class="facts">${knownFacts(trade, currency).map(([name, value]) => fact(name, value))}</dl>${dealTable(trade, currency, clock)}${
    trade.tags.length === 0 ? null : html`<p><small>Tags</small> ${trade.tags.map(tag => html`${said(tag)} `)}</p>`
  }${trade.notes.map(note => html`<p class="words"><bdi>${plainLines(note)}</bdi></p>`)}`
}

type Fact = readonly [name: string, value: Markup]

function knownFacts(trade: Trade, currency: string): readonly Fact[] {
  const known = <T>(name: string, value: T | null, shown: (value: T) => Markup): readonly Fact[] =>
    value === null ? [] : [[name, shown(value)]]
  const exact = (value: Decimal): Markup => neutral(exactText(value))
  const points = (value: Decimal): Markup => toned(exactText(value))
  const amount = (value: Decimal): Markup => neutral(moneyText(value, currency))
  return [
    ...known('Stop', trade.stopLevel, exact),
    ...known('Limit', trade.limitLevel, exact),
    ...known('Risk', trade.risk, amount),
    ...known('MAE', told(trade.against), one => excursion(one, currency)),
    ...known('MFE', told(trade.inFavour), one => excursion(one, currency)),
    ...known('Left', trade.left, amount),
    ...known('Slippage in', trade.entrySlippage, points),
    ...known('Slippage out', trade.exitSlippage, points),
    ...known('Spread', trade.spread, value => money(value, currency)),
    ...known('Own result', trade.ownResult, own => html`${money(own.amount, own.currency)} ${own.currency}`),
    ...trade.charges.map((charge): Fact => [charge.cause, money(charge.amount, currency)]),
    ['Opened by', said(originWords(trade.by))],
    ...known('Preset', trade.preset, said),
    ...trade.latency.map(({ step, ms }): Fact => [`${plainWords(step)}, ms`, neutral(msText(ms))]),
  ]
}

function told(one: Excursion): Excursion | null {
  return one.points === null && one.money === null && one.r === null ? null : one
}

function excursion({ points, money: amount, r, isWhole }: Excursion, currency: string): Markup {
  return html`${toned(points === null ? null : exactText(points))}<small>${
    amount === null ? null : html`${money(amount, currency)} ${currency}`
  }${r === null ? null : html` · ${ratioText(r)} R`}${isWhole ? null : ' · prices missed'}</small>`
}

function dealTable(trade: Trade, currency: string, clock: WallClock): Markup {
  const row = (part: string, deal: TradeDeal): Markup =>
    html`<tr><th scope="row">${part}</th><td>${deal.atMs === null ? UNKNOWN : clock.time(deal.atMs)}</td><td class="n">${grouped(exactText(deal.size))}</td><td class="n">${neutral(deal.level === null ? null : exactText(deal.level))}</td><td class="n">${
      part === 'in' ? null : money(deal.result, currency)
    }</td><td>${deal.how}</td><td>${deal.dealId === null ? UNKNOWN : said(deal.dealId)}</td></tr>`
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Deals of the trade"><table><thead><tr><th scope="col">Deal</th><th scope="col">At</th><th scope="col" class="n">Size</th><th scope="col" class="n">Level</th><th scope="col" class="n">Result</th><th scope="col">How</th><th scope="col">Id</th></tr></thead><tbody>${trade.entries.map(
    deal => row('in', deal),
  )}${trade.exits.map(deal => row('out', deal))}</tbody></table></div>`
}
