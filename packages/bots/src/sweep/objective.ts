import type { Figures } from '../backtest/summary.ts'

/** What the best is the best in. */
export type Objective = (typeof OBJECTIVES)[number]

export const OBJECTIVES = ['net', 'net-per-drawdown', 'profit-factor', 'expectancy'] as const

/** The larger the better. A run that never dealt is worth nothing, in whatever it is measured. */
export function scoreOf(objective: Objective, figures: Figures): number {
  const { netCents, drawdownCents, profitFactor, trades } = figures
  if (trades === 0) return 0
  switch (objective) {
    case 'net':
      return netCents / 100
    case 'net-per-drawdown':
      // A run that never fell is worth its net, as if it had fallen by one unit of the currency.
      return netCents / Math.max(100, drawdownCents)
    case 'profit-factor':
      return profitFactor ?? MOST_FACTOR
    case 'expectancy':
      return netCents / 100 / trades
    default:
      return unreachable(objective)
  }
}

function unreachable(value: never): never {
  throw new Error(`expected an objective, but got ${JSON.stringify(value)}`)
}

/** Of a run without a loss. Our choice. */
const MOST_FACTOR = 1_000
