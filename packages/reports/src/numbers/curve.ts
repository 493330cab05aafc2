import type { CurvePoint, Drawdown } from '../statistics.ts'
import type { Scale } from './exact-sum.ts'
import type { Ended } from './trade-statistics.ts'

/** The sum of all nets at each end. */
export function curveOf(ended: readonly Ended[], { amountOf }: Scale): readonly CurvePoint[] {
  let sum = 0n
  return ended.map(({ trade, closedAtMs, units }) => {
    sum += units
    return { atMs: closedAtMs, sum: amountOf(sum), tradeId: trade.id }
  })
}

/**
 * The deepest fall of the curve from a height before, the first of several alike. The curve begins at zero with the first trade's end, so a first
 * loss is one. null: it never fell.
 */
export function drawdownOf(ended: readonly Ended[], { amountOf }: Scale): Drawdown | null {
  let [sum, height, heightAtMs] = [0n, 0n, ended[0]?.trade.openedAtMs ?? ended[0]?.closedAtMs ?? 0]
  let worst: { amount: bigint; height: bigint; fromMs: number; toMs: number; recoveredMs: number | null } | null = null
  for (const { closedAtMs, units } of ended) {
    sum += units
    if (worst && worst.recoveredMs === null && sum >= worst.height) worst.recoveredMs = closedAtMs
    if (sum >= height) [height, heightAtMs] = [sum, closedAtMs]
    else if (sum - height < (worst?.amount ?? 0n))
      worst = { amount: sum - height, height, fromMs: heightAtMs, toMs: closedAtMs, recoveredMs: null }
  }
  if (!worst) return null
  const { amount, fromMs, toMs, recoveredMs } = worst
  return { amount: amountOf(amount), fromMs, toMs, recoveredMs }
}
