/** `U` lines of a currency pair, of whatever fields are asked for: 2 or 3 of them change with most ticks. Always the same ones. */
export class TickLines {
  readonly #fields: readonly string[]
  #seed = 42
  #bid = 108_512
  #spread = 9
  #high = 108_900
  #low = 108_100
  #second = 36_000
  #timestamp = 1_767_607_200_000
  #before: readonly string[] = []

  constructor(fields: readonly string[]) {
    this.#fields = fields
  }

  full(): string {
    this.#before = this.#values()
    return `U,1,1,${this.#before.join('|')}\r\n`
  }

  /** @param stamp takes the place of the time, in whatever form the item has it. */
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
    this.#timestamp += 1 + Math.floor(this.#random() * 100)
    return this.#fields.map(field => this.#value(field, stamp))
  }

  #value(field: string, stamp: string | undefined): string {
    const price = (units: number): string => (units / 100_000).toFixed(5)
    const change = this.#bid - 108_400
    const two = (value: number): string => String(Math.floor(value) % 60).padStart(2, '0')
    switch (field) {
      case 'BID':
      case 'BIDPRICE1':
        return price(this.#bid)
      case 'OFFER':
      case 'ASKPRICE1':
        return price(this.#bid + this.#spread)
      case 'HIGH':
        return price(this.#high)
      case 'LOW':
        return price(this.#low)
      case 'MID_OPEN':
        return '1.08400'
      case 'CHANGE':
      case 'NET_CHG':
        return price(change)
      case 'CHANGE_PCT':
      case 'NET_CHG_PCT':
        return ((change / 108_400) * 100).toFixed(2)
      case 'TIME':
      case 'UPDATE_TIME':
        return stamp ?? `${two(this.#second / 3_600)}:${two(this.#second / 60)}:${two(this.#second)}`
      case 'TIMESTAMP':
        return stamp ?? String(this.#timestamp)
      case 'STATE':
      case 'MARKET_STATE':
        return 'TRADEABLE'
      case 'DLG_FLAG':
        return 'DEAL  '
      default:
        return '0'
    }
  }

  #random(): number {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return this.#seed / 0x7fffffff
  }
}
