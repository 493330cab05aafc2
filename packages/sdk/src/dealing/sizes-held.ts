import type { Decimal } from 'decimal.js'
import type { DealId } from '../ids.ts'
import type { Position } from '../position.ts'

/** Our choice. */
const KEPT_DEALS = 500
const KEPT_SIZES = 10

interface Held {
  readonly size: Decimal
  /** Milliseconds since 1970, when the list was asked for, and when it was there. */
  readonly askedAtMs: number
  readonly heardAtMs: number
}

/** Remembers how large positions were: what a close took away shows in the difference. */
export class SizesHeld {
  readonly #sizes = new Map<DealId, Held[]>()

  note(positions: readonly Position[], { askedAtMs, heardAtMs }: Omit<Held, 'size'>): void {
    for (const { dealId, size } of positions) {
      const sizes = this.#sizes.get(dealId) ?? []
      this.#sizes.delete(dealId)
      this.#sizes.set(dealId, sizes)
      sizes.push({ size, askedAtMs, heardAtMs })
      if (sizes.length > KEPT_SIZES) sizes.shift()
      const [oldest] = this.#sizes.keys()
      if (this.#sizes.size > KEPT_DEALS && oldest !== undefined) this.#sizes.delete(oldest)
    }
  }

  /** The last that was known before then. */
  before(dealId: DealId, atMs: number): Held | null {
    return this.#sizes.get(dealId)?.findLast(held => held.heardAtMs < atMs) ?? null
  }
}
