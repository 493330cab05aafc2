import { isMarketState } from '../market-state.ts'
import { unreachable } from '../unreachable.ts'
import { LONGEST_LINE } from './line-cursor.ts'
import { DIALECT, VERSION } from './scalpdesk-header.ts'
import type { TapeEntry, TapeHeader } from './tape-entry.ts'

/** Turns what happens into the lines of a tape; the README documents them to the byte. Writing them is the caller's. */
export interface TapeWriter {
  /** The first line. A tape that is continued has it already. */
  readonly header: string
  /**
   * One line, with its line feed: to be appended at once, a reader makes do with whatever was.
   * @throws RangeError for an epic that is not in the header, a time before the entry written last, or a price that is no whole
   * number of units above 0, or an event that is too long.
   */
  line(entry: TapeEntry): string
}

/** @throws RangeError for a header that no reader would take. */
export function tapeWriter({ startMs, markets }: TapeHeader): TapeWriter {
  expectWhole('a start time in whole milliseconds', startMs)
  if (markets.length === 0)
    throw new RangeError('expected at least one market, but got none; name those to be recorded')
  const places = new Map<string, number>()
  for (const { epic, decimals } of markets) {
    if (!EPIC.test(epic))
      throw new RangeError(`expected an epic such as CS.D.EURUSD.CFD.IP, but got ${epic}; correct it`)
    if (places.has(epic)) throw new RangeError(`expected each epic once, but got ${epic} twice; leave one out`)
    if (!(Number.isInteger(decimals) && decimals >= 0 && decimals <= 9))
      throw new RangeError(`expected 0 to 9 decimals for ${epic}, but got ${decimals}; correct them`)
    places.set(epic, places.size)
  }
  let lastMs = startMs

  function placeOf(epic: string): number {
    const place = places.get(epic)
    if (place !== undefined) return place
    throw new RangeError(`expected one of the markets of the tape, but got ${epic}; name it in the header`)
  }

  function afterStart(atMs: number): number {
    expectWhole('a time in whole milliseconds', atMs)
    if (atMs < lastMs)
      throw new RangeError(`expected times that do not go back from ${lastMs}, but got ${atMs}; sort what is written`)
    return atMs - startMs
  }

  function textOf(entry: TapeEntry): string {
    const { kind } = entry
    switch (kind) {
      case 'tick': {
        const { epic, atMs, bidUnits, offerUnits } = entry
        expectWhole('a bid in whole units', bidUnits, 1)
        expectWhole('an offer in whole units', offerUnits, 1)
        return `${placeOf(epic)},${afterStart(atMs)},${bidUnits},${offerUnits - bidUnits}\n`
      }
      case 'market-state': {
        const { epic, atMs, state } = entry
        if (!isMarketState(state)) throw new RangeError(`expected a market state, but got ${state}; see the README`)
        return `s,${placeOf(epic)},${afterStart(atMs)},${state}\n`
      }
      case 'quote-loss':
        return `q,${placeOf(entry.epic)},${afterStart(entry.atMs)}\n`
      case 'event': {
        const { atMs, name, data } = entry
        if (!EVENT_NAME.test(name))
          throw new RangeError(`expected an event's name such as trade, but got ${JSON.stringify(name)}; correct it`)
        const text = `e,${afterStart(atMs)},${name},${JSON.stringify(data)}\n`
        if (Buffer.byteLength(text) > LONGEST_LINE)
          throw new RangeError(
            `expected an event of at most ${LONGEST_LINE} bytes, but ${name} is longer; write less of it`,
          )
        return text
      }
      default:
        return unreachable(kind)
    }
  }

  return {
    header: `${DIALECT},${VERSION},${startMs},${markets.map(({ epic, decimals }) => `${epic}:${decimals}`).join(',')}\n`,
    line(entry) {
      const text = textOf(entry)
      lastMs = entry.atMs
      return text
    },
  }
}

function expectWhole(what: string, value: number, least = 0): void {
  if (!(Number.isInteger(value) && value >= least && value <= LARGEST))
    throw new RangeError(`expected ${what} from ${least} to ${LARGEST}, but got ${value}; correct it`)
}

/** The largest that a reader takes: fifteen digits. */
const LARGEST = 999_999_999_999_999
/** IG Labs, REST API reference, "Markets": letters, digits, dots and underscores. */
const EPIC = /^[A-Za-z0-9._]{1,30}$/
const EVENT_NAME = /^[a-z][a-z0-9-]{0,39}$/
