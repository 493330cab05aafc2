import { dialWebSocket, openTlcp } from '@scalpdesk/tlcp'
import { accountId, epic } from '../src/ids.ts'
import { LazyIgStream } from '../src/stream/ig-stream.ts'
import { systemClock, systemRandom } from '../src/system-clock.ts'
import { type Official, requireOfTlcp, ws } from './tick-modules.ts'

/** Gets each tick: bid and offer as units of 10^-5, and the time of sending in microseconds (in `pace`). */
export type OnTick = (bid: number, offer: number, stamp: number) => void

export interface Peer {
  readonly name: string
  /** A frame is told where nobody looks into it. */
  readonly start: (port: number, onTick: OnTick, onFrame: () => void) => void | Promise<void>
}

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
const units = (price: number): number => Math.round(price * 100_000)

export const PEERS: readonly Peer[] = [
  { name: 'ws, no parse', start: (port, _onTick, onFrame) => bare(port, onFrame) },
  { name: 'ws + bare byte decoder', start: (port, onTick) => bare(port, bareDecoder(onTick)) },
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
  { name: 'official 8.0.5', start: (port, onTick) => official('lightstreamer-client-node', port, onTick) },
  { name: 'official 9.2.2', start: (port, onTick) => official('lightstreamer-client-node-9', port, onTick) },
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

function official(name: string, port: number, onTick: OnTick): void {
  const { LightstreamerClient, Subscription }: Official = requireOfTlcp(name)
  const client = new LightstreamerClient(`http://127.0.0.1:${port}`, 'DEFAULT')
  client.connectionOptions.setForcedTransport('WS-STREAMING')
  const subscription = new Subscription('MERGE', [`MARKET:${EURUSD.epic}`], MARKET_FIELDS)
  subscription.setRequestedSnapshot('yes')
  subscription.addListener({
    onItemUpdate(update) {
      const number = (field: string): number => Number(update.getValue(field))
      onTick(units(number('BID')), units(number('OFFER')), number('UPDATE_TIME'))
    },
  })
  client.subscribe(subscription)
  client.connect()
}

function bare(port: number, onFrame: (data: Buffer) => void): void {
  const protocol = 'TLCP-2.4.0.lightstreamer.com'
  const socket = new ws.WebSocket(`ws://127.0.0.1:${port}/lightstreamer`, protocol, { perMessageDeflate: false })
  let asked = 0
  socket.on('open', () => socket.send('wsok'))
  socket.on('message', data => {
    if (asked === 2) return onFrame(data)
    const text = data.toString()
    if (text.startsWith('WSOK')) {
      asked = 1
      return socket.send('create_session\r\nLS_cid=mgQkwtwdysogQz2BJ4Ji%20kOj2Bg')
    }
    if (!text.startsWith('CONOK')) return
    asked = 2
    const schema = MARKET_FIELDS.join('%20')
    socket.send(
      `control\r\nLS_reqId=1&LS_ack=false&LS_op=add&LS_subId=1&LS_mode=MERGE&LS_group=ONE&LS_schema=${schema}&LS_snapshot=true`,
    )
  })
}

/** Nothing but what these ticks need: a floor for everything that also keeps a protocol. */
function bareDecoder(onTick: OnTick): (data: Buffer) => void {
  const values = new Float64Array(MARKET_FIELDS.length)
  const scale = [100_000, 10_000, 1_000, 100, 10, 1]
  const time = MARKET_FIELDS.indexOf('UPDATE_TIME')
  return data => {
    let at = 0
    while (at < data.length) {
      if (data[at] !== 0x55) {
        while (data[at] !== 0x0a) at++
        at++
        continue
      }
      at += 6
      for (let field = 0; field < MARKET_FIELDS.length; ) {
        let code = data[at]!
        if (code === 0x5e) {
          code = data[++at]!
          let run = 0
          for (; code >= 0x30 && code <= 0x39; code = data[++at]!) run = run * 10 + code - 0x30
          field += run
        } else {
          let value = 0
          let places = -1
          const start = at
          for (; code !== 0x7c && code !== 0x0d; code = data[++at]!) {
            if (code === 0x2e) places = 0
            else if (code >= 0x30 && code <= 0x39) {
              value = value * 10 + code - 0x30
              if (places >= 0) places++
            }
          }
          if (at > start) values[field] = field === time ? value : value * (scale[Math.max(0, places)] ?? 1)
          field++
        }
        if (data[at] !== 0x7c) break
        at++
      }
      while (data[at] !== 0x0a) at++
      at++
      onTick(values[0] ?? 0, values[1] ?? 0, values[time] ?? 0)
    }
  }
}
