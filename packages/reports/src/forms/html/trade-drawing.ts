import { exactText, grouped } from '../../figures.ts'
import type { Trade, TradeDeal } from '../../trade.ts'
import { type DrawnPrices, type PriceWindow, runsOf } from '../drawn-prices.ts'
import type { WallClock } from '../wall-clock.ts'
import { timeLabel } from './equity-chart.ts'
import { html, type Markup } from './markup.ts'
import { percent, place, type Scale, scaleOf } from './scale.ts'
import { type Point, thinned } from './thinned.ts'
import { timeMarks } from './time-axis.ts'

const HEIGHT = 150
/** Corners of the band of prices: enough for what a page shows, and small. Our choice. */
const MOST_CORNERS = 120

/** A trade on its quotes: the band between bid and offer, each entry and exit where it was filled, the stop and the limit. */
export function tradeDrawing(trade: Trade, window: PriceWindow, clock: WallClock): Markup {
  const { prices, beginMs, endMs } = window
  const time = scaleOf(beginMs, endMs)
  const runs = runsOf(window)
  const bands = runs.map(run => ({
    bids: pointsOf(prices, prices.bidUnits, run, MOST_CORNERS / runs.length),
    offers: pointsOf(prices, prices.offerUnits, run, MOST_CORNERS / runs.length),
  }))
  const quotes = bands.flatMap(({ bids, offers }) => [...bids, ...offers].map(point => point.y))
  const deals = [...trade.entries, ...trade.exits]
  const levels = [trade.entryLevel, ...deals.map(deal => deal.level)].flatMap(level =>
    level === null ? [] : [level.toNumber()],
  )
  const near = scaleFor([...quotes, ...levels])
  const price = withLevels(near, [trade.stopLevel?.toNumber() ?? null, trade.limitLevel?.toNumber() ?? null])
  const yOf = (value: number): number => (1 - price.share(value)) * HEIGHT
  return html`<svg role="img" aria-label="${wordsOf(trade, clock)}" height="${HEIGHT + 18}"><svg width="100%" height="${HEIGHT}" viewBox="0 0 1000 ${HEIGHT}" preserveAspectRatio="none"><path class="ticks" d="${bands.map(({ bids, offers }) => bandPath(offers, bids, time, yOf)).join('')}"/></svg>${levelLine('stop', trade.stopLevel, price, yOf)}${levelLine('limit', trade.limitLevel, price, yOf)}${levelLine('entry', trade.entryLevel, price, yOf)}${trade.entries.map(
    deal => mark(deal, trade.direction === 'BUY', 'mark', time, yOf),
  )}${trade.exits.map(deal => mark(deal, trade.direction !== 'BUY', 'mark out', time, yOf))}${timeMarks(beginMs, endMs, clock, 4).map(({ atMs, label }) => timeLabel(time.share(atMs), HEIGHT, label))}</svg>`
}

function wordsOf(trade: Trade, clock: WallClock): string {
  const { openedAtMs, closedAtMs, entryLevel, exitLevel, stopLevel } = trade
  const at = (ms: number | null): string => (ms === null ? '' : ` at ${clock.time(ms)}`)
  const level = (value: typeof entryLevel): string => (value === null ? 'not known' : grouped(exactText(value)))
  const side = trade.direction === 'BUY' ? 'Bought' : 'Sold'
  const stop = stopLevel === null ? 'no stop' : `stop ${level(stopLevel)}`
  return `${side}${at(openedAtMs)}, entry ${level(entryLevel)}; exit ${level(exitLevel)}${at(closedAtMs)}; ${stop}; on the recorded prices`
}

function pointsOf(
  prices: DrawnPrices,
  units: ArrayLike<number>,
  [from, to]: readonly [number, number],
  most: number,
): readonly Point[] {
  const scale = 10 ** prices.decimals
  const points: Point[] = []
  for (let at = from; at < to; at += 1) points.push({ x: prices.atMs[at]!, y: units[at]! / scale })
  return thinned(points, most)
}

function scaleFor(values: readonly number[]): Scale {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = (high - low || Math.abs(high) * 1e-4 || 1) * 0.08
  return scaleOf(low - room, high + room)
}

/** A stop or limit that is far away would press the prices into a line: it is left out of the drawing then, and stands in words below. */
function withLevels(near: Scale, levels: readonly (number | null)[]): Scale {
  const span = near.to - near.from
  const close = levels.flatMap(level =>
    level !== null && level > near.from - span * 1.5 && level < near.to + span * 1.5 ? [level] : [],
  )
  return scaleOf(
    Math.min(near.from, ...close.map(level => level - span * 0.06)),
    Math.max(near.to, ...close.map(level => level + span * 0.1)),
  )
}

function bandPath(
  offers: readonly Point[],
  bids: readonly Point[],
  time: Scale,
  yOf: (value: number) => number,
): string {
  const corner = ({ x, y }: Point): string => `${place(time.share(x) * 1000)} ${place(yOf(y))}`
  return `M${[...offers, ...bids.toReversed()].map(corner).join('L')}Z`
}

function levelLine(
  kind: 'entry' | 'stop' | 'limit',
  level: Trade['stopLevel'],
  price: Scale,
  yOf: (value: number) => number,
): Markup | null {
  if (level === null) return null
  const value = level.toNumber()
  if (value < price.from || value > price.to) return null
  const y = place(yOf(value))
  return html`<line class="${kind}" x1="0" x2="100%" y1="${y}" y2="${y}"/><text class="${kind}text" x="100%" text-anchor="end" y="${place(yOf(value) - 3)}">${kind} ${grouped(exactText(level))}</text>`
}

/** A triangle that points the way of the deal: up bought, down sold; hollow in, full out. */
function mark(
  deal: TradeDeal,
  isBought: boolean,
  kind: string,
  time: Scale,
  yOf: (value: number) => number,
): Markup | null {
  if (deal.atMs === null || deal.level === null) return null
  const shape = isBought ? 'M0 0L5 9H-5Z' : 'M0 0L5-9H-5Z'
  return html`<svg x="${percent(time.share(deal.atMs))}" y="${place(yOf(deal.level.toNumber()))}"><path class="${kind}" d="${shape}"/></svg>`
}
