import { createRequire } from 'node:module'
import { type OnTick, officialClient, type TickPeer, tickFloors } from '@scalpdesk/testkit/bench'
import * as ws from 'ws'
import { dialWebSocket, openTlcp, systemClock, systemRandom } from '../src/index.ts'

const FIELDS = ['BID', 'OFFER', 'HIGH', 'LOW', 'CHANGE', 'CHANGE_PCT', 'TIME', 'STATE'] as const
const ITEM = 'MARKET:EURUSD'
const SPEC = { mode: 'MERGE', items: [ITEM], fields: FIELDS, isSnapshotWanted: true } as const
const require = createRequire(import.meta.url)

function openOurs(port: number) {
  const server = `http://127.0.0.1:${port}`
  return openTlcp({ server, clock: systemClock, random: systemRandom, dial: dialWebSocket })
}

/** The decimal texts of a reader that wants nothing else, as units. */
const unitsOf = (text: string | null): number => Math.round(Number(text) * 100_000)

const [noParse, floor] = tickFloors(ws, FIELDS)
export const FLOOR = floor.name
export const FLOOR_AGAIN = 'the same once more'

export const PEERS: readonly TickPeer[] = [
  noParse,
  floor,
  // What the floor differs from itself in one run is no verdict on anybody else.
  { ...floor, name: FLOOR_AGAIN },
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
  officialClient('official 8.0.5', () => require('lightstreamer-client-node'), ITEM, FIELDS),
  officialClient('official 9.2.2', () => require('lightstreamer-client-node-9'), ITEM, FIELDS),
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
