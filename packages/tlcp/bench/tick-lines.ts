export const FIELDS = ['BID', 'OFFER', 'HIGH', 'LOW', 'CHANGE', 'CHANGE_PCT', 'TIME', 'STATE'] as const

/** `U` lines of a currency pair: 8 fields, of which 2 or 3 change with most ticks; about 35 bytes each. Always the same. */
export class TickLines {
  #seed = 42
  #bid = 108_512
  #spread = 9
  #high = 108_900
  #low = 108_100
  #second = 36_000
  #before: readonly string[] = []

  full(): string {
    this.#before = this.#values()
    return `U,1,1,${this.#before.join('|')}\r\n`
  }

  /** @param stamp takes the place of the time. */
  next(stamp?: string): string {
    const values = this.#values(stamp)
    const tokens: string[] = []
    let run = 0
    const endRun = (): void => {
      if (run >= 2) tokens.push(`^${run}`)
      else if (run === 1) tokens.push('')
      run = 0
    }
    for (const [field, value] of values.entries()) {
      if (value === this.#before[field]) {
        run++
        continue
      }
      endRun()
      tokens.push(value)
    }
    endRun()
    this.#before = values
    return `U,1,1,${tokens.join('|')}\r\n`
  }

  #values(stamp?: string): readonly string[] {
    this.#bid += Math.round((this.#random() - 0.5) * 6)
    if (this.#bid > 108_890 || this.#bid < 108_110) this.#bid = 108_512
    if (this.#random() < 0.02) this.#spread = 7 + Math.floor(this.#random() * 5)
    if (this.#random() < 0.01) this.#high = 108_900 + Math.floor(this.#random() * 20)
    if (this.#random() < 0.01) this.#low = 108_100 - Math.floor(this.#random() * 20)
    if (this.#random() < 0.05) this.#second++
    const price = (units: number): string => (units / 100_000).toFixed(5)
    const change = this.#bid - 108_400
    return [
      price(this.#bid),
      price(this.#bid + this.#spread),
      price(this.#high),
      price(this.#low),
      price(change),
      ((change / 108_400) * 100).toFixed(2),
      stamp ?? `${this.#two(this.#second / 3_600)}:${this.#two(this.#second / 60)}:${this.#two(this.#second)}`,
      'TRADEABLE',
    ]
  }

  #two(value: number): string {
    return String(Math.floor(value) % 60).padStart(2, '0')
  }

  #random(): number {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return this.#seed / 0x7fffffff
  }
}
