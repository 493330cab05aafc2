const COLUMNS = 120
const ROWS = 40
const TABLE_ROWS = 30
const WIDTHS = [20, 11, 11, 8, 11, 11, 9, 8, 8, 11, 10]

/**
 * The floor of target U1: a table of 30 rows and 11 columns is formatted and put into a buffer of 120x40 cells, all 4,800
 * cells are compared with the ones shown, and the difference is written. Three numbers of one row change with each frame.
 */
export class FullScreenDifference {
  readonly #next = new Uint32Array(COLUMNS * ROWS).fill(32)
  readonly #shown = new Uint32Array(COLUMNS * ROWS)
  readonly #bids = Array.from({ length: TABLE_ROWS }, (_, row) => 100_000 + row * 731)

  frame(tick: number, bid: number): string {
    this.#bids[tick % TABLE_ROWS] = bid + (tick % TABLE_ROWS) * 731
    this.#putTable()
    return this.#difference()
  }

  #putTable(): void {
    for (const [row, bid] of this.#bids.entries()) {
      let x = 1
      for (const [column, text] of cellsOf(row, bid).entries()) {
        for (let at = 0; at < text.length; at += 1) this.#next[(row + 3) * COLUMNS + x + at] = text.charCodeAt(at)
        x += WIDTHS[column] ?? 0
      }
    }
  }

  #difference(): string {
    let bytes = ''
    for (let at = 0; at < this.#next.length; at += 1) {
      if (this.#next[at] === this.#shown[at]) continue
      bytes += `\x1b[${Math.floor(at / COLUMNS) + 1};${(at % COLUMNS) + 1}H`
      while (at < this.#next.length && this.#next[at] !== this.#shown[at]) {
        bytes += String.fromCharCode(this.#next[at]!)
        this.#shown[at] = this.#next[at]!
        at += 1
      }
    }
    return bytes
  }
}

function cellsOf(row: number, bid: number): readonly string[] {
  const price = (points: number) => (points / 100_000).toFixed(5)
  const texts = [
    `CS.D.MARKET${row}.CFD.IP`,
    price(bid),
    price(bid + 9),
    '9',
    price(bid + 500),
    price(bid - 500),
    String(12 + row),
    '1',
    String(row % 5),
    ((bid - 100_000) / 100).toFixed(2),
    '10:00:00',
  ]
  return texts.map((text, column) => text.padStart(WIDTHS[column] ?? 0))
}
