import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { SAMPLE_REPORT } from './sample-report.ts'

const sum = (all: readonly (Decimal | null)[]): Decimal =>
  all.reduce<Decimal>((total, one) => total.plus(one ?? 0), new Decimal(0))

it('is a day whose parts reach its closing balance', () => {
  const { opening, closing, parts } = SAMPLE_REPORT.bridge
  expect(
    sum([opening, ...parts.map(part => part.amount)])
      .minus(closing ?? 0)
      .toString(),
  ).toBe('0')
})

it('is a day whose trades, groups, curve and statistics have the same net', () => {
  const { statistics, trades } = SAMPLE_REPORT
  const closed = trades.filter(trade => trade.closedAtMs !== null)
  expect(sum(closed.map(trade => trade.net)).toString()).toBe('18.52')
  expect(statistics.all.net.toString()).toBe('18.52')
  expect(statistics.curve.at(-1)?.sum.toString()).toBe('18.52')
  for (const groups of [statistics.byHour, statistics.byMarket, statistics.byWeekday, statistics.bySide])
    expect(sum(groups.map(group => group.statistics.net)).toString()).toBe('18.52')
})
