import { firstBytes, fourDigits, ZEROS } from './four-digits.ts'
import { DOT, quoteCursor, TENS, takeUnits } from './line-cursor.ts'

/**
 * Prices that look like one that was read byte by byte: as long, with their dot in the same place, and all but their last four bytes the
 * same. Of such a price only those four have to be read.
 */
export class AlikePrice {
  /** Bytes of the price. */
  length = 0
  readonly #decimals: number
  readonly #cursor = quoteCursor(new Uint8Array(0), 0)
  /** The bytes before the last four: which of two words they are, what stands there, and what it is worth. */
  #firstMask = 0
  #first = NOTHING
  #secondMask = 0
  #second = 0
  #headUnits = 0
  /** The last four bytes: those before a dot, those after it, what stands in for it, and the dot itself. */
  #beforeDot = 0
  #afterDot = 0
  #blank = 0
  #dotMask = 0
  #dot = 0
  /** What the last digit counts. */
  #unitsOfOne = 1

  /** @param decimals of the market */
  constructor(decimals: number) {
    this.#decimals = decimals
  }

  /** Takes on the looks of the price that begins here. @returns whether there can be others like it */
  resemble(bytes: Uint8Array, view: DataView, at: number): boolean {
    const cursor = this.#cursor
    cursor.bytes = bytes
    cursor.at = at
    const units = takeUnits(cursor, this.#decimals)
    this.length = cursor.at - at
    this.#firstMask = 0
    this.#first = NOTHING
    const heads = this.length - 4
    if (units < 0 || heads < 1 || this.length > MOST_BYTES) return false
    this.#placeDot(bytes, at)
    this.#headUnits = units - fourDigits(this.tail(view, at)) * this.#unitsOfOne
    // With any last four digits it has to stay within 32 bits.
    if (this.#headUnits + 9_999 * this.#unitsOfOne > MOST_UNITS) return false
    this.#firstMask = firstBytes(heads)
    this.#first = view.getInt32(at, true) & this.#firstMask
    this.#secondMask = firstBytes(heads - 4)
    this.#second = view.getInt32(at + 4, true) & this.#secondMask
    return true
  }

  #placeDot(bytes: Uint8Array, at: number): void {
    const { length } = this
    let dot = 0
    while (dot < length && bytes[at + dot] !== DOT) dot++
    const place = dot - (length - 4)
    this.#unitsOfOne = TENS[this.#decimals - Math.max(0, length - dot - 1)]!
    const isInTail = dot < length && place >= 0
    this.#beforeDot = isInTail ? firstBytes(place) : 0
    this.#afterDot = isInTail ? ~firstBytes(place + 1) : -1
    this.#blank = isInTail ? ZERO : 0
    this.#dotMask = isInTail ? 0xff << (8 * place) : 0
    this.#dot = isInTail ? DOT << (8 * place) : 0
  }

  /** @param view in which twelve bytes follow. @returns whether what begins here is like it, as far as its last digits are some */
  isLike(view: DataView, at: number): boolean {
    return (
      (view.getInt32(at, true) & this.#firstMask) === this.#first &&
      (view.getInt32(at + 4, true) & this.#secondMask) === this.#second &&
      (view.getInt32(at + this.length - 4, true) & this.#dotMask) === this.#dot
    )
  }

  /** The last four bytes without the dot, `^ ZEROS`. */
  tail(view: DataView, at: number): number {
    const word = view.getInt32(at + this.length - 4, true)
    return ((word & this.#afterDot) | ((word & this.#beforeDot) << 8) | this.#blank) ^ ZEROS
  }

  /** @param tail of digits only. @returns the price in units of 10^-decimals */
  unitsOf(tail: number): number {
    return this.#headUnits + Math.imul(fourDigits(tail), this.#unitsOfOne)
  }
}

/** Of two words and the last four bytes. */
const MOST_BYTES = 12
const MOST_UNITS = 2 ** 31 - 1
const ZERO = 48
/** What no bytes are when none are looked at. */
const NOTHING = 1
