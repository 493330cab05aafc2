import type { Market } from '../market.ts'
import type { Tick } from '../tick.ts'

/** One of the text formats in which quotes are kept. */
export interface TapeFormat {
  /** With an example of a line, for people. */
  readonly name: string
  readonly hasHeader: boolean
  recognises(firstLine: string): boolean
  /**
   * @returns the instrument, as the file spells it; null when the file does not say.
   */
  symbolOf(fileName: string, firstLine: string): string | null
  /** @throws TapeError `no-date`. */
  reader(file: string, market: Market): LineReader
}

/** A quote; or null for a line that holds none and need not; or a text that says what is wrong with the line. */
export type LineReader = (line: string) => Tick | string | null

/** The first part of a file name that names an instrument of the catalogue: `dukascopy-eurusd-20190204.csv.gz` has `eurusd`. */
export function symbolInName(fileName: string, symbols: ReadonlySet<string>): string | null {
  return (
    fileName
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .find(part => symbols.has(part)) ?? null
  )
}

export function notAPrice(text: string, market: Market): string {
  const { decimals, name } = market
  return `expected a price with at most ${decimals} decimals (as ${name} has), but found "${text.slice(0, 40)}"`
}
