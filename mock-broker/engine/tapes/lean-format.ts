import { basename } from 'node:path'
import { parseUnits } from '../scaled-number.ts'
import { COMMA, takeByte, takeUnits, takeWhole } from './line-cursor.ts'
import { TapeError } from './tape-error.ts'
import { notAPrice, type TapeFormat } from './tape-format.ts'

/**
 * QuantConnect Lean, tick quotes of FXCM (Lean repository, `Data/forex`): `ms since midnight,bid,ask`, no header. Midnight is
 * that of the date in the file name in fixed UTC-5, which Lean's market-hours database gives for FXCM, all year.
 */
export const leanFormat: TapeFormat = {
  name: 'Lean tick quotes (27001492,1.38626,1.38627)',
  hasHeader: false,
  recognises: line => /^\d+(\.\d+)?,\d+(\.\d+)?,\d+(\.\d+)?$/.test(line),
  symbolOf: () => null,
  reader(file, instrument) {
    const midnightMs = midnightOf(file)
    const { epic, decimals } = instrument
    return {
      quick(cursor) {
        const ms = takeWhole(cursor)
        if (ms < 0 || ms >= DAY_MS || !takeByte(cursor, COMMA)) return null
        const bidUnits = takeUnits(cursor, decimals)
        if (bidUnits < 0 || !takeByte(cursor, COMMA)) return null
        const offerUnits = takeUnits(cursor, decimals)
        if (offerUnits < 0) return null
        cursor.epic = epic
        cursor.atMs = midnightMs + ms
        cursor.bidUnits = bidUnits
        cursor.offerUnits = offerUnits
        return 'quote'
      },
      slow(line) {
        const first = line.indexOf(',')
        const second = line.indexOf(',', first + 1)
        if (first <= 0 || second < 0) return 'expected "milliseconds,bid,ask"'
        const timeText = line.slice(0, first)
        // Lean allows fractions of a millisecond: they are cut off, a time being no price.
        const ms = /^\d+(\.\d+)?$/.test(timeText) ? Math.floor(Number(timeText)) : Number.NaN
        if (!(ms < DAY_MS)) return `expected milliseconds since midnight, but found "${timeText.slice(0, 40)}"`
        const bidText = line.slice(first + 1, second)
        const offerText = line.slice(second + 1)
        const bidUnits = parseUnits(bidText, decimals)
        const offerUnits = parseUnits(offerText, decimals)
        if (bidUnits === null) return notAPrice(bidText, instrument)
        if (offerUnits === null) return notAPrice(offerText, instrument)
        return { kind: 'tick', epic, atMs: midnightMs + ms, bidUnits, offerUnits }
      },
    }
  },
}

function midnightOf(file: string): number {
  const [, year, month, day] = /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/.exec(basename(file)) ?? []
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isReal = new Date(date || 0).getUTCDate() === Number(day)
  if (!isReal) {
    throw new TapeError(
      'no-date',
      file,
      `expected the date of a Lean file in its name (as in eurusd-20140508.csv), but ${basename(file)} has none; rename it`,
    )
  }
  return date + UTC_MINUS_5_MS
}

const DAY_MS = 86_400_000
const UTC_MINUS_5_MS = 5 * 3_600_000
