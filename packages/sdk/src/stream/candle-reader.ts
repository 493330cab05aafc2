import type { Row } from '@scalpdesk/tlcp'
import type { ChartCandleField, ChartScale } from '@scalpdesk/wire'
import type { CandleEvent, CandleScale } from '../chart.ts'
import { InvalidInputError } from '../errors.ts'
import type { StreamGap } from '../stream-gap.ts'
import { FormingCandle } from './candle-state.ts'
import { DayReader } from './day-reader.ts'
import { numberOf } from './decimal-text.ts'
import type { FeedOut, ItemReader, StreamItem } from './feed.ts'
import type { KnownMarket } from './known-market.ts'
import { PriceReading } from './price-reading.ts'

/** Source: IG Labs, Streaming API reference, "CHART". Three times four prices stand first, then the day's five together. */
const CANDLE_FIELDS = [
  'BID_OPEN',
  'BID_HIGH',
  'BID_LOW',
  'BID_CLOSE',
  'OFR_OPEN',
  'OFR_HIGH',
  'OFR_LOW',
  'OFR_CLOSE',
  'LTP_OPEN',
  'LTP_HIGH',
  'LTP_LOW',
  'LTP_CLOSE',
  'DAY_OPEN_MID',
  'DAY_HIGH',
  'DAY_LOW',
  'DAY_NET_CHG_MID',
  'DAY_PERC_CHG_MID',
  'LTV',
  'TTV',
  'UTM',
  'CONS_END',
  'CONS_TICK_COUNT',
] as const satisfies ChartCandleField[]

const PRICES = 12
const OPENS = [0, 4, 8] as const
const [DAY, TRADED_VOLUME, VOLUME, TIME, END, TICKS] = [12, 17, 18, 19, 20, 21] as const

const SCALES: Readonly<Record<CandleScale, { readonly word: ChartScale; readonly lengthMs: number }>> = {
  second: { word: 'SECOND', lengthMs: 1_000 },
  minute: { word: '1MINUTE', lengthMs: 60_000 },
  'minute-5': { word: '5MINUTE', lengthMs: 300_000 },
  hour: { word: 'HOUR', lengthMs: 3_600_000 },
}

/** TLCP specification, "Request error codes": an item, or the server, cannot be had unfiltered. */
const NOT_UNFILTERED: ReadonlySet<number> = new Set([26, 27, 28])

/** @throws {InvalidInputError} for a scale that IG does not stream. */
export function candleItem(market: KnownMarket, scale: CandleScale): StreamItem<CandleEvent> {
  if (!Object.hasOwn(SCALES, scale)) {
    throw new InvalidInputError(`expected one of the scales ${Object.keys(SCALES).join(', ')}, but got ${scale}`)
  }
  const { word, lengthMs } = SCALES[scale]
  const item = `CHART:${market.epic}:${word}`
  return {
    key: item,
    name: `CHART ${market.epic} ${word}`,
    decimals: market.decimals ?? 0,
    // Filtered, the last row of a bar may be merged with the first of the next.
    spec: (_account, isSecondTry) => ({
      mode: 'MERGE',
      items: [item],
      fields: CANDLE_FIELDS,
      isSnapshotWanted: true,
      ...(isSecondTry ? {} : { maxFrequency: 'unfiltered' as const }),
    }),
    secondTryAfter: NOT_UNFILTERED,
    reader: out => new CandleReader(market, scale, lengthMs, out),
  }
}

/**
 * Tells where a bar ends: by IG's word (CONS_END), which may come with a time of after its end; or, where that word was lost to
 * a filter, because a row of the next one is there.
 */
class CandleReader implements ItemReader<CandleEvent> {
  readonly #out: FeedOut<CandleEvent>
  readonly #lengthMs: number
  readonly #prices: PriceReading
  readonly #day = new DayReader(DAY)
  readonly #begin: () => FormingCandle
  #candle: FormingCandle | null = null

  constructor(market: KnownMarket, scale: CandleScale, lengthMs: number, out: FeedOut<CandleEvent>) {
    this.#out = out
    this.#lengthMs = lengthMs
    this.#prices = new PriceReading(market.decimals, (from, to) => this.#candle?.widen(from, to))
    this.#begin = () => new FormingCandle(market.epic, scale, this.#prices.decimals)
  }

  update(row: Row): void {
    const brokerTimeMs = row.units(TIME, 0)
    // When a market closes its items were seen to get rows of nulls: no news of the bar.
    if (this.#candle !== null && brokerTimeMs === null && isEmpty(row)) return
    const startMs = brokerTimeMs === null ? null : Math.floor(brokerTimeMs / this.#lengthMs) * this.#lengthMs
    const isEnd = row.value(END) === '1'
    let candle = this.#candle
    if (candle !== null && this.#isOfNext(candle, row, startMs, isEnd)) {
      if (candle.completion === 'forming') {
        candle.completion = 'passed'
        this.#tell(candle)
      }
      candle = null
    }
    if (candle === null) {
      candle = this.#begin()
      candle.startMs = startMs
      this.#candle = candle
    }
    for (let field = 0; field < PRICES; field++) {
      // Before the place for it is looked up: reading may widen all that was read.
      const units = this.#prices.read(row, field)
      candle.prices[field] = units
    }
    candle.decimals = this.#prices.decimals
    candle.day = this.#day.read(row)
    candle.lastTradedVolume = numberOf(row.value(TRADED_VOLUME))
    candle.volume = numberOf(row.value(VOLUME))
    candle.ticks = numberOf(row.value(TICKS))
    candle.brokerTimeMs = brokerTimeMs
    candle.receivedAtMs = row.receivedAtMs
    candle.isSnapshot = row.isSnapshot
    candle.completion = isEnd ? 'told' : 'forming'
    this.#tell(candle)
  }

  gap(gap: StreamGap): void {
    this.#candle = null
    this.#out.event({ kind: 'gap', gap })
  }

  present(): CandleEvent | null {
    return this.#candle === null ? null : { kind: 'candle', candle: this.#candle.view(true) }
  }

  atLeast(decimals: number): void {
    this.#prices.atLeast(decimals)
  }

  #isOfNext(candle: FormingCandle, row: Row, startMs: number | null, isEnd: boolean): boolean {
    if (candle.completion === 'told') return !(isEnd && startMs === candle.startMs)
    if (startMs === null || candle.startMs === null || startMs <= candle.startMs) return false
    // The last word on a bar may come with the first time after it; another opening price belongs to another bar.
    const mayBeLate = isEnd && startMs === candle.startMs + this.#lengthMs
    return !mayBeLate || OPENS.some(field => row.isChanged(field))
  }

  #tell(candle: FormingCandle): void {
    this.#out.state(candle, candle.event)
  }
}

function isEmpty(row: Row): boolean {
  for (let field = 0; field < PRICES; field++) if (row.value(field) !== null) return false
  return true
}
