import { parseUnits } from '../scaled-number.ts'
import { AlikeLines, EARLIEST_MS } from './alike-lines.ts'
import { COMMA, LINE_FEED, type LineCursor, takeByte, takeEpochMs, takeUnits } from './line-cursor.ts'
import { notAPrice, type TapeFormat } from './tape-format.ts'

/**
 * The CSV of dukascopy-node (its README, "tick" timeframe): a header, then epoch milliseconds UTC and the ask *before* the bid.
 * The volumes that may follow are not used.
 */
export const dukascopyFormat: TapeFormat = {
  name: 'dukascopy-node CSV (timestamp,askPrice,bidPrice,…)',
  hasHeader: true,
  recognises: line => /^timestamp,askPrice,bidPrice(,|$)/.test(line),
  symbolOf: () => null,
  reader: (_file, instrument) => ({
    alike: new AlikeLines(instrument.decimals),
    quick(cursor) {
      const { epic, decimals } = instrument
      if (!takeEpochMs(cursor) || !takeByte(cursor, COMMA)) return null
      if (cursor.atMs < EARLIEST_MS || cursor.atMs > LATEST_MS) return null
      const offerUnits = takeUnits(cursor, decimals)
      if (offerUnits < 0 || !takeByte(cursor, COMMA)) return null
      const bidUnits = takeUnits(cursor, decimals)
      if (bidUnits < 0 || !passVolumes(cursor)) return null
      cursor.epic = epic
      cursor.bidUnits = bidUnits
      cursor.offerUnits = offerUnits
      return 'quote'
    },
    slow(line) {
      const { epic, decimals } = instrument
      const [timeText = '', offerText, bidText] = line.split(',', 3)
      if (!/^\d{12,14}$/.test(timeText)) return `expected epoch milliseconds, but found "${timeText.slice(0, 40)}"`
      if (offerText === undefined || bidText === undefined) return 'expected "timestamp,ask,bid"'
      const bidUnits = parseUnits(bidText, decimals)
      const offerUnits = parseUnits(offerText, decimals)
      if (bidUnits === null) return notAPrice(bidText, instrument)
      if (offerUnits === null) return notAPrice(offerText, instrument)
      return { kind: 'tick', epic, atMs: Number(timeText), bidUnits, offerUnits }
    },
  }),
}

/** Steps to the line feed. @returns false when no comma stands between the prices and what follows them. */
function passVolumes(cursor: LineCursor): boolean {
  const { bytes } = cursor
  let { at } = cursor
  if (bytes[at] === COMMA) while (at < bytes.length && bytes[at] !== LINE_FEED) at++
  cursor.at = at
  return at < bytes.length
}

/** Of fourteen digits. */
const LATEST_MS = 99_999_999_999_999
