import type { LineReader } from './line-sieve.ts'
import type { TapeInput } from './tape-entry.ts'

/** One of the text formats in which quotes of one instrument are kept. */
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
  reader(file: string, instrument: Instrument): LineReader<TapeInput>
}

/** What the quotes of a file are of, and whose quotes they become. */
export interface Instrument {
  /** Its ticks are given this epic. */
  readonly epic: string
  readonly name: string
  readonly decimals: number
  /** As the file spells it; null when it does not say. */
  readonly symbol: string | null
}

/** The first part of a file name that names an instrument of the catalogue: `dukascopy-eurusd-20190204.csv.gz` has `eurusd`. */
export function symbolInName(fileName: string, symbols: ReadonlySet<string>): string | null {
  return (
    fileName
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .find(part => symbols.has(part)) ?? null
  )
}

export function notAPrice(text: string, { decimals, name }: Instrument): string {
  return `expected a price with at most ${decimals} decimals (as ${name} has), but found "${text.slice(0, 40)}"`
}
