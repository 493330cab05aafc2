import { type Market, markets } from '@scalpdesk/mock-broker/engine'
import type { TickFeed } from '../ticks/tick-feed.ts'

/** Ticks made for a test, of EUR/USD from Monday noon on. Tests only. */
export function madeTicks(
  ticks: readonly (readonly [afterMs: number, bidUnits: number, offerUnits: number])[],
): TickFeed {
  const market = markets.find(({ epic }) => epic === EURUSD)
  if (!market) throw new Error(`expected the market ${EURUSD}, but there is none`)
  return columnsFeed(market, ticks)
}

function columnsFeed(market: Market, ticks: Parameters<typeof madeTicks>[0]): TickFeed {
  let isRead = false
  return {
    markets: [market],
    startMs: START_MS,
    async read() {
      if (isRead) return null
      isRead = true
      return {
        kind: 'columns',
        epic: market.epic,
        count: ticks.length,
        atMs: Float64Array.from(ticks, ([afterMs]) => START_MS + afterMs),
        bidUnits: Int32Array.from(ticks, ([, bidUnits]) => bidUnits),
        offerUnits: Int32Array.from(ticks, ([, , offerUnits]) => offerUnits),
      }
    },
    fraction: () => (isRead ? 1 : 0),
    remarks: () => [],
    close: async () => {},
  }
}

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const START_MS = Date.UTC(2026, 0, 5, 12)
