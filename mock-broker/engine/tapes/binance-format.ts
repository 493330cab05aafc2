import { parseUnits } from '../scaled-number.ts'
import type { Tick } from '../tick.ts'
import { type Instrument, notAPrice, type TapeFormat } from './tape-format.ts'

/**
 * A capture of Binance's bookTicker stream as hftbacktest records it: the recorder's epoch nanoseconds, a space, and the
 * message (Binance USDⓈ-M futures, "Individual Symbol Book Ticker Streams"). The recorder's time is used: it never goes back.
 * Messages of other streams are passed over.
 */
export const binanceFormat: TapeFormat = {
  name: 'Binance bookTicker capture (1723161255088169167 {"stream":"btcusdt@bookTicker",…})',
  hasHeader: false,
  recognises: line => /^\d{16,19} \{"stream":/.test(line),
  symbolOf: (_fileName, firstLine) => /^\d+ \{"stream":"([a-z0-9]+)@/.exec(firstLine)?.[1] ?? null,
  reader: (_file, instrument) => ({
    // JSON is read as a text, in one way only.
    quick: () => null,
    slow: line => readLine(line, instrument),
  }),
}

function readLine(line: string, instrument: Instrument): Tick | string | null {
  const space = line.indexOf(' ')
  const nanoseconds = line.slice(0, Math.max(space, 0))
  if (!/^\d{16,19}$/.test(nanoseconds)) return `expected epoch nanoseconds, but found "${nanoseconds.slice(0, 40)}"`
  const quote = readQuote(line.slice(space + 1))
  if (quote === 'other stream') return null
  if (quote === 'unreadable') return 'expected a bookTicker message with the texts "s", "b" and "a"'
  if (quote.symbol !== instrument.symbol) return `expected quotes of ${instrument.name}, but found ${quote.symbol}`
  const bidUnits = parseUnits(quote.bid, instrument.decimals)
  const offerUnits = parseUnits(quote.offer, instrument.decimals)
  if (bidUnits === null) return notAPrice(quote.bid, instrument)
  if (offerUnits === null) return notAPrice(quote.offer, instrument)
  return { kind: 'tick', epic: instrument.epic, atMs: Number(nanoseconds.slice(0, -6)), bidUnits, offerUnits }
}

function readQuote(
  text: string,
): { readonly symbol: string; readonly bid: string; readonly offer: string } | 'other stream' | 'unreadable' {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return 'unreadable'
  }
  const stream = property(message, 'stream')
  const data = property(message, 'data')
  if (typeof stream === 'string' && !stream.endsWith('@bookTicker')) return 'other stream'
  const symbol = property(data, 's')
  const bid = property(data, 'b')
  const offer = property(data, 'a')
  if (typeof symbol !== 'string' || typeof bid !== 'string' || typeof offer !== 'string') return 'unreadable'
  return { symbol: symbol.toLowerCase(), bid, offer }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
