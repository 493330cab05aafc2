/** Figures as the benches print them: a median with its spread, never a bare mean. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** `1.42 (1.30-1.61)`: median, lowest and highest over the rounds. */
export function spread(values: readonly number[], decimals = 2): string {
  const shown = [median(values), Math.min(...values), Math.max(...values)].map(value => value.toFixed(decimals))
  return `${shown[0]} (${shown[1]}-${shown[2]})`
}

/** Prints what was measured and whether the median reaches the goal, an upper bound. */
export function judge(id: string, what: string, values: readonly number[], goal: number): void {
  const isMet = median(values) <= goal
  if (!isMet) process.exitCode = 1
  console.log(`${id} ${what}: ${spread(values)}; goal <= ${goal}: ${isMet ? 'met' : 'MISSED'}`)
}
