import { LINE_FEED, LONGEST_LINE } from './line-cursor.ts'
import { entryList, lineSieve, type Skipped, textOf } from './line-sieve.ts'
import { readHeader } from './scalpdesk-header.ts'
import { scalpdeskLines } from './scalpdesk-lines.ts'
import type { TapeEntry, TapeHeader } from './tape-entry.ts'

/** Reads a tape of Scalpdesk's own from bytes as they come, cut anywhere. Pure: the caller reads the file. */
export interface TapeReader {
  /** What the lines hold that these bytes complete. @throws TapeError `unknown-format` for a first line that is no header. */
  read(bytes: Uint8Array): readonly TapeEntry[]
  /** Null before the first line was read. */
  header(): TapeHeader | null
  report(): TapeReport
}

export interface TapeReport {
  /** Bytes of whole lines so far: a tape that is to be continued is cut off here first. */
  readonly wholeBytes: number
  /** Bytes after them: at the end of a file, of a line that was torn when its recording broke off. */
  readonly tornBytes: number
  readonly skipped: Skipped
}

/** @param file the name of the tape, for messages. */
export function tapeReader(file: string): TapeReader {
  const sieve = lineSieve(file, false)
  let rest: Uint8Array = new Uint8Array(0)
  let tooLongBytes = 0
  let wholeBytes = 0
  let opened: { readonly header: TapeHeader; readonly lines: ReturnType<typeof scalpdeskLines> } | null = null

  function open(line: string): void {
    const header = readHeader(file, line)
    const places = header.markets.map(({ epic, decimals }) => ({ epic, decimals, tapeDecimals: decimals }))
    opened = { header, lines: scalpdeskLines(header.startMs, places) }
    sieve.countLine()
  }

  /** Keeps the beginning of a line until its end comes; of one that is too long only how long it is. @param bytes that are ours */
  function hold(bytes: Uint8Array): void {
    if (tooLongBytes > 0) tooLongBytes += bytes.length
    else rest = joined(rest, bytes)
    if (rest.length <= LONGEST_LINE) return
    sieve.countLine()
    sieve.skip(textOf(rest, 0, rest.length), 'the line is too long')
    tooLongBytes = rest.length
    rest = new Uint8Array(0)
  }

  return {
    read(bytes) {
      const end = bytes.lastIndexOf(LINE_FEED) + 1
      if (end === 0) {
        hold(bytes.slice())
        return []
      }
      const first = tooLongBytes > 0 ? bytes.indexOf(LINE_FEED) + 1 : 0
      wholeBytes += tooLongBytes + first
      tooLongBytes = 0
      let whole = joined(rest, bytes.subarray(first, end))
      rest = new Uint8Array(0)
      wholeBytes += whole.length
      if (!opened) {
        const firstEnd = whole.indexOf(LINE_FEED)
        open(textOf(whole, 0, firstEnd))
        whole = whole.subarray(firstEnd + 1)
      }
      const taken = entryList<TapeEntry>()
      sieve.sift(whole, opened!.lines, taken)
      hold(bytes.slice(end))
      return taken.entries
    },
    header: () => opened?.header ?? null,
    report: () => ({ wholeBytes, tornBytes: rest.length + tooLongBytes, skipped: sieve.skipped() }),
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail
  const all = new Uint8Array(head.length + tail.length)
  all.set(head)
  all.set(tail, head.length)
  return all
}
