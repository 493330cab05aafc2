import { type OnTick, officialClient, type TickPeer, tickFloors } from '@scalpdesk/testkit/bench'
import { dialWebSocket, openTlcp } from '@scalpdesk/tlcp'
import { accountId, epic } from '../src/ids.ts'
import { LazyIgStream } from '../src/stream/ig-stream.ts'
import { systemClock, systemRandom } from '../src/system-clock.ts'
import { requireOfTlcp, ws } from './tick-modules.ts'

const EURUSD = { epic: epic('CS.D.EURUSD.CFD.IP'), decimals: 5, state: 'tradeable' } as const
/** What the others ask for as well. */
const MARKET_FIELDS = [
  'BID',
  'OFFER',
  'HIGH',
  'LOW',
  'MID_OPEN',
  'CHANGE',
  'CHANGE_PCT',
  'MARKET_DELAY',
  'MARKET_STATE',
  'UPDATE_TIME',
]
const ITEM = `MARKET:${EURUSD.epic}`
const units = (price: number): number => Math.round(price * 100_000)

export const PEERS: readonly TickPeer[] = [
  ...tickFloors(ws, MARKET_FIELDS),
  {
    name: 'ours, quotes of MARKET',
    start(port, onTick) {
      openOurs(port).prices([EURUSD], quote => onTick(quote.bidUnits ?? 0, quote.offerUnits ?? 0, 0), {
        legacyItems: 'MARKET',
        day: true,
      })
    },
  },
  {
    name: 'ours, quotes of PRICE',
    start(port, onTick) {
      openOurs(port).prices([EURUSD], quote =>
        onTick(quote.bidUnits ?? 0, quote.offerUnits ?? 0, quote.brokerTimeMs ?? 0),
      )
    },
  },
  {
    name: 'ours, slow for await',
    start(port, onTick) {
      void readSlowly(port, onTick)
    },
  },
  {
    name: 'ig-trading-api',
    async start(port, onTick) {
      // Here alone: what a module takes up is counted against who needs it.
      const { igTradingApi } = await import('./ig-trading-api.ts')
      const client = igTradingApi('http://127.0.0.1/')
      Object.assign(client.rest.auth, { lightstreamerEndpoint: `http://127.0.0.1:${port}`, accountId: 'ABC12' })
      client.stream.subscribeMarketUpdates([EURUSD.epic], (_epic, update) =>
        onTick(units(update.BID), units(update.OFFER), Number(update.UPDATE_TIME)),
      )
    },
  },
  officialClient('official 8.0.5', () => requireOfTlcp('lightstreamer-client-node'), ITEM, MARKET_FIELDS),
  officialClient('official 9.2.2', () => requireOfTlcp('lightstreamer-client-node-9'), ITEM, MARKET_FIELDS),
]

function openOurs(port: number): LazyIgStream {
  const server = `http://127.0.0.1:${port}`
  return new LazyIgStream({
    open: () => openTlcp({ server, clock: systemClock, random: systemRandom, dial: dialWebSocket }),
    account: () => accountId('ABC12'),
    server: () => server,
    clock: systemClock,
  })
}

/** Takes one quote in each turn of the event loop's timers, and leaves the others to be replaced. */
async function readSlowly(port: number, onTick: OnTick): Promise<void> {
  const quotes = openOurs(port).prices([EURUSD])
  let skipped = 0
  for await (const quote of quotes) {
    for (; skipped < quotes.skipped; skipped++) onTick(0, 0, 0)
    onTick(quote.bidUnits ?? 0, quote.offerUnits ?? 0, 0)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
