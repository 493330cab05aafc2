import type { Trade } from '../../trade.ts'
import { html, type Markup } from './markup.ts'
import { percent, place } from './scale.ts'

export interface Bin {
  readonly label: string
  readonly count: number
  readonly tone: 'won' | 'lost' | 'even'
}

const HEIGHT = 120

/** Columns with their counts above and what they are below. */
export function histogram(title: string, bins: readonly Bin[]): Markup {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0)
  if (total === 0) return html`<p class="quiet">Not known of any trade.</p>`
  const most = Math.max(...bins.map(bin => bin.count))
  const words = bins.filter(bin => bin.count > 0).map(bin => `${bin.label}: ${bin.count}`)
  return html`<figure><svg role="img" aria-label="${`${title}, trades in each: ${words.join('; ')}`}" height="${HEIGHT + 34}">${bins.map(
    (bin, at) => {
      const tall = (bin.count / most) * (HEIGHT - 4)
      const middle = percent((at + 0.5) / bins.length)
      const top = HEIGHT + 14 - tall
      return html`<rect class="${bin.tone}" x="${percent((at + 0.12) / bins.length)}" width="${percent(0.76 / bins.length)}" y="${place(top)}" height="${place(tall)}"/>${
        bin.count === 0
          ? null
          : html`<text x="${middle}" y="${place(top - 3)}" text-anchor="middle">${bin.count}</text>`
      }<text x="${middle}" y="${HEIGHT + 29}" text-anchor="middle">${bin.label}</text>`
    },
  )}<line class="zero" x1="0" x2="100%" y1="${HEIGHT + 14}" y2="${HEIGHT + 14}"/></svg></figure>`
}

/** How long trades were held; the bounds are our choice. */
export function holdingBins(trades: readonly Trade[]): readonly Bin[] {
  const held = trades.flatMap(trade => (trade.heldMs === null ? [] : [trade.heldMs]))
  return HOLDING.map(({ label, fromMs }, at) => {
    const toMs = HOLDING[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY
    return { label, count: held.filter(ms => ms >= fromMs && ms < toMs).length, tone: 'even' }
  })
}

/** Results in R, in halves; what is further out counts in the outermost. */
export function rBins(trades: readonly Trade[]): readonly Bin[] {
  const all = trades.flatMap(trade => (trade.r === null ? [] : [trade.r.toNumber()]))
  return R_FROM.map((from, at) => {
    const to = R_FROM[at + 1] ?? Number.POSITIVE_INFINITY
    const label = at === 0 ? `<${R_FROM[1]}` : to === Number.POSITIVE_INFINITY ? `≥${from}` : `${from}`
    return { label, count: all.filter(r => r >= from && r < to).length, tone: from < 0 ? 'lost' : 'won' }
  })
}

const HOLDING = [
  { label: '<5 s', fromMs: 0 },
  { label: '5 s', fromMs: 5_000 },
  { label: '15 s', fromMs: 15_000 },
  { label: '1 min', fromMs: 60_000 },
  { label: '5 min', fromMs: 300_000 },
  { label: '15 min', fromMs: 900_000 },
  { label: '1 h', fromMs: 3_600_000 },
  { label: '4 h', fromMs: 14_400_000 },
  { label: '1 d', fromMs: 86_400_000 },
] as const

const R_FROM = [Number.NEGATIVE_INFINITY, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3]
