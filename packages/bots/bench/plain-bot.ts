/** The rule of the bench as a plain loop has it: two averages, one position, a stop, and a sum of what was won, in units. */
export class PlainBot {
  ticks = 0
  trades = 0
  wonUnits = 0
  #fast = 0
  #slow = 0
  #side: -1 | 0 | 1 = 0
  #entry = 0

  readonly #gap: number

  constructor(pace: Pace) {
    this.#gap = GAP_UNITS[pace]
  }

  tick(_atMs: number, bid: number, offer: number): void {
    const mid = (bid + offer) / 2
    if (this.ticks === 0) [this.#fast, this.#slow] = [mid, mid]
    else {
      this.#fast += (mid - this.#fast) * (2 / (FAST + 1))
      this.#slow += (mid - this.#slow) * (2 / (SLOW + 1))
    }
    this.ticks++
    if (this.#side !== 0) {
      const won = this.#side > 0 ? bid - this.#entry : this.#entry - offer
      if (won <= -STOP_UNITS) this.#close(won)
    }
    if (this.ticks < SLOW) return
    const apart = this.#fast - this.#slow
    if (apart > this.#gap && this.#side <= 0) this.#turn(1, bid, offer)
    else if (apart < -this.#gap && this.#side >= 0) this.#turn(-1, bid, offer)
  }

  #turn(side: 1 | -1, bid: number, offer: number): void {
    if (this.#side !== 0) this.#close(this.#side > 0 ? bid - this.#entry : this.#entry - offer)
    this.#side = side
    this.#entry = side > 0 ? offer : bid
    this.trades++
  }

  #close(won: number): void {
    this.wonUnits += won
    this.#side = 0
  }
}

export const FAST = 200
export const SLOW = 1_000
/** How far the averages have to be apart: with 50 units the made ticks bring some ten entries a day, with 20 about a hundred and forty. */
export const GAP_UNITS = { calm: 50, busy: 20 } as const
export type Pace = keyof typeof GAP_UNITS
export const STOP_UNITS = 100
