import type { LadderStep } from './ladder-step.ts'
import { merged, type OwnLevel, type PlacedLevel, placed } from './own-levels.ts'
import { nearestUnits, sumOfTexts, textFromScaled } from './scaled-text.ts'
import type { DepthLevel, DepthView, Freshness, QuoteView } from './view.ts'

/** What a ladder shows. Rows are counted from the top; a price stands on the row next to it. */
export interface LadderScene {
  readonly step: LadderStep
  readonly rows: number
  /** The number of the highest level, counted in steps from zero. */
  readonly top: number
  readonly freshness: Freshness
  readonly bid: LadderPrice | null
  readonly offer: LadderPrice | null
  /** Rows of the session's highest and lowest price; null outside of the ladder. */
  readonly high: number | null
  readonly low: number | null
  readonly own: ReadonlyMap<number, readonly LadderOwn[]>
  readonly depth: ReadonlyMap<number, LadderDepth>
}

interface LadderPrice {
  readonly row: number
  readonly text: string
}

export interface LadderOwn extends PlacedLevel {
  /** Where it is: on its row, or above or below the ladder and shown at its end. */
  readonly place: 'here' | 'above' | 'below'
}

/** Sizes of the broker's book on a row; null: none there, or not given. */
interface LadderDepth {
  readonly bid: string | null
  readonly offer: string | null
}

export interface LadderContent {
  readonly quote: QuoteView
  readonly depth: DepthView | null
  readonly own: readonly OwnLevel[]
}

export function ladderScene(
  { quote, depth, own }: LadderContent,
  step: LadderStep,
  rows: number,
  top: number,
): LadderScene {
  const rowOf = (text: string | null): number | null => {
    const units = text === null ? null : nearestUnits(text, step.decimals)
    const row = units === null ? null : top - Math.round(units / step.units)
    return row !== null && row >= 0 && row < rows ? row : null
  }
  const priceAt = (text: string | null): LadderPrice | null => {
    const row = rowOf(text)
    return row === null || text === null ? null : { row, text }
  }
  return {
    step,
    rows,
    top,
    freshness: quote.freshness,
    bid: priceAt(quote.bid),
    offer: priceAt(quote.offer),
    high: rowOf(quote.high),
    low: rowOf(quote.low),
    own: ownByRow(own, step, rows, top),
    depth: depthByRow(depth, rowOf),
  }
}

/** The level of a row, with all decimals of the market; empty where no number holds it. */
export function rowText({ step, top }: Pick<LadderScene, 'step' | 'top'>, row: number): string {
  const units = (top - row) * step.units
  return Number.isSafeInteger(units) ? textFromScaled(units, step.decimals) : ''
}

/** Ours by row, those outside at the ends. What falls together is one, with its sizes added. */
function ownByRow(
  levels: readonly OwnLevel[],
  { units, decimals }: LadderStep,
  rows: number,
  top: number,
): LadderScene['own'] {
  const byRow = new Map<number, LadderOwn[]>()
  for (const level of placed(levels, decimals)) {
    const row = top - Math.round(level.price / units)
    const place = row < 0 ? 'above' : row >= rows ? 'below' : 'here'
    const shown = Math.min(rows - 1, Math.max(0, row))
    byRow.set(shown, [...(byRow.get(shown) ?? []), { ...level, place }])
  }
  return new Map(
    [...byRow].map(([row, own]) => [
      row,
      merged(own, ({ kind, place, size }) => `${kind} ${place} ${size?.startsWith('-')}`),
    ]),
  )
}

function depthByRow(depth: DepthView | null, rowOf: (text: string) => number | null): LadderScene['depth'] {
  if (depth === null) return NO_DEPTH
  const bids = sizesByRow(depth.bids, rowOf)
  const offers = sizesByRow(depth.offers, rowOf)
  return new Map(
    [...new Set([...bids.keys(), ...offers.keys()])].map(row => [
      row,
      { bid: bids.get(row) ?? null, offer: offers.get(row) ?? null },
    ]),
  )
}

/** Sizes added up by row; a row of which one size is not known has none. */
function sizesByRow(
  levels: readonly DepthLevel[],
  rowOf: (text: string) => number | null,
): ReadonlyMap<number, string | null> {
  const byRow = new Map<number, (string | null)[]>()
  for (const { level, size } of levels) {
    const row = rowOf(level)
    if (row !== null) byRow.set(row, [...(byRow.get(row) ?? []), size])
  }
  return new Map(
    [...byRow].map(([row, sizes]) => [
      row,
      sizes.includes(null) ? null : sumOfTexts(sizes.flatMap(size => size ?? [])),
    ]),
  )
}

const NO_DEPTH: LadderScene['depth'] = new Map()
