import type { TickFeed } from '@scalpdesk/bots'
import { markets } from '@scalpdesk/mock-broker/engine'

/** Prices for the tests of the examples: `[seconds after the start, bid, offer]`. */
export function madeTicks(
  epic: string,
  startMs: number,
  ticks: readonly (readonly [seconds: number, bid: number, offer: number])[],
): TickFeed {
  const market = markets.find(each => each.epic === epic)
  if (!market) throw new Error(`expected a market of the mock broker, but got ${epic}`)
  const scale = 10 ** market.decimals
  const units = (price: number): number => Math.round(price * scale)
  let isRead = false
  return {
    markets: [market],
    startMs,
    async read() {
      if (isRead) return null
      isRead = true
      return {
        kind: 'inputs',
        inputs: ticks.map(([seconds, bid, offer]) => ({
          kind: 'tick',
          epic,
          atMs: startMs + Math.round(seconds * 1000),
          bidUnits: units(bid),
          offerUnits: units(offer),
        })),
      }
    },
    fraction: () => (isRead ? 1 : 0),
    remarks: () => [],
    close: async () => {},
  }
}
