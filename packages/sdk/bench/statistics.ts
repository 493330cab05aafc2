/** Figures as the benches print them: a median with its spread, never a bare mean. */

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Between the two in the middle where there are two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper
}

/** `1.42 (1.30-1.61)`: median, lowest and highest over the rounds. */
export function spread(values: readonly number[], decimals = 2): string {
  const shown = [median(values), Math.min(...values), Math.max(...values)].map(value => value.toFixed(decimals))
  return `${shown[0]} (${shown[1]}-${shown[2]})`
}

/**
 * How far equal things came out apart: the largest factor, at least 1, between 1 and ratios that should be 1, such as those of
 * the floor against itself.
 */
export function noiseOf(ratios: readonly number[]): number {
  return Math.max(1, ...ratios.map(ratio => Math.max(ratio, 1 / ratio)))
}

/** Rows under their heading, in columns. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map(row => row[column]?.length ?? 0)))
  return [heading, ...rows]
    .map(row => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))))
    .map(cells => cells.join('  '))
    .join('\n')
}
