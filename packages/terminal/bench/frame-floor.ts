const WIDTHS = [20, 11, 11, 8, 11, 11, 9, 8, 8, 11, 10]
/** Rows of the screen that the table leaves free. */
const OTHER_ROWS = 10

/**
 * The floor of target U1: a table of 11 columns (30 rows on 120x40, 40 on 200x50) is formatted and put into a buffer of cells, all of
 * them are compared with the ones shown, and the difference is written. Three numbers of one row change with each frame.
 */
export class FullScreenDifference {
  readonly #columns: number
  readonly #next: Uint32Array
  readonly #shown: Uint32Array
  readonly #bids: number[]

  constructor(columns: number, rows: number) {
    this.#columns = columns
    this.#next = new Uint32Array(columns * rows).fill(32)
    this.#shown = new Uint32Array(columns * rows)
    this.#bids = Array.from({ length: rows - OTHER_ROWS }, (_, row) => 100_000 + row * 731)
  }

  frame(tick: number, bid: number): string {
    const row = tick % this.#bids.length
    this.#bids[row] = bid + row * 731
    this.#putTable()
    return this.#difference()
  }

  #putTable(): void {
    for (const [row, bid] of this.#bids.entries()) {
      let x = 1
      for (const [column, text] of cellsOf(row, bid).entries()) {
        for (let at = 0; at < text.length; at += 1) this.#next[(row + 3) * this.#columns + x + at] = text.charCodeAt(at)
        x += WIDTHS[column] ?? 0
      }
    }
  }

  #difference(): string {
    let bytes = ''
    for (let at = 0; at < this.#next.length; at += 1) {
      if (this.#next[at] === this.#shown[at]) continue
      bytes += `\x1b[${Math.floor(at / this.#columns) + 1};${(at % this.#columns) + 1}H`
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
