import { grouped, moneyText, signed, tradeCount } from '../../figures.ts'
import type { Report } from '../../report.ts'
import { type WallClock, wallClock } from '../wall-clock.ts'
import { html, type Markup, NOTHING } from './markup.ts'
import { percent, place, roundSteps, type Scale, scaleOf } from './scale.ts'
import { type Point, thinned } from './thinned.ts'
import { timeMarks } from './time-axis.ts'

const CURVE_HEIGHT = 190
const UNDER_HEIGHT = 80
const LABEL_HEIGHT = 18

/** The equity curve, and below it how far each moment lies under the highest one before. */
export function equityCharts(report: Report): Markup {
  const { curve, drawdown, all } = report.statistics
  const first = curve[0]
  const last = curve.at(-1)
  if (first === undefined || last === undefined) return html`<p class="quiet">No trade ended in these days.</p>`
  const { currency, zone } = report.account
  const clock = wallClock(zone)
  const time = scaleOf(first.atMs, last.atMs)
  const points = curve.map(({ atMs, sum }) => ({ x: atMs, y: sum.toNumber() }))
  const from = { x: first.atMs, y: 0 }
  const net = grouped(signed(moneyText(all.net, currency)))
  const fall = drawdown === null ? 'none' : grouped(moneyText(drawdown.amount, currency))
  return html`<figure>${drawing({
    label: `Equity curve of ${tradeCount(curve.length)}, from 0 to ${net} ${currency}`,
    points: [from, ...thinned(points)],
    time,
    clock,
    height: CURVE_HEIGHT,
    isArea: false,
  })}</figure><h3>Drawdown</h3><figure>${drawing({
    label: `Drawdown: how far the equity curve lies under its highest point; the deepest is ${fall} ${currency}`,
    points: [from, ...thinned(underWater(points))],
    time,
    clock,
    height: UNDER_HEIGHT,
    isArea: true,
  })}</figure>`
}

interface Drawing {
  readonly label: string
  readonly points: readonly Point[]
  readonly time: Scale
  readonly clock: WallClock
  readonly height: number
  readonly isArea: boolean
}

function drawing({ label, points, time, clock, height, isArea }: Drawing): Markup {
  const values = points.map(point => point.y)
  const low = Math.min(0, ...values)
  const high = Math.max(0, ...values)
  const room = (high - low || 1) * 0.06
  const money = scaleOf(low - (low < 0 ? room : 0), high + (high > 0 ? room : 0) || 1)
  const yOf = (value: number): number => (1 - money.share(value)) * height
  const steps = roundSteps(money.from, money.to, height > 100 ? 4 : 2)
  const marks = timeMarks(time.from, time.to, clock)
  return html`<svg role="img" aria-label="${label}" height="${height + LABEL_HEIGHT}">${steps.map(
    ({ value, label: text }) => {
      const y = place(yOf(value))
      return html`<line class="${value === 0 ? 'zero' : 'grid'}" x1="0" x2="100%" y1="${y}" y2="${y}"/><text x="0" y="${place(Math.max(11, yOf(value) - 3))}">${grouped(text)}</text>`
    },
  )}<svg width="100%" height="${height}" viewBox="0 0 1000 ${height}" preserveAspectRatio="none"><path class="${
    isArea ? 'under' : 'curve'
  }" d="${stepPath(points, time, yOf, isArea)}"/></svg>${marks.map(({ atMs, label: text }) => timeLabel(time.share(atMs), height, text))}</svg>`
}

export function timeLabel(share: number, height: number, text: string): Markup {
  if (share < 0 || share > 1) return NOTHING
  const anchor = share < 0.06 ? 'start' : share > 0.94 ? 'end' : 'middle'
  return html`<text x="${percent(share)}" y="${height + 14}" text-anchor="${anchor}">${text}</text>`
}

/** From trade to trade the sum stays what it was: a line in steps. */
function stepPath(points: readonly Point[], time: Scale, yOf: (value: number) => number, isArea: boolean): string {
  const [first] = points
  if (first === undefined) return ''
  const xOf = (point: Point): string => place(time.share(point.x) * 1000)
  const steps = points.slice(1).map(point => `H${xOf(point)}V${place(yOf(point.y))}`)
  const end = isArea ? `V${place(yOf(0))}Z` : ''
  return `M${xOf(first)} ${place(yOf(first.y))}${steps.join('')}${end}`
}

function underWater(points: readonly Point[]): readonly Point[] {
  let highest = 0
  return points.map(({ x, y }) => {
    highest = Math.max(highest, y)
    return { x, y: y - highest }
  })
}
