import type { Market } from '../market.ts'
import { binanceFormat } from './binance-format.ts'
import { castQuotes, castRecording, type Rescale, type Wish } from './casting.ts'
import { dukascopyFormat } from './dukascopy-format.ts'
import { leanFormat } from './lean-format.ts'
import { LINE_FEED, LONGEST_LINE } from './line-cursor.ts'
import { entryList, excerpt, type LineReader, type LineSink, lineSieve, type Skipped, textOf } from './line-sieve.ts'
import { DIALECT, readHeader } from './scalpdesk-header.ts'
import { scalpdeskLines } from './scalpdesk-lines.ts'
import type { TapeEntry, TapeInput } from './tape-entry.ts'
import { TapeError } from './tape-error.ts'
import type { TapeFormat } from './tape-format.ts'
import { type ColumnSink, columnSink, type TickBatch } from './tick-columns.ts'

/** Turns the bytes of one file into what its markets do: finds format and markets from the first line, and judges every other. */
export interface TapeParser {
  /** @param bytes whole lines, or a piece of one without its line feed, which nothing follows on the same line. */
  parse(bytes: Uint8Array): readonly TapeInput[]
  /** The same as batches, with the quotes of a tape of one market as columns. What it gave before is no longer good then. */
  parseColumns(bytes: Uint8Array): readonly TickBatch[]
  /** Known once the first line was parsed. */
  opened(): OpenedTape | null
  skipped(): Skipped
  /** The error for a file that ended without one usable quote. */
  emptyTape(): TapeError
}

interface OpenedTape {
  readonly markets: readonly Market[]
  readonly rescale: Rescale | null
  /** Epics of the tape that the broker does not have. */
  readonly passedOver: readonly string[]
}

export interface TapeParserOptions {
  readonly markets: readonly Market[]
  readonly wish: Wish | null
  readonly strict: boolean
}

export function tapeParser(file: string, { markets, wish, strict }: TapeParserOptions): TapeParser {
  const sieve = lineSieve(file, strict)
  let opened: Opened | null = null
  let columns: ColumnSink | null = null

  /** @returns where the lines with quotes begin. */
  function open(bytes: Uint8Array): number {
    for (let from = 0; from < bytes.length; ) {
      const lineFeed = bytes.indexOf(LINE_FEED, from)
      const end = lineFeed < 0 ? bytes.length : lineFeed
      const line = textOf(bytes, from, end).replace(/^\ufeff/, '')
      const next = end + 1
      if (line.trim() === '') {
        sieve.countLine()
        from = next
        continue
      }
      if (line.startsWith(DIALECT)) {
        openRecording(line)
        sieve.countLine()
        return next
      }
      const format = recognise(file, line)
      const { market, instrument, rescale } = castQuotes(file, format, line, markets, wish)
      opened = {
        markets: [market],
        rescale,
        passedOver: [],
        tearsLines: false,
        reader: format.reader(file, instrument),
      }
      if (!format.hasHeader) return bytes[from] === BYTE_ORDER_MARK ? from + 3 : from
      sieve.countLine()
      return next
    }
    return bytes.length
  }

  function openRecording(line: string): void {
    const header = readHeader(file, line)
    const { places, ...cast } = castRecording(file, header, markets, wish)
    const passedOver = wish ? [] : header.markets.flatMap(({ epic }, index) => (places[index] ? [] : [epic]))
    opened = { ...cast, passedOver, tearsLines: true, reader: scalpdeskLines(header.startMs, places) }
  }

  function sift(bytes: Uint8Array, { reader, tearsLines }: Opened, sink: LineSink<TapeEntry>): void {
    if (bytes.at(-1) === LINE_FEED) return sieve.sift(bytes, reader, sink)
    // The last line of a file may lack its line feed; one of a recording counts only with it.
    if (!tearsLines) return sieve.sift(Buffer.concat([bytes, Buffer.of(LINE_FEED)]), reader, sink)
    sieve.countLine()
    const problem = bytes.length > LONGEST_LINE ? 'the line is too long' : 'the recording breaks off in this line'
    sieve.skip(textOf(bytes, 0, bytes.length), problem)
  }

  function parse(bytes: Uint8Array): readonly TapeInput[] {
    const rest = opened ? bytes : bytes.subarray(open(bytes))
    if (!opened || rest.length === 0) return []
    const taken = entryList<TapeEntry>()
    sift(rest, opened, taken)
    return taken.entries.filter(isInput)
  }

  return {
    parse,
    parseColumns(bytes) {
      const [only, second] = opened?.markets ?? []
      if (!opened || !only || second) {
        const inputs = parse(bytes)
        return inputs.length > 0 ? [{ kind: 'inputs', inputs }] : []
      }
      columns ??= columnSink(only.epic)
      if (bytes.length > 0) sift(bytes, opened, columns)
      return columns.batches()
    },
    opened: () => opened,
    skipped: sieve.skipped,
    emptyTape() {
      const { first } = sieve.skipped()
      const detail = first === null ? '' : `: ${first}`
      return new TapeError(
        'empty',
        file,
        `expected quotes, but ${file} holds none that can be used${detail}; give another file`,
      )
    },
  }
}

type Opened = OpenedTape & { readonly reader: LineReader<TapeEntry>; readonly tearsLines: boolean }

/** What happened to an account is nothing that a market plays. */
function isInput(entry: TapeEntry): entry is TapeInput {
  return entry.kind !== 'event'
}

function recognise(file: string, firstLine: string): TapeFormat {
  const format = formats.find(candidate => candidate.recognises(firstLine))
  if (format) return format
  const tried = [...formats.map(({ name }) => name), `Scalpdesk's own (${DIALECT},1,…)`].join('; ')
  throw new TapeError(
    'unknown-format',
    file,
    `expected one of the tick formats [${tried}], but the first line of ${file} is ${excerpt(firstLine)}; give a file of one of these`,
  )
}

const formats: readonly TapeFormat[] = [leanFormat, dukascopyFormat, binanceFormat]
/** The first byte of UTF-8's byte order mark, which is three bytes long. */
const BYTE_ORDER_MARK = 0xef
