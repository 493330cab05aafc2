import type { Decimal } from '@scalpdesk/sdk'
import { Exact, plain } from '../exact.ts'
import type { TradeStatistics } from '../statistics.ts'
import type { Trade } from '../trade.ts'
import type { Scale } from './exact-sum.ts'
import { wilson } from './wilson.ts'

/** A trade that is over and whose net is known, in the order of the ends. */
export interface Ended {
  readonly trade: Trade
  readonly closedAtMs: number
  /** Of the scale. */
  readonly units: bigint
}

/** Below it the shares say little (our choice). */
export const SMALL_SAMPLE = 30

/** @param ended in the order in which they ended */
export function tradeStatistics(ended: readonly Ended[], scale: Scale): TradeStatistics {
  let [wonUnits, lostUnits, largestWin, largestLoss] = [0n, 0n, 0n, 0n]
  let [won, lost, winsInARow, lossesInARow, longestWins, longestLosses] = [0, 0, 0, 0, 0, 0]
  let [heldMs, held, withR] = [0, 0, 0]
  let sumR: Decimal = new Exact(0)
  for (const { trade, units } of ended) {
    winsInARow = units > 0n ? winsInARow + 1 : 0
    lossesInARow = units < 0n ? lossesInARow + 1 : 0
    if (units > 0n) {
      won++
      wonUnits += units
      if (units > largestWin) largestWin = units
      if (winsInARow > longestWins) longestWins = winsInARow
    } else if (units < 0n) {
      lost++
      lostUnits += units
      if (units < largestLoss) largestLoss = units
      if (lossesInARow > longestLosses) longestLosses = lossesInARow
    }
    if (trade.heldMs !== null) {
      heldMs += trade.heldMs
      held++
    }
    if (trade.r) {
      sumR = sumR.plus(trade.r)
      withR++
    }
  }
  const { amountOf } = scale
  const net = amountOf(wonUnits + lostUnits)
  const mean = (sum: Decimal, count: number, digits: number): Decimal | null =>
    count === 0 ? null : plain(new Exact(sum).div(count).toDecimalPlaces(digits))
  return {
    trades: ended.length,
    won,
    lost,
    even: ended.length - won - lost,
    net,
    winRate: wilson(won, ended.length),
    expectancy: mean(net, ended.length, MEAN_DIGITS),
    expectancyR: mean(sumR, withR, MEAN_DIGITS),
    profitFactor:
      lost === 0 ? null : plain(new Exact(amountOf(wonUnits)).div(amountOf(-lostUnits)).toDecimalPlaces(MEAN_DIGITS)),
    averageWin: mean(amountOf(wonUnits), won, MEAN_DIGITS),
    averageLoss: mean(amountOf(lostUnits), lost, MEAN_DIGITS),
    largestWin: won === 0 ? null : amountOf(largestWin),
    largestLoss: lost === 0 ? null : amountOf(largestLoss),
    longestWins,
    longestLosses,
    meanHeldMs: held === 0 ? null : Math.round(heldMs / held),
    isSmall: ended.length < SMALL_SAMPLE,
  }
}

/** Of means and ratios, which seldom end. Our choice. */
const MEAN_DIGITS = 4
