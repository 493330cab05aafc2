/** The last values, as many as its length. */
export class Ring {
  readonly length: number
  readonly #values: Float64Array
  #next = 0
  #isFull = false

  constructor(length: number) {
    this.length = length
    this.#values = new Float64Array(length)
  }

  get isFull(): boolean {
    return this.#isFull
  }

  /** How many there are. */
  get size(): number {
    return this.#isFull ? this.length : this.#next
  }

  /** @returns the one that leaves for it; 0 while none does */
  push(value: number): number {
    const before = this.#values[this.#next]!
    this.#values[this.#next] = value
    if (++this.#next === this.length) {
      this.#next = 0
      this.#isFull = true
    }
    return before
  }

  /** In no order. */
  forEach(each: (value: number) => void): void {
    for (let index = 0; index < this.size; index++) each(this.#values[index]!)
  }
}
