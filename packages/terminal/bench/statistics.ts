/** Figures as the benches print them: a median with its spread, never a bare mean. */

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** `1.42 (1.30-1.61)`: median, lowest and highest over the rounds. */
export function spread(values: readonly number[], decimals = 2): string {
  const shown = [median(values), Math.min(...values), Math.max(...values)].map(value => value.toFixed(decimals))
  return `${shown[0]} (${shown[1]}-${shown[2]})`
}
