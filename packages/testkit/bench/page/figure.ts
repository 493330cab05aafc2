/** One measured figure that has a goal, as a bench printed it. */
export interface Figure {
  /** Folder of the benches that measured it, such as `packages/sdk`. */
  readonly from: string
  /** What was measured, without its figures; with `from` the name by which two runs are compared. */
  readonly what: string
  readonly median: number
  /** Over the rounds; both the median where one round was measured, or where rounds do not matter. */
  readonly lowest: number
  readonly highest: number
  readonly goal: number
  /** `most`: the goal is an upper bound. */
  readonly bound: 'most' | 'least'
  /** The factor by which equal things came out apart in the same run; 1 where the bench does not tell. */
  readonly noise: number
}

/** The figure that is judged has its spread; what else stands before its goal is its unit. */
const WITH_SPREAD =
  /^(.*?)(\d+(?:\.\d+)?) \((\d+(?:\.\d+)?)[-–](\d+(?:\.\d+)?)\)([^();,]{0,40})[;,]? ?\(?goal (<=|<|>=|>) (\d+(?:\.\d+)?)(.*)$/
/** Or it has none, and is the last number before its goal. */
const WITHOUT = /^(.*?)(\d+(?:\.\d+)?)()()([^\d();,]{0,40})[;,]? ?\(?goal (<=|<|>=|>) (\d+(?:\.\d+)?)(.*)$/
const NOISE = /up to x(\d+(?:\.\d+)?)/

/**
 * The figure in a printed line; null when there is none. A line is a verdict when it says `goal <= N` or `goal >= N` after the figure that is judged:
 * `O1 order + confirm, p50 / floor: 1.42 (1.30-1.61); goal <= 1.5: met`.
 */
export function readFigure(from: string, line: string): Figure | null {
  const found = WITH_SPREAD.exec(line.trim()) ?? WITHOUT.exec(line.trim())
  if (!found) return null
  const [, before = '', median = '', lowest = '', highest = '', unit = '', sign = '', goal = '', after = ''] = found
  // Figures that are not judged may stand before the one that is: they change from run to run.
  const words = /^(.*?): .*\d/.exec(before)?.[1] ?? before + unit
  return {
    from,
    what: words
      .replace(/[:,]?\s*(?:ratio\s*)?$/, '')
      .replace(/\s+/g, ' ')
      .trim(),
    median: Number(median),
    lowest: Number(lowest || median),
    highest: Number(highest || median),
    goal: Number(goal),
    bound: sign.startsWith('<') ? 'most' : 'least',
    noise: Number(NOISE.exec(after)?.[1] ?? 1),
  }
}

/** `met`; `within noise` when it misses by less than equal things came out apart. */
export function verdictOf({ median, goal, bound, noise }: Figure): 'met' | 'within noise' | 'missed' {
  const over = bound === 'most' ? median / goal : goal / median
  if (median === goal || over <= 1) return 'met'
  return over <= noise ? 'within noise' : 'missed'
}

/**
 * The figures of all that a package's benches printed. Two of one name in different benches have the bench in theirs, and two in one bench a number;
 * the summary at the end, which says them again, is left out.
 */
export function readFigures(from: string, printed: string): readonly Figure[] {
  const figures = new Map<string, Figure>()
  let bench = ''
  for (const line of printed.split('\n')) {
    if (line.startsWith('## Verdicts')) break
    if (line.startsWith('## ')) bench = line.slice(3).replace('.ts', '')
    const figure = readFigure(from, line)
    if (figure) figures.set(freeName(figure.what, bench, figures), figure)
  }
  return [...figures].map(([what, figure]) => ({ ...figure, what }))
}

function freeName(what: string, bench: string, taken: ReadonlyMap<string, Figure>): string {
  const names = [what, `${what} [${bench}]`, ...Array.from({ length: 99 }, (_, at) => `${what} [${bench}, ${at + 2}]`)]
  return names.find(name => !taken.has(name)) ?? what
}
