import type { Texts } from '../../texts/texts.ts'
import { latencyText } from '../durations.ts'
import { textWidth } from '../glyphs.ts'
import type { Line } from '../line.ts'
import { span } from '../looks.ts'
import type { LatenciesView, LatencyStep, LatencyView } from '../view.ts'
import { figureCell, titleCell, wordCell } from './table-cells.ts'

const FIGURE_COLUMNS = { least: 5, most: 6 } as const
type Figure = 'lastMs' | 'p50Ms' | 'p95Ms' | 'p99Ms'
const ORDER: readonly Figure[] = ['lastMs', 'p50Ms', 'p95Ms', 'p99Ms']
/** Those without room are left out, the last one first. */
const WANTED: readonly Figure[] = ['lastMs', 'p50Ms', 'p99Ms', 'p95Ms']

/** How long the orders took from the key, step by step; without a day's figures those of the last order. */
export function latencyLines(
  latencies: LatenciesView | null,
  last: LatencyView | null,
  width: number,
  texts: Texts,
): readonly Line[] {
  if (latencies !== null && latencies.orders > 0) return tableOf(latencies, width, texts)
  return last === null ? [[span(` ${texts.panes.noLatency}`, 'label')]] : partsOf(last, texts)
}

function partsOf(last: LatencyView, { latency }: Texts): readonly Line[] {
  const part = (name: string, ms: number | null): Line => [span(` ${name} `, 'label'), span(latencyText(ms))]
  return [
    part(latency.keyToWire, last.keyToWireMs),
    part(latency.wireToAcknowledged, last.wireToAcknowledgedMs),
    part(latency.acknowledgedToConfirmed, last.acknowledgedToConfirmedMs),
  ]
}

function tableOf({ orders, steps }: LatenciesView, width: number, texts: Texts): readonly Line[] {
  const { latency, columns } = texts
  const names = Math.max(...Object.values(latency.steps).map(textWidth)) + 2
  const room = Math.max(1, Math.floor((width - names) / FIGURE_COLUMNS.least))
  const figures = ORDER.filter(figure => WANTED.slice(0, room).includes(figure))
  const wide = Math.max(
    FIGURE_COLUMNS.least,
    Math.min(FIGURE_COLUMNS.most, Math.floor((width - names) / figures.length)),
  )
  const title = (figure: Figure) => (figure === 'lastMs' ? columns.last : figure.slice(0, -2))
  const slow = steps.find(({ isSlow }) => isSlow)
  return [
    [wordCell('ms', names, 'label'), ...figures.map(figure => titleCell(title(figure), wide))],
    ...steps.map(step => rowOf(step, figures, { names, wide }, texts)),
    [
      span(` ${latency.orders(orders)}`, 'label'),
      ...(slow ? [span(` · ${latency.steps[slow.step]} ${latency.slow}`, 'wait')] : []),
    ],
  ]
}

/** The slow step is marked, and named below. */
function rowOf(
  step: LatencyStep,
  figures: readonly Figure[],
  { names, wide }: { readonly names: number; readonly wide: number },
  { latency }: Texts,
): Line {
  const look = step.isSlow ? 'wait' : 'label'
  return [
    span(step.isSlow ? '!' : ' ', look),
    span(latency.steps[step.step].padEnd(names - 1), look),
    ...figures.map(figure =>
      figureCell(msText(step[figure]), wide, figure === 'lastMs' && step.isSlow ? 'wait' : 'plain'),
    ),
  ]
}

/** Milliseconds without their unit, which the title says: `0.4`, `23`, `1200`. */
function msText(ms: number | null): string {
  if (ms === null) return '–'
  return ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0)
}
