import { type Figure, verdictOf } from './figure.ts'

const WIDTH = 960
const ROW = 24
const TOP = 46
const LABELS = 470
const RIGHT = 130
/** How many times better or worse than its goal a figure may be and still be drawn at its place. */
const EDGE = 32

/**
 * Figures as a picture: each at how many times its goal it costs, on a scale of doublings, with the spread of its rounds. Left of the line is better
 * than the goal. No script and no font of others; light and dark.
 */
export function plot(title: string, figures: readonly Figure[]): string {
  const height = TOP + figures.length * ROW + 30
  const ticks = [1 / 32, 1 / 8, 1 / 2, 1, 2, 8, 32]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}: figures beside their goals">
<style>
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .small { font-size: 11px; fill: #59636e }
  .grid { stroke: #d1d9e0 } .goal { stroke: #1f2328 }
  .met { stroke: #1a7f37; fill: #1a7f37 } .noise { stroke: #9a6700; fill: #9a6700 } .missed { stroke: #cf222e; fill: #cf222e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .small { fill: #9198a1 } .grid { stroke: #3d444d } .goal { stroke: #e6edf3 }
    .met { stroke: #3fb950; fill: #3fb950 } .noise { stroke: #d29922; fill: #d29922 } .missed { stroke: #f85149; fill: #f85149 }
  }
</style>
<text x="8" y="18" font-weight="600">${escaped(title)}</text>
<text class="small" x="${LABELS}" y="18">times its goal; left is better</text>
${ticks.map(tick => axis(tick, height)).join('\n')}
${figures.map((figure, row) => drawn(figure, TOP + row * ROW + ROW / 2)).join('\n')}
</svg>
`
}

function axis(tick: number, height: number): string {
  const x = placeOf(tick)
  const words = tick === 1 ? 'goal' : tick < 1 ? `1/${Math.round(1 / tick)}` : `${tick}`
  return `<line class="${tick === 1 ? 'goal' : 'grid'}" x1="${x}" x2="${x}" y1="${TOP}" y2="${height - 24}"/><text class="small" text-anchor="middle" x="${x}" y="${height - 8}">${words}</text>`
}

function drawn(figure: Figure, y: number): string {
  const [from, at, to] = costs(figure)
  const look = { met: 'met', 'within noise': 'noise', missed: 'missed' }[verdictOf(figure)]
  const sign = figure.bound === 'most' ? '≤' : '≥'
  return [
    `<text x="8" y="${y + 4}">${escaped(cut(figure.what))}</text>`,
    `<line class="${look}" stroke-width="3" x1="${placeOf(from)}" x2="${placeOf(to)}" y1="${y}" y2="${y}"/>`,
    `<circle class="${look}" cx="${placeOf(at)}" cy="${y}" r="4.5"/>`,
    `<text class="small" text-anchor="end" x="${WIDTH - 8}" y="${y + 4}">${figure.median} (${sign} ${round(figure.goal)})</text>`,
  ].join('')
}

/** Lowest, median and highest as shares of the goal, so that less is better. */
function costs({ median, lowest, highest, goal, bound }: Figure): readonly [number, number, number] {
  const share = (value: number): number => {
    if (value === goal) return 1
    return bound === 'most' ? value / goal : goal / value
  }
  return bound === 'most'
    ? [share(lowest), share(median), share(highest)]
    : [share(highest), share(median), share(lowest)]
}

function placeOf(share: number): number {
  const held = Math.min(EDGE, Math.max(1 / EDGE, Number.isNaN(share) ? 1 : share))
  const width = WIDTH - LABELS - RIGHT
  return Math.round(LABELS + ((Math.log2(held) + Math.log2(EDGE)) / (2 * Math.log2(EDGE))) * width)
}

const MOST_LETTERS = 74
const cut = (words: string): string => (words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS - 1)}…` : words)
const round = (value: number): number => Number(value.toPrecision(3))
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
