import { isMarketState } from '../market-state.ts'
import { COMMA, MINUS, passLine, type QuoteCursor, takeByte, takeWhole } from './line-cursor.ts'
import type { LineReader } from './line-sieve.ts'
import type { JsonValue, TapeEntry } from './tape-entry.ts'

/** What becomes of one of the markets of a tape. */
export interface Place {
  /** As it is called where the entries go. */
  readonly epic: string
  /** Decimals of its prices there, and on the tape: what does not fit is a bad line. */
  readonly decimals: number
  readonly tapeDecimals: number
}

/** Reads the lines after the first of a tape of Scalpdesk's own. @param places null for a market that is passed over */
export function scalpdeskLines(startMs: number, places: readonly (Place | null)[]): LineReader<TapeEntry> {
  const factors = places.map(place => 10 ** Math.max(0, (place?.decimals ?? 0) - (place?.tapeDecimals ?? 0)))
  const divisors = places.map(place => 10 ** Math.max(0, (place?.tapeDecimals ?? 0) - (place?.decimals ?? 0)))

  function quick(cursor: QuoteCursor): 'quote' | 'pass' | null {
    const index = takeWhole(cursor)
    if (index < 0 || !takeByte(cursor, COMMA)) return null
    const place = places[index]
    if (place === undefined) return null
    if (place === null) {
      passLine(cursor)
      return 'pass'
    }
    const afterMs = takeWhole(cursor)
    if (afterMs < 0 || !takeByte(cursor, COMMA)) return null
    const bid = takeWhole(cursor)
    if (bid < 0 || !takeByte(cursor, COMMA)) return null
    const isCrossed = takeByte(cursor, MINUS)
    const spread = takeWhole(cursor)
    if (spread < 0) return null
    const divisor = divisors[index]!
    const bidUnits = (bid / divisor) * factors[index]!
    const offerUnits = ((isCrossed ? bid - spread : bid + spread) / divisor) * factors[index]!
    if (offerUnits < 0 || !Number.isSafeInteger(bidUnits) || !Number.isSafeInteger(offerUnits)) return null
    cursor.epic = place.epic
    cursor.atMs = startMs + afterMs
    cursor.bidUnits = bidUnits
    cursor.offerUnits = offerUnits
    return 'quote'
  }

  function slow(line: string): TapeEntry | string | null {
    const [kind = '', first = '', second = '', third = ''] = line.split(',', 4)
    if (/^\d/.test(kind)) return wrongTick(line)
    if (!/^[a-z]$/.test(kind)) return 'expected a quote, or a line that begins with one small letter and a comma'
    switch (kind) {
      case 's':
      case 'q': {
        const place = /^\d{1,15}$/.test(first) ? places[Number(first)] : undefined
        if (place === undefined) return `expected the number of a market below ${places.length}, but found "${first}"`
        if (!/^\d{1,15}$/.test(second)) return `expected milliseconds since the start, but found "${second}"`
        if (place === null) return null
        const at = { atMs: startMs + Number(second), epic: place.epic }
        if (kind === 'q') return { kind: 'quote-loss', ...at }
        return isMarketState(third)
          ? { kind: 'market-state', ...at, state: third }
          : `expected a market state, but found "${third}"`
      }
      case 'e': {
        if (!/^\d{1,15}$/.test(first)) return `expected milliseconds since the start, but found "${first}"`
        if (!/^[a-z][a-z0-9-]{0,39}$/.test(second)) return `expected the name of an event, but found "${second}"`
        const data = readJson(line.slice(kind.length + first.length + second.length + 3))
        return data === undefined
          ? 'expected JSON after the name of the event'
          : { kind: 'event', atMs: startMs + Number(first), name: second, data }
      }
      default:
        // A kind of line that a later version added: it is not about prices, or it would not be this version.
        return null
    }
  }

  function wrongTick(line: string): string {
    const [, index] = /^(\d{1,15}),\d{1,15},\d{1,15},-?\d{1,15}$/.exec(line) ?? []
    if (index === undefined) return 'expected "market,milliseconds,bid,spread" in whole numbers'
    const place = places[Number(index)]
    if (place === undefined) return `expected the number of a market below ${places.length}, but found ${index}`
    return place === null
      ? 'expected a quote that can be passed over'
      : `expected prices above 0 with at most ${place.decimals} decimals (as ${place.epic} has)`
  }

  return { quick, slow }
}

function readJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
