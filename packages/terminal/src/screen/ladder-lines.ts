import { LEVEL_LOOKS } from './chart-scene.ts'
import type { ChartWords } from './chart-words.ts'
import { textWidth } from './glyphs.ts'
import { type LadderOwn, type LadderScene, rowText } from './ladder-scene.ts'
import { clippedLine, type Line, lineWidth } from './line.ts'
import { type Look, type Span, span } from './looks.ts'
import { OWN_LEVEL_KINDS } from './own-levels.ts'

/** Columns of a ladder: what the market does, the level, what is ours. */
export interface LadderColumns {
  readonly market: number
  readonly level: number
  readonly own: number
}

/** Room for `bid` and `offer`; on a narrow ladder ours comes first (our choice). */
const [MARKET_MOST, MARKET_USUAL, MARKET_SHORT, MARKET_LEAST] = [14, 5, 4, 3]
/** Room for a short word and its arrow. */
const OWN_LEAST = 5
const GAPS = 2

export function ladderColumns(scene: LadderScene, width: number): LadderColumns {
  const texts = [rowText(scene, 0), rowText(scene, scene.rows - 1), scene.bid?.text ?? '', scene.offer?.text ?? '']
  const level = Math.min(width, Math.max(...texts.map(text => text.length)))
  const free = Math.max(0, width - level - GAPS)
  const market = Math.min(MARKET_MOST, marketColumns(free))
  return { market, level, own: free - market }
}

/** @param free columns besides the level */
function marketColumns(free: number): number {
  if (free >= MARKET_USUAL + OWN_LEAST) return Math.max(MARKET_USUAL, Math.floor(free / 2))
  return free >= MARKET_SHORT + OWN_LEAST ? MARKET_SHORT : Math.min(free, MARKET_LEAST)
}

/** One row of a ladder. A level that is not fit to be traded on is dim, and the first row says why. */
export function ladderLine(scene: LadderScene, row: number, columns: LadderColumns, words: ChartWords): Line {
  const own = ownSpans(scene, row, columns.own, words)
  if (row === 0 && scene.freshness !== 'live') {
    const width = columns.market + 1 + columns.level
    const look: Look = scene.freshness === 'crossed' ? 'danger' : 'warning'
    return joined(clippedLine([span(` ${words.freshness[scene.freshness]} `, look)], width), width, own)
  }
  const market = marketSpan(scene, row, columns.market, words)
  const level = levelSpan(scene, row)
  const shown = level.text.length <= columns.level ? level : span('')
  return [
    span(' '.repeat(Math.max(0, columns.market - textWidth(market.text)))),
    market,
    ...(columns.market > 0 ? [span(' ')] : []),
    span(' '.repeat(Math.max(0, columns.level - shown.text.length))),
    shown,
    ...(own.length > 0 ? [span(' ')] : []),
    ...own,
  ]
}

function joined(left: Line, width: number, own: readonly Span[]): Line {
  return own.length === 0 ? left : [...left, span(' '.repeat(Math.max(0, width + 1 - lineWidth(left)))), ...own]
}

/** The exact price where the best bid or offer stands; else the level of the row. */
function levelSpan(scene: LadderScene, row: number): Span {
  const [isBid, isOffer] = [scene.bid?.row === row, scene.offer?.row === row]
  const look: Look = scene.freshness !== 'live' ? 'stale' : isBid || isOffer ? 'price' : 'label'
  if (isBid && !isOffer && scene.bid) return span(scene.bid.text, look)
  if (isOffer && !isBid && scene.offer) return span(scene.offer.text, look)
  return span(rowText(scene, row), look)
}

