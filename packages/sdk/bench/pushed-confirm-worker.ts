/**
 * Order → confirmed, by the stream and by asking, beside a raw socket that posts and asks, on the mock broker, in blocks that alternate.
 * Run by pushed-confirm.ts. Arguments: the broker's address as JSON, blocks, orders a block, warm-up orders.
 */
import { type Confirm, connectIg, Decimal, dealReference, type Ig, type OpenOrder } from '@scalpdesk/sdk'
import { connectFloor } from './floor.ts'
import type { MockAddress } from './mock-broker-process.ts'
import { MARKET } from './ours.ts'
import { say } from './pinned-process.ts'
import { connectPushedFloor } from './pushed-floor.ts'
import { median } from './statistics.ts'
import { HEADERS, wireOrder } from './wire-order.ts'

export interface PushedRound {
  readonly floorUs: number
  /** p50 / floor: of each block, then the median of the blocks. */
  readonly ratios: Readonly<Record<Exclude<Way, 'floor'>, number>>
}

export const WAYS = {
  floor: 'floor: raw socket, POST then GET',
  'floor-again': 'floor against itself',
  'pushed-floor': 'raw socket and bare WebSocket, POST then push',
  pushed: '@scalpdesk/sdk, order and confirm from the stream',
  asked: '@scalpdesk/sdk, order then GET',
} as const
export type Way = keyof typeof WAYS

const [address = '{}', blocks = '40', perBlock = '50', warmUp = '1000'] = process.argv.slice(2)
const SIZE = new Decimal(1)
let index = process.pid * 10_000_000
if (import.meta.main) {
  say(await measure(JSON.parse(address)))
  process.exit()
}

async function measure(mock: MockAddress): Promise<PushedRound> {
  const ig = await connectIg({
    environment: new URL(mock.url),
    credentials: { apiKey: mock.apiKey, identifier: mock.username, password: mock.password },
  })
  const tokens = await floorTokens(mock)
  const headers = { ...HEADERS, 'X-IG-API-KEY': mock.apiKey, ...tokens }
  const port = Number(new URL(mock.url).port)
  const floor = await connectFloor({ port, isTls: false }, { headers, orders: [netJson(0), netJson(1)] })
  const login = { ...mock, clientToken: tokens.CST, accountToken: tokens['X-SECURITY-TOKEN'] }

  // Streams are open in their own blocks only: the account's other listeners would be work in everybody's.
  async function block(way: Way, count: number): Promise<number> {
    switch (way) {
      case 'floor':
      case 'floor-again':
        return p50Of(count, () => floor.order(index))
      case 'asked':
        return p50Of(count, () => asked(ig))
      case 'pushed-floor': {
        const stream = await connectPushedFloor(floor, { ...login, url: mock.stream })
        const p50 = await p50Of(count, () => stream.order(index))
        stream.close()
        return p50
      }
      case 'pushed': {
        const heard = await confirmsOf(ig)
        const p50 = await p50Of(count, () => pushed(ig, heard))
        heard.close()
        return p50
      }
      default:
        return unknownWay(way)
    }
  }

  const names = Object.keys(WAYS) as Way[]
  for (const way of names) await block(way, Number(warmUp))
  const seen: Readonly<Record<Way, number>>[] = []
  for (let round = 0; round < Number(blocks); round += 1) {
    const p50 = { floor: 0, 'floor-again': 0, 'pushed-floor': 0, pushed: 0, asked: 0 }
    for (let turn = 0; turn < names.length; turn += 1) {
      const way = names[(turn + round) % names.length]!
      p50[way] = await block(way, Number(perBlock))
    }
    seen.push(p50)
  }
  await ig.close()
  const against = (way: Way): number => median(seen.map(p50 => p50[way] / p50.floor))
  return {
    floorUs: median(seen.map(p50 => p50.floor)),
    ratios: {
      'floor-again': against('floor-again'),
      'pushed-floor': against('pushed-floor'),
      pushed: against('pushed'),
      asked: against('asked'),
    },
  }
}

function unknownWay(way: never): never {
  throw new Error(`expected a way of this bench, but got "${String(way)}"; add it`)
}

async function p50Of(count: number, order: () => Promise<unknown>): Promise<number> {
  const us: number[] = []
  for (let done = 0; done < count; done += 1) {
    const startNs = process.hrtime.bigint()
    await order()
    us.push(Number(process.hrtime.bigint() - startNs) / 1_000)
    index += 1
  }
  return median(us)
}

/** Over when IG has taken the order and the stream has told what became of it. */
async function pushed(ig: Ig, heard: Heard): Promise<unknown> {
  const order = netOrder()
  const confirm = heard.next(order.reference)
  const [sent, { outcome }] = await Promise.all([ig.positions.open(order), confirm])
  if (sent.kind !== 'acknowledged' || outcome.kind !== 'accepted') throw refused(outcome)
  return outcome
}

async function asked(ig: Ig): Promise<unknown> {
  const sent = await ig.positions.open(netOrder())
  if (sent.kind !== 'acknowledged') throw refused(sent)
  const confirm = await ig.confirms.find(sent.reference)
  if (confirm?.outcome.kind !== 'accepted') throw refused(confirm)
  return confirm
}

/** One buys and the next sells the same: nothing stays open, and no order meets another margin. */
function netOrder(): OpenOrder {
  return {
    reference: dealReference(`BENCH-${index}`),
    market: MARKET,
    direction: index % 2 === 0 ? 'BUY' : 'SELL',
    size: SIZE,
    isNetting: true,
  }
}

function refused(got: unknown): Error {
  return new Error(`expected the mock broker to make the deal, but got ${JSON.stringify(got)}`)
}

interface Heard {
  /** The confirm of that name, when the stream tells it. */
  next(reference: string): Promise<Confirm>
  close(): void
}

function confirmsOf({ stream }: Ig): Promise<Heard> {
  let awaited = ''
  let hear: (confirm: Confirm) => void = () => {}
  return new Promise(resolve => {
    const subscription = stream.trades(event => {
      if (event.kind === 'confirm' && event.confirm.reference === awaited) hear(event.confirm)
      if (event.kind === 'feed' && event.state === 'listening') resolve({ next, close: () => subscription.close() })
    })
  })
  function next(reference: string): Promise<Confirm> {
    awaited = reference
    return new Promise(resolve => {
      hear = resolve
    })
  }
}

/** Of a session of the floor's own. */
async function floorTokens(mock: MockAddress) {
  const response = await fetch(`${mock.url}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', VERSION: '2', 'X-IG-API-KEY': mock.apiKey },
    body: JSON.stringify({ identifier: mock.username, password: mock.password }),
  })
  return {
    CST: response.headers.get('cst') ?? '',
    'X-SECURITY-TOKEN': response.headers.get('x-security-token') ?? '',
  }
}

function netJson(orderIndex: number): object {
  const { dealReference: _, stopDistance: __, ...order } = wireOrder(orderIndex)
  return { ...order, forceOpen: false }
}
