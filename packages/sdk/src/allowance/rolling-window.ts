/** Published: IG counts calls by the minute. Source: IG Labs, FAQ, "Limits". That the minute rolls is our safe assumption. */
export const WINDOW_MS = 60_000

/** The instants of the last 60 s, oldest first. Times are monotonic milliseconds. */
export class RollingWindow {
  #instants: number[] = []
  /** Index of the oldest that still counts. */
  #first = 0

  add(nowMs: number): void {
    this.#instants.push(Math.max(nowMs, this.#instants.at(-1) ?? nowMs))
  }

  count(nowMs: number): number {
    while (this.#first < this.#instants.length && this.leavesAtMs(0) <= nowMs) this.#first += 1
    // Now and then, so that the cost of moving the rest is shared by many calls.
    if (this.#first > 1_000 && this.#first * 2 > this.#instants.length) {
      this.#instants = this.#instants.slice(this.#first)
      this.#first = 0
    }
    return this.#instants.length - this.#first
  }

  /** When the instant with this index, 0 for the oldest, stops counting. The index must be less than the last {@link count}. */
  leavesAtMs(index: number): number {
    return (this.#instants[this.#first + index] ?? Number.NEGATIVE_INFINITY) + WINDOW_MS
  }
}
