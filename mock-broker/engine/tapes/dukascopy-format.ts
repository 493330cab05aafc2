import { parseUnits } from '../scaled-number.ts'
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
  reader: (_file, market) => line => {
    const [timeText = '', offerText, bidText] = line.split(',', 3)
    if (!/^\d{12,14}$/.test(timeText)) return `expected epoch milliseconds, but found "${timeText.slice(0, 40)}"`
    if (offerText === undefined || bidText === undefined) return 'expected "timestamp,ask,bid"'
    const bidUnits = parseUnits(bidText, market.decimals)
    const offerUnits = parseUnits(offerText, market.decimals)
    if (bidUnits === null) return notAPrice(bidText, market)
    if (offerUnits === null) return notAPrice(offerText, market)
    return { kind: 'tick', epic: market.epic, atMs: Number(timeText), bidUnits, offerUnits }
  },
}
