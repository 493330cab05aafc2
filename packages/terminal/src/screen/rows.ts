/** How many rows each part gets; together they fill the terminal. */
export interface Rows {
  readonly chart: number
  readonly positions: number
  readonly log: number
}

/** Header 2, outcome 1, quote 3, time axis 1, preset 1, exposure 1, title of the positions 1, latency 1, hints 1. */
const FIXED_ROWS = 12
const SMALLEST: Rows = { chart: 4, positions: 2, log: 2 }
const POSITIONS_MAX = 8

/**
 * Shares out the rows of a terminal of at least {@link SMALLEST_SCREEN}. It depends on nothing but the size, so that
 * nothing on the screen moves while one trades.
 */
export function shareRows(rows: number): Rows {
  const spare = Math.max(0, rows - FIXED_ROWS - SMALLEST.chart - SMALLEST.positions - SMALLEST.log)
  const positions = Math.min(POSITIONS_MAX, SMALLEST.positions + Math.floor(spare / 5))
  const rest = spare - (positions - SMALLEST.positions)
  const chart = SMALLEST.chart + Math.ceil(rest * 0.65)
  return { chart, positions, log: SMALLEST.log + rest - (chart - SMALLEST.chart) }
}
