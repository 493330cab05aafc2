import type { Tick } from '../tick.ts'
import type { AlikeLines, ColumnRoom } from './alike-lines.ts'
import { CARRIAGE_RETURN, LINE_FEED, type LineCursor, passLine, type QuoteCursor, quoteCursor } from './line-cursor.ts'
import { TapeError } from './tape-error.ts'
import { clockText } from './tape-start.ts'

/** Reads one line. */
export interface LineReader<Entry> {
  /**
   * `quote` for one, which the cursor holds then, read without making a text of its line; `pass` for a line to be passed over, with the
   * cursor at its end; null for any other line and whatever is odd about it.
   */
  quick(cursor: QuoteCursor): 'quote' | 'pass' | null
  /** What the line holds; null when it need not hold anything; or a text that says what is wrong with it. */
  slow(line: string): Entry | string | null
  /** Reads what `quick` would, many lines at once, where a sink has room for that. */
  readonly alike?: AlikeLines
}

/** Where what lines hold goes. */
export interface LineSink<Entry> {
  /** A quote, of which the cursor tells no longer once the next line is read. */
  quote(cursor: QuoteCursor): void
  entry(entry: Entry): void
  /** Columns into which quotes may be read instead; asked for anew after each quote or entry. */
  room?(): ColumnRoom
}

/** What was passed over because it could not be used. */
export interface Skipped {
  readonly count: number
  /** Where the first was, and what was wrong with it. */
  readonly first: string | null
}

/** Judges line after line of one file: keeps what is good and in order, counts the rest. */
export interface LineSieve {
  /** @param bytes whole lines, each with its line feed. */
  sift<Entry extends Timed>(bytes: Uint8Array, reader: LineReader<Entry>, sink: LineSink<Entry>): void
  skip(line: string, problem: string): void
  /** Counts a line that was read elsewhere. */
  countLine(): void
  skipped(): Skipped
}

type Timed = { readonly kind: string; readonly atMs: number }

/** @param strict a bad line is a TapeError `bad-line` then. */
export function lineSieve(file: string, strict: boolean): LineSieve {
  // Changed in place: a variable would take a new number for the time of each line.
  const seen = { lines: 0, lastMs: Number.NEGATIVE_INFINITY }
  let count = 0
  let first: string | null = null

  function skip(line: string, problem: string): void {
    const where = `line ${seen.lines} of ${file}: ${problem} (${excerpt(line)})`
    if (strict) throw new TapeError('bad-line', file, `${where}; mend the line or read without strict`)
    count++
    first ??= where
  }

  /** @returns what is wrong with it; null when it is good. */
  function problemOf(entry: Timed | Tick): string | null {
    if (entry.kind === 'tick' && 'bidUnits' in entry && (entry.bidUnits <= 0 || entry.offerUnits <= 0)) {
      return 'expected prices above 0'
    }
    return entry.atMs < seen.lastMs ? `time goes back from ${clockText(seen.lastMs)}` : null
  }

  return {
    sift<Entry extends Timed>(bytes: Uint8Array, reader: LineReader<Entry>, sink: LineSink<Entry>): void {
      const cursor = quoteCursor(bytes, 0)
      const { alike } = reader
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      // What comes between quotes goes to the sink as it comes.
      let isAmongQuotes = true
      while (cursor.at < bytes.length) {
        const room = alike && isAmongQuotes ? sink.room?.() : undefined
        if (alike && room) {
          const { to } = room
          cursor.at = alike.read(bytes, view, cursor.at, seen.lastMs, room)
          seen.lines += room.to - to
          if (room.to > to) seen.lastMs = room.atMs[room.to - 1]!
          if (cursor.at === bytes.length) return
        }
        const from = cursor.at
        seen.lines++
        const found = reader.quick(cursor)
        if (found !== null && passLineEnd(cursor)) {
          if (found === 'pass') continue
          if (cursor.bidUnits > 0 && cursor.offerUnits > 0 && cursor.atMs >= seen.lastMs) {
            seen.lastMs = cursor.atMs
            isAmongQuotes = true
            sink.quote(cursor)
          } else skip(textOf(bytes, from, cursor.at - 1), problemOf({ kind: 'tick', ...cursor }) ?? '')
          continue
        }
        cursor.at = from
        passLine(cursor)
        const line = textOf(bytes, from, cursor.at)
        cursor.at++
        if (line.trim() === '') continue
        const entry = reader.slow(line)
        if (entry === null) continue
        const problem = typeof entry === 'string' ? entry : problemOf(entry)
        if (problem !== null) skip(line, problem)
        else if (typeof entry !== 'string') {
          seen.lastMs = entry.atMs
          isAmongQuotes = false
          sink.entry(entry)
        }
      }
    },
    skip,
    countLine: () => void seen.lines++,
    skipped: () => ({ count, first }),
  }
}

/** What lines hold as a list. */
export function entryList<Entry>(): LineSink<Entry> & { readonly entries: (Entry | Tick)[] } {
  const entries: (Entry | Tick)[] = []
  return {
    entries,
    quote: ({ epic, atMs, bidUnits, offerUnits }) =>
      void entries.push({ kind: 'tick', epic, atMs, bidUnits, offerUnits }),
    entry: entry => void entries.push(entry),
  }
}

/** Steps over the end of a line. @returns false when the line goes on. */
function passLineEnd(cursor: LineCursor): boolean {
  const { bytes } = cursor
  if (bytes[cursor.at] === CARRIAGE_RETURN) cursor.at++
  return bytes[cursor.at++] === LINE_FEED
}

/** The text of a line without its line end, in UTF-8; bytes that are none show as U+FFFD. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  const end = to > from && bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to
  return utf8.decode(bytes.subarray(from, end))
}

/** Text of a file, fit to be printed on a terminal: escaped and short. */
export function excerpt(text: string): string {
  const short = text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text
  return JSON.stringify(short).replace(/[\u007f-\u009f]/g, letter => `\\u00${letter.charCodeAt(0).toString(16)}`)
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const EXCERPT_LENGTH = 80
