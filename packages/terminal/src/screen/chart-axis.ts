import { FRAME_MS } from './candle-history.ts'
import { type ChartScene, framesPerColumn } from './chart-scene.ts'

const MINUTE_MS = 60_000
/** Times that a person reads off at once, in milliseconds. */
const STEPS_MS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400].map(
  seconds => seconds * 1000,
)
/** Columns between two times, besides the times themselves. */
const FREE_COLUMNS = 3

/**
 * The row of times under a chart: `┴12:30:00────────┴12:30:30───`, UTC, each time at the column that it is the beginning of.
 * @param from first column that a time may take
 * @param to column that no time may reach
 */
export function axisText(
  scene: Pick<ChartScene, 'timeFrame' | 'columns' | 'first'>,
  from: number = 0,
  to: number = scene.columns,
): string {
  const { timeFrame, columns, first } = scene
  const columnMs = FRAME_MS[timeFrame] * framesPerColumn(timeFrame)
  const stepMs = stepOf(columnMs)
  const cells = new Array<string>(columns).fill('─')
  const startMs = first * FRAME_MS[timeFrame]
  for (let atMs = Math.ceil(startMs / stepMs) * stepMs; ; atMs += stepMs) {
    const column = Math.floor((atMs - startMs) / columnMs)
    if (column >= to) break
    const text = timeText(atMs, stepMs)
    if (column >= from && column + text.length < to)
      cells.splice(column, text.length + 1, `┴${text}`, ...EMPTY.slice(0, text.length))
  }
  return cells.join('')
}

/** The shortest step whose times do not touch each other. */
function stepOf(columnMs: number): number {
  return (
    STEPS_MS.find(step => step / columnMs >= timeText(0, step).length + 1 + FREE_COLUMNS) ?? STEPS_MS.at(-1) ?? columnMs
  )
}

/** Seconds only where two times differ in them. */
function timeText(atMs: number, stepMs: number): string {
  const text = new Date(atMs).toISOString()
  return stepMs % MINUTE_MS === 0 ? text.slice(11, 16) : text.slice(11, 19)
}

const EMPTY: readonly string[] = new Array<string>(8).fill('')
