import { Decimal } from '@scalpdesk/sdk'
import type { TradeStatistics } from '../statistics.ts'

/** Of nets in the order in which their trades ended: short sums for samples, apart from the ones that a report is made with. */
export function plainStatistics(nets: readonly string[]): TradeStatistics {
  const all = nets.map(net => new Decimal(net))
  const wins = all.filter(net => net.gt(0))
  const losses = all.filter(net => net.lt(0))
  const count = all.length
  return {
    trades: count,
    won: wins.length,
    lost: losses.length,
    even: count - wins.length - losses.length,
    net: sumOf(all),
    winRate: count === 0 ? null : wilson(wins.length, count),
    expectancy: meanOf(all),
    expectancyR: null,
    profitFactor: losses.length === 0 ? null : sumOf(wins).div(sumOf(losses).abs()),
    averageWin: meanOf(wins),
    averageLoss: meanOf(losses),
    largestWin: wins.length === 0 ? null : Decimal.max(...wins),
    largestLoss: losses.length === 0 ? null : Decimal.min(...losses),
    longestWins: longest(all, net => net.gt(0)),
    longestLosses: longest(all, net => net.lt(0)),
    meanHeldMs: null,
    isSmall: count < 30,
  }
}

function sumOf(all: readonly Decimal[]): Decimal {
  return all.reduce((sum, one) => sum.plus(one), new Decimal(0))
}

function meanOf(all: readonly Decimal[]): Decimal | null {
  return all.length === 0 ? null : sumOf(all).div(all.length)
}

function longest(all: readonly Decimal[], holds: (net: Decimal) => boolean): number {
  let now = 0
  let most = 0
  for (const net of all) {
    now = holds(net) ? now + 1 : 0
    most = Math.max(most, now)
  }
  return most
}

/** @see E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927 */
function wilson(won: number, count: number): { share: number; low: number; high: number } {
  const z = 1.959963984540054
  const share = won / count
  const scale = 1 + (z * z) / count
  const middle = (share + (z * z) / (2 * count)) / scale
  const half = (z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))) / scale
  return { share, low: middle - half, high: middle + half }
}
