import { AlikePrice } from './alike-price.ts'
import { fourDigits, placeIn, strays, ZEROS } from './four-digits.ts'
import { CARRIAGE_RETURN, COMMA, LINE_FEED } from './line-cursor.ts'

/** Columns with room for more quotes. */
export interface ColumnRoom {
  readonly atMs: Float64Array
  readonly bidUnits: Int32Array
  readonly offerUnits: Int32Array
  /** Where the next quote goes. */
  to: number
}

/**
 * Reads lines of a time in thirteen digits of epoch milliseconds, the offer and the bid, and whatever follows them after a comma. Each is
 * taken for one like the line before, of which but few digits change; what is not like it is left to whoever reads any line.
 */
export class AlikeLines {
  readonly #offer: AlikePrice
  readonly #bid: AlikePrice
  /** The first eight digits of times, in two words, and what they are worth: not a number where they are no time. */
  #first = 0
  #second = 0
  #beganMs = Number.NaN

  /** @param decimals of the market */
  constructor(decimals: number) {
    this.#offer = new AlikePrice(decimals)
    this.#bid = new AlikePrice(decimals)
  }

  /**
   * Reads lines from a place on into the columns, until one is other than expected, not good, or too near the end of the bytes.
   * @param view of the same bytes
   * @param lastMs no quote may be before it
   * @returns the place of the line that it leaves
   */
  read(bytes: Uint8Array, view: DataView, from: number, lastMs: number, room: ColumnRoom): number {
    let at = from
    let resembled = -1
    for (;;) {
      const before = room.to
      at = this.#readSome(bytes, view, at, before > 0 ? Math.max(lastMs, room.atMs[before - 1]!) : lastMs, room)
      if (room.to - before === AT_ONCE) continue
      if (at === resembled || room.to === room.atMs.length || !this.#resemble(bytes, view, at)) return at
      resembled = at
    }
  }

  /** As many lines as are read at once. What is rare is done outside of it: what it never did yet would undo its fast code. */
  #readSome(bytes: Uint8Array, view: DataView, from: number, lastMs: number, room: ColumnRoom): number {
    const { atMs, bidUnits, offerUnits } = room
    const offer = this.#offer
    const bid = this.#bid
    const lastAt = bytes.length - MOST_BYTES
    const end = Math.min(atMs.length, room.to + AT_ONCE)
    // Not from one list: that would make doubles of the places.
    let at = from
    let { to } = room
    let beforeMs = lastMs
    while (at <= lastAt && to < end) {
      const offerAt = at + TIME_BYTES + 1
      const bidAt = offerAt + offer.length + 1
      let place = bidAt + bid.length
      if (view.getInt32(at, true) !== this.#first || view.getInt32(at + 4, true) !== this.#second) break
      if (bytes[offerAt - 1] !== COMMA || bytes[bidAt - 1] !== COMMA) break
      if (!offer.isLike(view, offerAt) || !bid.isLike(view, bidAt)) break
      const late = view.getInt32(at + 8, true) ^ ZEROS
      const digit = bytes[at + 12]! - ZERO
      const offerTail = offer.tail(view, offerAt)
      const bidTail = bid.tail(view, bidAt)
      if ((strays(late) | strays(offerTail) | strays(bidTail)) !== 0 || digit < 0 || digit > 9) break
      const nowMs = this.#beganMs + (fourDigits(late) * 10 + digit)
      const offerNow = offer.unitsOf(offerTail)
      const bidNow = bid.unitsOf(bidTail)
      if (bytes[place] === COMMA) place = lineFeedFrom(view, place + 1)
      else if (bytes[place] === CARRIAGE_RETURN) place++
      if (bytes[place] !== LINE_FEED || offerNow <= 0 || bidNow <= 0 || !(nowMs >= beforeMs)) break
      atMs[to] = nowMs
      bidUnits[to] = bidNow
      offerUnits[to] = offerNow
      to++
      beforeMs = nowMs
      at = place + 1
    }
    room.to = to
    return at
  }

  /** Takes on the looks of the line that begins here. @returns whether there can be others like it */
  #resemble(bytes: Uint8Array, view: DataView, at: number): boolean {
    if (at > bytes.length - MOST_BYTES) return false
    this.#first = view.getInt32(at, true)
    this.#second = view.getInt32(at + 4, true)
    const high = this.#first ^ ZEROS
    const low = this.#second ^ ZEROS
    const beganMs = (fourDigits(high) * 10_000 + fourDigits(low)) * 100_000
    const isTime = (strays(high) | strays(low)) === 0 && beganMs >= EARLIEST_MS
    this.#beganMs = isTime ? beganMs : Number.NaN
    const offerAt = at + TIME_BYTES + 1
    return (
      isTime &&
      this.#offer.resemble(bytes, view, offerAt) &&
      this.#bid.resemble(bytes, view, offerAt + this.#offer.length + 1)
    )
  }
}

/** @returns the place of the next line feed; or one close to the end of the bytes, where none was found until there */
function lineFeedFrom(view: DataView, from: number): number {
  const last = view.byteLength - 4
  for (let at = from; at <= last; at += 4) {
    const place = placeIn(view.getInt32(at, true), LINE_FEED)
    if (place < 4) return at + place
  }
  return last
}

/** Of twelve digits: other times are not in milliseconds. */
export const EARLIEST_MS = 100_000_000_000
const TIME_BYTES = 13
/** A time, two prices that may be of up to fifteen bytes when they are looked at, commas, and the word after them. */
const MOST_BYTES = 64
/** Our choice: a function that is called often is made fast as a whole; of one that stays in a loop for long the loop is alone. */
const AT_ONCE = 256
const ZERO = 48