/** Best bid and offer with their sizes, else sizes, else the ends of the session: as much of it as fits. */
function marketSpan(scene: LadderScene, row: number, width: number, words: ChartWords): Span {
  const sizes = scene.depth.get(row)
  const [isBid, isOffer] = [scene.bid?.row === row, scene.offer?.row === row]
  const end = scene.high === row ? words.high : scene.low === row ? words.low : ''
  const isLive = scene.freshness === 'live'
  if (isBid && isOffer) {
    const texts = [`${words.bid} ${words.offer}`, `${words.bidShort}/${words.offerShort}`, initials(words)]
    return span(fitting(texts, width), isLive ? 'strong' : 'stale')
  }
  if (isBid || isOffer) {
    const [word, short] = isBid ? [words.bid, words.bidShort] : [words.offer, words.offerShort]
    const size = sizeText((isBid ? sizes?.bid : sizes?.offer) ?? null)
    const texts =
      size === ''
        ? [...(end ? [`${end} ${word}`] : []), word, short]
        : [`${size} ${word}`, `${size} ${short}`, word, short]
    return span(fitting(texts, width), isLive ? 'strong' : 'stale')
  }
  const size = sizeText(sizes?.bid ?? null) || sizeText(sizes?.offer ?? null)
  if (size !== '') return span(fitting([...(end ? [`${end} ${size}`] : []), size], width), isLive ? 'plain' : 'stale')
  return span(fitting([end], width), 'label')
}

/** Ours on a row: with size and exact level where there is room, at least in short words. */
function ownSpans(scene: LadderScene, row: number, width: number, words: ChartWords): readonly Span[] {
  const own = scene.own.get(row)?.toSorted((a, b) => OWN_LEVEL_KINDS.indexOf(a.kind) - OWN_LEVEL_KINDS.indexOf(b.kind))
  if (own === undefined || width <= 0) return []
  const level = rowText(scene, row)
  const forms: readonly ((one: LadderOwn) => string)[] = [
    one => [words.own[one.kind], one.size, one.text === level ? null : one.text].filter(Boolean).join(' '),
    one => [words.own[one.kind], one.size].filter(Boolean).join(' '),
  ]
  let line: readonly Span[] = []
  for (const form of forms) {
    line = own.flatMap((one, at) => [
      ...(at > 0 ? [span(' ')] : []),
      span(PLACE_MARKS[one.place] + form(one), LEVEL_LOOKS[one.kind]),
    ])
    if (lineWidth(line) <= width) return line
  }
  return countedSpans(own, width, words)
}

/** By their names alone, in full or short; several of a kind are counted: `entry×3`. */
function countedSpans(own: readonly LadderOwn[], width: number, words: ChartWords): readonly Span[] {
  const kinds = Map.groupBy(own, ({ place, kind }) => `${place} ${kind}`)
  let line: readonly Span[] = []
  for (const names of [words.own, words.ownShort]) {
    line = [...kinds.values()].flatMap(([one, ...more], at) => {
      if (!one) return []
      const text = `${PLACE_MARKS[one.place]}${names[one.kind]}${more.length > 0 ? `×${more.length + 1}` : ''}`
      return [...(at > 0 ? [span(' ')] : []), span(text, LEVEL_LOOKS[one.kind])]
    })
    if (lineWidth(line) <= width) return line
  }
  return clippedLine(line, width)
}

const PLACE_MARKS: Readonly<Record<LadderOwn['place'], string>> = { here: '', above: '▲', below: '▼' }

/** The first text that fits; nothing when none does. */
function fitting(texts: readonly string[], width: number): string {
  return texts.find(text => textWidth(text) <= width) ?? ''
}

function initials(words: ChartWords): string {
  return `${words.bid.charAt(0)}/${words.offer.charAt(0)}`
}

/** A size in thousands or millions where that says it exactly: `250k`, `1.5M`. */
function sizeText(size: string | null): string {
  if (size === null) return ''
  if (/^\d+000000$|^\d+[1-9]00000$/.test(size)) return `${shifted(size, 6)}M`
  return /^\d+000$/.test(size) ? `${shifted(size, 3)}k` : size
}

function shifted(digits: string, places: number): string {
  const fraction = digits.slice(-places).replace(/0+$/, '')
  const whole = digits.slice(0, -places)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
