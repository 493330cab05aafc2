import { grouped, moneyText, percentText, ratioText, tradeCount } from '../../figures.ts'
import type { Report } from '../../report.ts'
import { durationText, wallClock } from '../wall-clock.ts'
import { html, type Markup } from './markup.ts'
import { count, mean, money, ratio, toned, UNKNOWN } from './shown.ts'

/** What a trader looks at first, after the net. */
export function keyFigures(report: Report): Markup {
  const { all, drawdown } = report.statistics
  const { currency, zone } = report.account
  const clock = wallClock(zone)
  const { winRate } = all
  return html`<dl class="facts">${fact('Trades', html`${count(all.trades)}<small>${count(all.won)} won, ${count(all.lost)} lost, ${count(all.even)} even</small>`)}${fact(
    'Win rate',
    winRate === null
      ? UNKNOWN
      : html`${percentText(winRate.share)}<small>95%: ${percentText(winRate.low)} to ${percentText(winRate.high)}</small>`,
  )}${fact('Expectancy', html`${mean(all.expectancy, currency)}${all.expectancyR === null ? null : html`<small>${ratioText(all.expectancyR)} R</small>`}`)}${fact('Profit factor', ratio(all.profitFactor))}${fact(
    'Average win · loss',
    html`${mean(all.averageWin, currency)}<small>${mean(all.averageLoss, currency)}</small>`,
  )}${fact('Largest win · loss', html`${money(all.largestWin, currency)}<small>${money(all.largestLoss, currency)}</small>`)}${fact(
    'Longest run',
    html`${count(all.longestWins)} won<small>${count(all.longestLosses)} lost</small>`,
  )}${fact(
    'Drawdown',
    drawdown === null
      ? UNKNOWN
      : html`${toned(moneyText(drawdown.amount, currency))}<small>${clock.stamp(drawdown.fromMs).slice(5, 16).replace('T', ' ')}, ${
          drawdown.recoveredMs === null
            ? 'not made good'
            : html`made good in ${durationText(drawdown.recoveredMs - drawdown.fromMs)}`
        }</small>`,
  )}${fact('Mean held', all.meanHeldMs === null ? UNKNOWN : html`${durationText(all.meanHeldMs)}`)}${
    report.latency === null ? null : fact('Cost of delay', money(report.latency.costOfDelay, currency))
  }</dl>${all.isSmall ? html`<p><small>Fewer than 30 trades: the shares say little.</small></p>` : null}`
}

/** The headline: what the trades brought, charges included. */
export function headline(report: Report): Markup {
  const { currency } = report.account
  const { opening, closing } = report.bridge
  return html`<p class="net">${money(report.statistics.all.net, currency)} <small>${currency} net of ${tradeCount(report.statistics.all.trades)}</small></p>${
    opening === null || closing === null
      ? null
      : html`<p class="quiet">Balance ${grouped(moneyText(opening, currency))} → ${grouped(moneyText(closing, currency))}</p>`
  }`
}

export function fact(name: string, value: Markup): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`
}
