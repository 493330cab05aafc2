import { type Market, TapeError } from '@scalpdesk/mock-broker/engine'
import { batchCount, batchPart, batchTime, type TickBatch, type TickFeed } from './tick-feed.ts'

interface Source {
  readonly feed: TickFeed
  batch: TickBatch | null
  place: number
}

/** Feeds of different markets as one, by their times; of two at the same time the one that was named first. */
export function mergedFeed(feeds: readonly TickFeed[]): TickFeed {
  const [only, second] = feeds
  if (only && !second) return only
  const sources = feeds.map((feed): Source => ({ feed, batch: null, place: 0 }))
  const [market, ...others] = distinctMarkets(feeds)
  if (!market) throw new Error('expected feeds to merge, but got none; give one')
  let isBegun = false

  async function read(): Promise<TickBatch | null> {
    for (const source of sources) if (!isBegun || isSpent(source)) await readOn(source)
    isBegun = true
    const alive = sources.filter(({ batch }) => batch !== null)
    const [next, ...rest] = alive.toSorted((one, other) => timeOf(one) - timeOf(other))
    if (!next?.batch) return null
    const limitMs = Math.min(Number.POSITIVE_INFINITY, ...rest.map(timeOf))
    const begin = next.place
    const count = batchCount(next.batch)
    next.place++
    while (next.place < count && timeOf(next) < limitMs) next.place++
    return batchPart(next.batch, begin, next.place)
  }

  return {
    markets: [market, ...others],
    startMs: Math.min(...feeds.map(({ startMs }) => startMs)),
    read,
    fraction: () => feeds.reduce((sum, feed) => sum + feed.fraction(), 0) / feeds.length,
    remarks: () => feeds.flatMap(feed => feed.remarks()),
    close: async () => void (await Promise.all(feeds.map(feed => feed.close()))),
  }
}

const isSpent = ({ batch, place }: Source): boolean => batch !== null && place >= batchCount(batch)

const timeOf = ({ batch, place }: Source): number => (batch ? batchTime(batch, place) : Number.POSITIVE_INFINITY)

async function readOn(source: Source): Promise<void> {
  const batch = await source.feed.read()
  // A feed may use its columns again for the next batch; this one is kept until it is played.
  source.batch = batch
  source.place = 0
}

function distinctMarkets(feeds: readonly TickFeed[]): readonly Market[] {
  const known = new Map<string, Market>()
  for (const market of feeds.flatMap(feed => feed.markets)) {
    if (known.has(market.epic))
      throw new TapeError(
        'bad-replay',
        '',
        `expected each market on tapes of one kind, but ${market.name} is on two; play them apart, or one market of it: EPIC=FILE`,
      )
    known.set(market.epic, market)
  }
  return [...known.values()]
}
