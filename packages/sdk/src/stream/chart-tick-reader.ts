import type { Row } from '@scalpdesk/tlcp'
import type { ChartTickField } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { ChartTick, ChartTickEvent } from '../chart.ts'
import type { Epic } from '../ids.ts'
import type { DayFigures } from '../quote.ts'
import type { StreamGap } from '../stream-gap.ts'
import { unitsToDecimal } from '../units.ts'
import { DayReader } from './day-reader.ts'
import { numberOf } from './decimal-text.ts'
import type { FeedOut, ItemReader, StreamItem } from './feed.ts'
import type { KnownMarket } from './known-market.ts'
import { PriceReading } from './price-reading.ts'

/** Source: IG Labs, Streaming API reference, "CHART", scale TICK. The day's five stand together, as `DayReader` has them. */
const TICK_FIELDS = [
  'BID',
  'OFR',
  'LTP',
  'LTV',
  'TTV',
  'UTM',
  'DAY_OPEN_MID',
  'DAY_HIGH',
  'DAY_LOW',
  'DAY_NET_CHG_MID',
  'DAY_PERC_CHG_MID',
] as const satisfies ChartTickField[]

const [BID, OFFER, TRADED, TRADED_VOLUME, VOLUME, TIME, DAY] = [0, 1, 2, 3, 4, 5, 6] as const

export function chartTickItem(market: KnownMarket): StreamItem<ChartTickEvent> {
  const item = `CHART:${market.epic}:TICK`
  return {
    key: item,
    name: `CHART ${market.epic} TICK`,
    decimals: market.decimals ?? 0,
    // What was before the subscription belongs to `ig.prices`; as a snapshot it could not be told from what is new.
    spec: () => ({ mode: 'DISTINCT', items: [item], fields: TICK_FIELDS, isSnapshotWanted: false }),
    reader: out => new ChartTickReader(market, out),
  }
}

/** Each row is a price of its own; a field that it does not name has not changed. */
class ChartTickReader implements ItemReader<ChartTickEvent> {
  readonly #epic: Epic
  readonly #out: FeedOut<ChartTickEvent>
  readonly #prices: PriceReading
  readonly #day = new DayReader(DAY)
  #last: StreamedTick | null = null

  constructor(market: KnownMarket, out: FeedOut<ChartTickEvent>) {
    this.#epic = market.epic
    this.#out = out
    // A tick keeps the decimals that it was told with.
    this.#prices = new PriceReading(market.decimals, () => {})
  }

  update(row: Row): void {
    // All three first: any of them may show more decimals.
    for (const field of [BID, OFFER, TRADED]) this.#prices.read(row, field)
    const tick = new StreamedTick({
      epic: this.#epic,
      decimals: this.#prices.decimals,
      bidUnits: this.#prices.read(row, BID),
      offerUnits: this.#prices.read(row, OFFER),
      lastTradedUnits: this.#prices.read(row, TRADED),
      lastTradedVolume: numberOf(row.value(TRADED_VOLUME)),
      volume: numberOf(row.value(VOLUME)),
      brokerTimeMs: row.units(TIME, 0),
      receivedAtMs: row.receivedAtMs,
      isSnapshot: row.isSnapshot,
      day: this.#day.read(row),
    })
    this.#last = tick
    this.#out.event({ kind: 'tick', tick })
  }

  gap(gap: StreamGap): void {
    this.#last = null
    this.#out.event({ kind: 'gap', gap })
  }

  present(): ChartTickEvent | null {
    return this.#last === null ? null : { kind: 'tick', tick: new StreamedTick({ ...this.#last, isSnapshot: true }) }
  }

  atLeast(decimals: number): void {
    this.#prices.atLeast(decimals)
  }
}

type TickFields = Omit<ChartTick, 'bid' | 'offer' | 'lastTraded'>

class StreamedTick implements ChartTick {
  readonly epic: Epic
  readonly decimals: number
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  readonly lastTradedUnits: number | null
  readonly lastTradedVolume: number | null
  readonly volume: number | null
  readonly brokerTimeMs: number | null
  readonly receivedAtMs: number
  readonly isSnapshot: boolean
  readonly day: DayFigures

  constructor(fields: TickFields) {
    this.epic = fields.epic
    this.decimals = fields.decimals
    this.bidUnits = fields.bidUnits
    this.offerUnits = fields.offerUnits
    this.lastTradedUnits = fields.lastTradedUnits
    this.lastTradedVolume = fields.lastTradedVolume
    this.volume = fields.volume
    this.brokerTimeMs = fields.brokerTimeMs
    this.receivedAtMs = fields.receivedAtMs
    this.isSnapshot = fields.isSnapshot
    this.day = fields.day
  }

  get bid(): Decimal | null {
    return unitsToDecimal(this.bidUnits, this.decimals)
  }

  get offer(): Decimal | null {
    return unitsToDecimal(this.offerUnits, this.decimals)
  }

  get lastTraded(): Decimal | null {
    return unitsToDecimal(this.lastTradedUnits, this.decimals)
  }
}
