import { basename } from 'node:path'
import type { Market } from '../market.ts'
import type { Tick } from '../tick.ts'
import { binanceFormat } from './binance-format.ts'
import { dukascopyFormat } from './dukascopy-format.ts'
import { leanFormat } from './lean-format.ts'
import { TapeError } from './tape-error.ts'
import { type LineReader, symbolInName, type TapeFormat } from './tape-format.ts'
import { clockText } from './tape-start.ts'

/** Turns the lines of one file into ticks: finds the format and the market from the first line, and judges every other. */
export interface TapeParser {
  parse(lines: readonly string[]): readonly Tick[]
  /** Known once the first line was parsed. */
  market(): Market | null
  skipped(): { readonly count: number; readonly first: string | null }
  /** The error for a file that ended without one usable quote. */
  emptyTape(): TapeError
}

export function tapeParser(file: string, markets: readonly Market[], strict: boolean): TapeParser {
  let lineNumber = 0
  let lastMs = 0
  let skippedCount = 0
  let firstSkipped: string | null = null
  let opened: { readonly market: Market; readonly readLine: LineReader } | null = null

  function skip(line: string, problem: string): void {
    const where = `line ${lineNumber} of ${file}: ${problem} (${excerpt(line)})`
    if (strict) throw new TapeError('bad-line', file, `${where}; mend the line or read without strict`)
    skippedCount++
    firstSkipped ??= where
  }

  function parseLine(line: string, readLine: LineReader, into: Tick[]): void {
    const tick = readLine(line)
    if (tick === null) return
    if (typeof tick === 'string') return skip(line, tick)
    if (tick.bidUnits === 0 || tick.offerUnits === 0) return skip(line, 'expected prices above 0')
    if (tick.atMs < lastMs) return skip(line, `time goes back from ${clockText(lastMs)}`)
    lastMs = tick.atMs
    into.push(tick)
  }

  return {
    parse(lines) {
      const ticks: Tick[] = []
      for (const line of lines) {
        lineNumber++
        if (line.trim() === '') continue
        if (opened) {
          parseLine(line, opened.readLine, ticks)
          continue
        }
        const firstLine = line.startsWith(BYTE_ORDER_MARK) ? line.slice(BYTE_ORDER_MARK.length) : line
        const format = recognise(file, firstLine)
        const market = marketOf(file, firstLine, format, markets)
        opened = { market, readLine: format.reader(file, market) }
        if (!format.hasHeader) parseLine(firstLine, opened.readLine, ticks)
      }
      return ticks
    },
    market: () => opened?.market ?? null,
    skipped: () => ({ count: skippedCount, first: firstSkipped }),
    emptyTape() {
      const detail = firstSkipped === null ? '' : `: ${firstSkipped}`
      return new TapeError(
        'empty',
        file,
        `expected quotes, but ${file} holds none that can be used${detail}; give another file`,
      )
    },
  }
}

function recognise(file: string, firstLine: string): TapeFormat {
  const format = formats.find(candidate => candidate.recognises(firstLine))
  if (format) return format
  const tried = formats.map(({ name }) => name).join('; ')
  throw new TapeError(
    'unknown-format',
    file,
    `expected one of the tick formats [${tried}], but the first line of ${file} is ${excerpt(firstLine)}; give a file of one of these`,
  )
}

function marketOf(file: string, firstLine: string, format: TapeFormat, markets: readonly Market[]): Market {
  const known = new Set(markets.flatMap(({ symbols }) => symbols))
  const symbol = format.symbolOf(basename(file), firstLine) ?? symbolInName(basename(file), known)
  const market = markets.find(({ symbols }) => symbol !== null && symbols.includes(symbol))
  if (market) return market
  const found = symbol === null ? `the name ${basename(file)} holds none` : `${file} holds ${excerpt(symbol)}`
  throw new TapeError(
    'unknown-symbol',
    file,
    `expected one of the symbols ${[...known].join(', ')}, but ${found}; put the symbol into the file name`,
  )
}

/** Text of a file, fit to be printed on a terminal: escaped and short. */
function excerpt(text: string): string {
  const short = text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text
  return JSON.stringify(short).replace(/[\u007f-\u009f]/g, letter => `\\u00${letter.charCodeAt(0).toString(16)}`)
}

const formats: readonly TapeFormat[] = [leanFormat, dukascopyFormat, binanceFormat]
const EXCERPT_LENGTH = 80
/** UTF-8's byte order mark, as the one-byte-per-letter reading of the file shows it. */
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf'
