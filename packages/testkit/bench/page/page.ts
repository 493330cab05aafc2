import { markdownTable } from '../../src/markdown-table.ts'
import type { BenchRun } from './bench-run.ts'
import { type Figure, verdictOf } from './figure.ts'
import { TARGETS } from './targets.ts'

/** The page `docs/benchmarks.md` of a run. */
export function benchPage(run: BenchRun): string {
  const { machine, figures } = run
  const met = figures.filter(figure => verdictOf(figure) !== 'missed').length
  const failed = run.failed.length > 0 ? `; did not come to their end: ${run.failed.join(', ')}` : ''
  const busy = Math.max(machine.loadBefore, machine.loadAfter) > machine.cores
  return `# Benchmarks

A run of \`npx -y pnpm@12 bench\`, which writes this page. **Only ratios to a peer or a floor of the same run, and counts, are judged**: absolute times
differ by a factor of three on one machine within minutes. A figure is the median of its rounds, in brackets the lowest and the highest; it misses its goal
only by more than the floor differed from itself.

${run.note === undefined ? '' : `**Of this run:** ${run.note}\n\n`}${markdownTable(
  ['', ''],
  [
    ['when', `${run.at}, ${run.form} form, ${Math.round(run.seconds)} s`],
    ['machine', `${machine.processor}, ${machine.cores} cores, ${machine.memoryGib} GiB, ${machine.system}`],
    ['Node', machine.node],
    ['load', `${machine.loadBefore} before, ${machine.loadAfter} after${busy ? BUSY : ''}`],
    ['figures', `${figures.length}, of which ${met} reach their goal${failed}`],
  ],
)}

What each bench printed, with the peers' own figures, is in [printed.txt](benchmarks/printed.txt), the figures as data in [run.json](benchmarks/run.json).
\`npx -y pnpm@12 bench --compare\` measures again and flags what became worse by more than both runs differ from themselves.

## Targets

${markdownTable(
  ['', 'Target', 'Measured'],
  TARGETS.map(target => [target.id, target.goal, measured(figures.filter(target.isOf))]),
)}

${[...groups(figures)].map(([from, own]) => section(from, own)).join('\n\n')}
`
}

const BUSY = ': **more than the machine has cores, so tails and start-up times are worse than they are**'

/** The figures of each folder, in the order in which they were measured. */
export function groups(figures: readonly Figure[]): ReadonlyMap<string, readonly Figure[]> {
  return Map.groupBy(figures, ({ from }) => from)
}

/** The plot of a folder's figures, from the page. */
export const pictureOf = (from: string): string => `benchmarks/${from.replace(/^.*\//, '')}.svg`

function section(from: string, figures: readonly Figure[]): string {
  const rows = figures.map(figure => [cell(figure.what), values(figure), goal(figure), told(figure)])
  return `## ${from}\n\n![${from}: each figure beside its goal](${pictureOf(from)})\n\n${markdownTable(['Figure', 'Measured', 'Goal', ''], rows)}`
}

function measured(figures: readonly Figure[]): string {
  if (figures.length === 0) return 'not in this run'
  const worst = figures.toSorted((one, other) => share(other) - share(one))[0]!
  const others = figures.length > 1 ? `; the worst of ${figures.length} figures` : ''
  return `${values(worst)} of ${goal(worst)}: ${told(worst)}${others}`
}

const share = ({ median, goal: aim, bound }: Figure): number =>
  median === aim ? 1 : bound === 'most' ? median / aim : aim / median

const values = ({ median, lowest, highest }: Figure): string =>
  lowest === median && highest === median ? `${median}` : `${median} (${lowest}–${highest})`

const goal = ({ goal: aim, bound }: Figure): string => `${bound === 'most' ? '≤' : '≥'} ${Number(aim.toPrecision(3))}`

const told = (figure: Figure): string =>
  ({ met: 'met', 'within noise': 'within noise', missed: '**missed**' })[verdictOf(figure)]

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
