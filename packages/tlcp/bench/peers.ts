import { createRequire } from 'node:module'
import { WebSocket } from 'ws'
import { dialWebSocket, openTlcp, systemClock, systemRandom } from '../src/index.ts'
import { FIELDS } from './tick-lines.ts'

/** Gets each tick: bid and offer as units of 10^-5, and the time of sending in microseconds (in `pace`). */
export type OnTick = (bid: number, offer: number, stamp: number) => void

export interface Peer {
  readonly name: string
  readonly start: (port: number, onTick: OnTick, onFrame: () => void) => void
}

const SPEC = { mode: 'MERGE', items: ['MARKET:EURUSD'], fields: FIELDS, isSnapshotWanted: true } as const

function openOurs(port: number) {
  const server = `http://127.0.0.1:${port}`
  return openTlcp({ server, clock: systemClock, random: systemRandom, dial: dialWebSocket })
}

/** The decimal texts of a peer that has nothing else, as units. */
const unitsOf = (text: string | null): number => Math.round(Number(text) * 100_000)

export const FLOOR = 'ws + bare byte decoder'
export const FLOOR_AGAIN = 'the same once more'

export const PEERS: readonly Peer[] = [
  { name: 'ws, no parse', start: (port, _onTick, onFrame) => bare(port, onFrame) },
  { name: FLOOR, start: (port, onTick) => bare(port, bareDecoder(onTick)) },
  // What the floor differs from itself in one run is no verdict on anybody else.
  { name: FLOOR_AGAIN, start: (port, onTick) => bare(port, bareDecoder(onTick)) },
  {
    name: 'ours, numbers',
    start(port, onTick) {
      openOurs(port).subscribe(SPEC, {
        update: row => onTick(row.units(0, 5) ?? 0, row.units(1, 5) ?? 0, row.units(6, 0) ?? 0),
      })
    },
  },
  {
    name: 'ours, texts',
    start(port, onTick) {
      openOurs(port).subscribe(SPEC, {
        update: row => onTick(unitsOf(row.value(0)), unitsOf(row.value(1)), Number(row.value(6))),
      })
    },
  },
  {
    name: 'ours, slow for await',
    start(port, onTick) {
      void readSlowly(port, onTick)
    },
  },
  { name: 'official 8.0.5', start: (port, onTick) => official('lightstreamer-client-node', port, onTick) },
  { name: 'official 9.2.2', start: (port, onTick) => official('lightstreamer-client-node-9', port, onTick) },
]

/** Takes one row in each turn of the event loop's timers, and leaves the others to be merged. */
async function readSlowly(port: number, onTick: OnTick): Promise<void> {
  for await (const event of openOurs(port).rows(SPEC)) {
    if (event.kind !== 'row') continue
    for (let merged = 1; merged < event.merged; merged++) onTick(0, 0, 0)
    onTick(event.row.units(0, 5) ?? 0, event.row.units(1, 5) ?? 0, 0)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** The part of the official clients that is used here. */
interface OfficialClient {
  readonly connectionOptions: { setForcedTransport(transport: string): void }
  subscribe(subscription: object): void
  connect(): void
}
interface OfficialSubscription {
  setRequestedSnapshot(wanted: string): void
  addListener(listener: { onItemUpdate(update: { getValue(field: string): string | null }): void }): void
}
interface Official {
  readonly LightstreamerClient: new (server: string, adapterSet: string) => OfficialClient
  readonly Subscription: new (mode: string, items: string[], fields: string[]) => OfficialSubscription
}

function official(name: string, port: number, onTick: OnTick): void {
  const { LightstreamerClient, Subscription }: Official = createRequire(import.meta.url)(name)
  const client = new LightstreamerClient(`http://127.0.0.1:${port}`, 'DEFAULT')
  client.connectionOptions.setForcedTransport('WS-STREAMING')
  const subscription = new Subscription('MERGE', [...SPEC.items], [...FIELDS])
  subscription.setRequestedSnapshot('yes')
  subscription.addListener({
    onItemUpdate: update =>
      onTick(unitsOf(update.getValue('BID')), unitsOf(update.getValue('OFFER')), Number(update.getValue('TIME'))),
  })
  client.subscribe(subscription)
  client.connect()
}

function bare(port: number, onFrame: (data: Buffer) => void): void {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/lightstreamer`, 'TLCP-2.4.0.lightstreamer.com', {
    perMessageDeflate: false,
  })
  let asked = 0
  socket.on('open', () => socket.send('wsok'))
  socket.on('message', (data: Buffer) => {
    if (asked === 2) return onFrame(data)
    const text = data.toString()
    if (text.startsWith('WSOK')) {
      asked = 1
      return socket.send('create_session\r\nLS_cid=mgQkwtwdysogQz2BJ4Ji%20kOj2Bg')
    }
    if (!text.startsWith('CONOK')) return
    asked = 2
    const line = `LS_op=add&LS_subId=1&LS_mode=MERGE&LS_group=ONE&LS_schema=${FIELDS.join('%20')}&LS_snapshot=true`
    socket.send(`control\r\nLS_reqId=1&LS_ack=false&${line}`)
  })
}

/** Nothing but what these ticks need: a floor for everything that also keeps a protocol. */
function bareDecoder(onTick: OnTick): (data: Buffer) => void {
  const units = new Float64Array(FIELDS.length)
  const SCALE = [100_000, 10_000, 1_000, 100, 10, 1]
  return data => {
    let at = 0
    while (at < data.length) {
      if (data[at] !== 0x55) {
        while (data[at] !== 0x0a) at++
        at++
        continue
      }
      at += 6
      for (let field = 0; field < FIELDS.length; ) {
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
          if (at > start) units[field] = field === 6 ? value : value * (SCALE[Math.max(0, places)] ?? 1)
          field++
        }
        if (data[at] !== 0x7c) break
        at++
      }
      while (data[at] !== 0x0a) at++
      at++
      onTick(units[0] ?? 0, units[1] ?? 0, units[6] ?? 0)
    }
  }
}
