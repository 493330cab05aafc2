import { LadderSteps } from '../screen/ladder-step.ts'
import { nearestUnits } from '../screen/scaled-text.ts'
import type { ScreenView } from '../screen/view.ts'
import type { LinearTexts } from './linear-texts.ts'
import { priceText } from './state-changes.ts'

/** When the price is said; null for never by this. */
export interface PriceRhythm {
  /** Once it has moved so many points since it was said. */
  readonly points: number | null
  /** Every so many seconds in which it has changed. */
  readonly seconds: number | null
}

/** Two prices are not said closer together: a voice needs the time (our choice). */
const LEAST_MS = 1000

/** Says the price of the chosen market now and then: the newest one, and only a live one. */
export class PriceSpeech {
  readonly #rhythm: PriceRhythm
  readonly #steps = new LadderSteps()
  #said: { readonly epic: string; readonly text: string; readonly bid: string; readonly atMs: number } | null = null

  constructor(rhythm: PriceRhythm) {
    this.#rhythm = rhythm
  }

  /** @param nowMs monotonic time. @returns what to say now; null for nothing */
  tell(view: ScreenView, nowMs: number, texts: LinearTexts): string | null {
    const { quote, market } = view
    const text = quote.freshness === 'live' ? priceText(quote, texts) : null
    if (text === null || quote.bid === null) return null
    const last = this.#said
    if (last?.epic === market.epic && (last.text === text || !this.#isDue(last, view, nowMs))) return null
    this.#said = { epic: market.epic, text, bid: quote.bid, atMs: nowMs }
    // A market that was just chosen has been said with its price.
    return last?.epic === market.epic ? text : null
  }

  #isDue(last: { readonly bid: string; readonly atMs: number }, view: ScreenView, nowMs: number): boolean {
    const { points, seconds } = this.#rhythm
    const sinceMs = nowMs - last.atMs
    if (sinceMs < LEAST_MS) return false
    if (seconds !== null && sinceMs >= seconds * 1000) return true
    const step = this.#steps.stepFor(view.market.epic, view.quote)
    if (points === null || step === null) return false
    const [from, to] = [last.bid, view.quote.bid ?? last.bid].map(text => nearestUnits(text, step.decimals))
    return from != null && to != null && Math.abs(to - from) >= points * step.units
  }
}
