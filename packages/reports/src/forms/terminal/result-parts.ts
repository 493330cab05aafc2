import type { Decimal } from '@scalpdesk/sdk'
import { grouped, meanText, moneyText, percentText, ratioText, signed, tradeCount } from '../../figures.ts'
import { plainWords } from '../plain-words.ts'
import { durationText, zoneText } from '../wall-clock.ts'
import { type Given, toned } from './screen-part.ts'
import { fitted, padded } from './text-width.ts'

export function heading({ report, width, paint }: Given): readonly string[] {
  const { account, span, statistics } = report
  const days = span.from === span.to ? span.from : `${span.from} to ${span.to}`
  const name = account.name === null ? '' : ` ${plainWords(account.name)}`
  const who = `Report ${days}  ${account.environment.toUpperCase()}  ${plainWords(account.id)}${name}  ${plainWords(zoneText(account.zone))}`
  const net = toned(statistics.all.net, value => moneyText(value, account.currency))
  return [
    paint('strong', fitted(who, width)),
    `Net ${net.look === null ? net.text : paint(net.look, net.text)} ${plainWords(account.currency)} of ${tradeCount(statistics.all.trades)}`,
  ]
}

export function keyFigures({ report, paint, clock }: Given): readonly string[] {
  const { all, drawdown } = report.statistics
  const { currency } = report.account
  const { winRate } = all
  const mean = (value: Decimal | null): string => (value === null ? '–' : grouped(signed(meanText(value, currency))))
  const money = (value: Decimal | null): string => (value === null ? '–' : grouped(signed(moneyText(value, currency))))
  const ratio = (value: Decimal | null): string => (value === null ? '–' : ratioText(value))
  const rate =
    winRate === null
      ? '–'
      : `${percentText(winRate.share)} (${percentText(winRate.low)} to ${percentText(winRate.high)})`
  const lines: readonly (readonly [string, string, string, string])[] = [
    ['Won · lost · even', `${all.won} · ${all.lost} · ${all.even}`, 'Win rate (95%)', rate],
    ['Expectancy', mean(all.expectancy), 'Expectancy R', ratio(all.expectancyR)],
    ['Average win', mean(all.averageWin), 'Average loss', mean(all.averageLoss)],
    ['Largest win', money(all.largestWin), 'Largest loss', money(all.largestLoss)],
    ['Profit factor', ratio(all.profitFactor), 'Drawdown', money(drawdown?.amount ?? null)],
    ['Longest run won', String(all.longestWins), 'Longest run lost', String(all.longestLosses)],
    [
      'Mean held',
      all.meanHeldMs === null ? '–' : durationText(all.meanHeldMs),
      'Cost of delay',
      money(report.latency?.costOfDelay ?? null),
    ],
  ]
  const shown = lines.map(
    ([one, first, other, second]) =>
      `  ${padded(one, 18, false)}${padded(first, 14, true)}   ${padded(other, 18, false)}${second}`,
  )
  if (drawdown) {
    const { fromMs, toMs, recoveredMs } = drawdown
    const time = (atMs: number): string => `${clock.day(atMs)} ${clock.time(atMs)}`
    const back = recoveredMs === null ? 'not made good' : `made good in ${durationText(recoveredMs - fromMs)}`
    shown.push(paint('quiet', `  Drawdown from ${time(fromMs)} to ${time(toMs)}, ${back}`))
  }
  return all.isSmall ? [...shown, paint('quiet', '  Fewer than 30 trades: the shares say little.')] : shown
}
