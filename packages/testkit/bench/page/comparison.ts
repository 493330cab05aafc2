import type { BenchRun } from './bench-run.ts'
import type { Figure } from './figure.ts'

export type Change = 'worse' | 'better' | 'same'

export interface ComparedFigure {
  readonly figure: Figure
  readonly before: Figure
  readonly change: Change
  /** How many times worse, by medians; below 1 when better. */
  readonly factor: number
}

export interface Comparison {
  readonly compared: readonly ComparedFigure[]
  /** In one of the runs only. */
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

/** What allocations and counts, which have no spread, come out apart by (5 %). Our choice. */
const LEAST_NOISE = 1.05

/**
 * What changed by more than both runs differ from themselves: worse is a figure whose best round is worse than the worst round before, by more than
 * the floor differed from itself in either run.
 */
export function compareRuns(before: BenchRun, after: BenchRun): Comparison {
  const known = new Map(before.figures.map(figure => [nameOf(figure), figure]))
  const names = new Set(after.figures.map(nameOf))
  return {
    compared: after.figures.flatMap(figure => {
      const other = known.get(nameOf(figure))
      return other ? [compareFigures(other, figure)] : []
    }),
    gone: [...known.keys()].filter(name => !names.has(name)),
    added: [...names].filter(name => !known.has(name)),
  }
}

function compareFigures(before: Figure, figure: Figure): ComparedFigure {
  const noise = Math.max(before.noise, figure.noise, LEAST_NOISE)
  const [old, now] = [cost(before), cost(figure)]
  const change = now.lowest > old.highest * noise ? 'worse' : now.highest * noise < old.lowest ? 'better' : 'same'
  return { figure, before, change, factor: old.median === now.median ? 1 : now.median / old.median }
}

/** So that less is better, whichever way the goal is. */
function cost({ median, lowest, highest, bound }: Figure) {
  return bound === 'most'
    ? { median, lowest, highest }
    : { median: 1 / median, lowest: 1 / highest, highest: 1 / lowest }
}

const nameOf = ({ from, what }: Figure): string => `${from}: ${what}`

/** For the terminal: what changed, and nothing of what did not. */
export function comparisonLines({ compared, gone, added }: Comparison): readonly string[] {
  const changed = (change: Change) => compared.filter(each => each.change === change)
  const line = ({ figure, before, factor }: ComparedFigure): string =>
    `${nameOf(figure)}: ${spread(before)} -> ${spread(figure)}, ${factor.toFixed(2)} times the cost`
  return [
    ...changed('worse').map(each => `WORSE   ${line(each)}`),
    ...changed('better').map(each => `better  ${line(each)}`),
    ...gone.map(name => `gone    ${name}`),
    ...added.map(name => `new     ${name}`),
    `${changed('worse').length} worse and ${changed('better').length} better beyond the noise, ${changed('same').length} the same`,
  ]
}

const spread = ({ median, lowest, highest }: Figure): string => `${median} (${lowest}-${highest})`
