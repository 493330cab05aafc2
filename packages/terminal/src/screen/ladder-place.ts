import type { LadderStep } from './ladder-step.ts'
import { nearestUnits } from './scaled-text.ts'
import type { QuoteView } from './view.ts'

/** The part of the ladder, at its top and at its bottom, that the price may enter no further without the ladder moving (our choice). */
const EDGE_PARTS = 6
/** A ladder that moves more often cannot be read; until then the price may be outside of it (our choice). */
const MOVES_EVERY_MS = 250
/** A ladder that moves makes room for the prices of this time, where they fit (our choice). */
const RECENT_MS = 5000

interface Place {
  readonly step: LadderStep
  readonly rows: number
  readonly top: number
}

/** Levels between which the price has been: in the time before, and in the one that is running. */
interface Recent {
  readonly sinceMs: number
  readonly low: number
  readonly high: number
}

/** Where the ladder of one market stands: still, while the price is well inside it. */
export class LadderPlace {
  #place: Place | null = null
  #movedMs = Number.NEGATIVE_INFINITY
  #recent: readonly Recent[] = []
  #isLate = false

  /** Whether the ladder would have moved, had it not moved a moment ago. */
  isLate(nowMs: number): boolean {
    return this.#isLate && nowMs - this.#movedMs >= MOVES_EVERY_MS
  }

  /**
   * The number of the highest level, counted in steps from zero; null while there is no price.
   * @param nowMs monotonic time
   */
  topFor(quote: QuoteView, step: LadderStep, rows: number, nowMs: number): number | null {
    const known = this.#place
    const place = known !== null && isSameStep(known.step, step) && known.rows === rows ? known : null
    if (place === null && known !== null && !isSameStep(known.step, step)) this.#recent = []
    const middle = middleLevel(quote, step)
    this.#isLate = false
    if (middle === null) return place?.top ?? null
    this.#remember(middle, nowMs)
    const edge = Math.floor(rows / EDGE_PARTS)
    if (place !== null && middle <= place.top - edge && middle > place.top - rows + edge) return place.top
    if (place !== null && nowMs - this.#movedMs < MOVES_EVERY_MS) {
      this.#isLate = true
      return place.top
    }
    const top = this.#centre(middle, rows - 2 * edge) + Math.floor(rows / 2)
    this.#place = { step, rows, top }
    this.#movedMs = nowMs
    return top
  }

  /** The middle of where the price has been, if the ladder has room for all of that; else the price. */
  #centre(middle: number, room: number): number {
    const low = Math.min(middle, ...this.#recent.map(one => one.low))
    const high = Math.max(middle, ...this.#recent.map(one => one.high))
    return high - low < room ? Math.round((low + high) / 2) : middle
  }

  #remember(middle: number, nowMs: number): void {
    const [newest] = this.#recent.slice(-1)
    if (newest === undefined || nowMs - newest.sinceMs >= RECENT_MS) {
      const kept = this.#recent.filter(one => nowMs - one.sinceMs < 2 * RECENT_MS)
      this.#recent = [...kept, { sinceMs: nowMs, low: middle, high: middle }]
    } else if (middle < newest.low || middle > newest.high) {
      const widened = { ...newest, low: Math.min(newest.low, middle), high: Math.max(newest.high, middle) }
      this.#recent = [...this.#recent.slice(0, -1), widened]
    }
  }
}

export function isSameStep(one: LadderStep, other: LadderStep): boolean {
  return one.units === other.units && one.decimals === other.decimals
}

function middleLevel({ bid, offer }: QuoteView, { units, decimals }: LadderStep): number | null {
  const prices = [bid, offer].flatMap(text => (text === null ? [] : (nearestUnits(text, decimals) ?? [])))
  if (prices.length === 0) return null
  const middle = Math.round(prices.reduce((sum, price) => sum + price, 0) / prices.length / units)
  return Number.isSafeInteger(middle) ? middle : null
}
