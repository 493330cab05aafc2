/**
 * Orders whose reply is lost after the broker has taken them: how many are dealt twice. Target O7.
 *
 * First Node's sockets under seeded faults of every kind, until 10,000 replies have been lost; then whole clients, this package and
 * ig-trading-api, each with 10,000 orders of which every first reply is lost. Nothing here is timed.
 *
 * `pnpm exec node packages/sdk/bench/lost-replies.ts [--quick] [--seed 1] [--faults 10000]`
 */
import type { Socket } from 'node:net'
import { parseArgs } from 'node:util'
import { connectIg, Decimal, dealReference } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import { type FaultReport, injectFaults } from '../src/testing/inject-faults.ts'
import { json, raw, startRudeServer } from '../src/testing/rude-server.ts'
import { igOrder, igTradingApi } from './ig-trading-api.ts'
import { MARKET } from './ours.ts'
import { judge } from './target.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string' },
  },
})
const firstSeed = Number(options.seed)
const faults = Number(options.faults ?? (options.quick ? 500 : 10_000))
/** Orders under one seed. */
const BATCH = 2_000
/** One after the other: a burst against connections that all break would wait for new ones, and lose fewer replies. */
const BURST = 1
/** The peer waits a fifth of a second before it sends an order again. */
const PEER_BURST = 500

await underSockets()
await throughClients()
// The peer leaves a timer behind that keeps the process.
process.exit()

async function underSockets(): Promise<void> {
  const reports: FaultReport[] = []
  const total = (of: (report: FaultReport) => number): number => reports.reduce((sum, report) => sum + of(report), 0)
  while (total(report => report.unknown) < faults) {
    reports.push(await injectFaults({ orders: Math.min(BATCH, faults), seed: firstSeed + reports.length }))
  }
  const [orders, acknowledged, rejected, unknown, unsent, seen] = (
    ['orders', 'acknowledged', 'rejected', 'unknown', 'unsent', 'seen'] as const
  ).map(name => total(report => report[name]))
  console.log(`Node's sockets under faults, seeds ${firstSeed} to ${firstSeed + reports.length - 1}: ${orders} orders,`)
  console.log(`  ${seen} seen by the server; told ${acknowledged} acknowledged, ${rejected} rejected,`)
  console.log(`  ${unknown} unknown (reply lost or unreadable), ${unsent} unsent`)
  judge({ id: 'O7', what: 'orders sent twice', goal: 0, decimals: 0 }, [total(report => report.seenTwice.length)])
  const wrong = total(
    report =>
      report.unsentButSeen.length +
      report.acknowledgedButUnseen.length +
      report.rejectedButBooked.length +
      report.neverTold.length,
  )
  judge({ id: 'O7', what: 'orders of which something untrue was told', goal: 0, decimals: 0 }, [wrong])
}

interface Lossy {
  readonly url: URL
  /** How often each order was taken, by its reference. */
  readonly taken: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** Takes every order it gets; the first reply to each is lost, a later one is good. */
async function startLossyBroker(): Promise<Lossy> {
  const random = seededRandom(firstSeed)
  const server = await startRudeServer()
  const taken = new Map<string, number>()
  server.onOrder((socket, { body }) => {
    const { dealReference: reference }: { readonly dealReference: string } = JSON.parse(body)
    const times = (taken.get(reference) ?? 0) + 1
    taken.set(reference, times)
    const reply = json(200, { dealReference: reference })
    if (times > 1) return void socket.write(reply)
    lose(socket, reply, random.next)
  })
  return { url: server.url, taken, close: () => server.close() }
}

function lose(socket: Socket, reply: string, random: () => number): void {
  const part = reply.slice(0, Math.floor(random() * reply.length))
  const ways = [
    () => socket.destroy(),
    () => socket.resetAndDestroy(),
    () => socket.end(part),
    () => socket.write(part, () => socket.resetAndDestroy()),
    () => socket.end('\u0000 no HTTP at all'),
    () => socket.write(raw(502, '<html>Bad Gateway</html>', { 'Content-Type': 'text/html' })),
    () => socket.write(json(504, { errorCode: 'error.trading.timeout' })),
    () => socket.write(json(500, { errorCode: 'system.error' })),
  ] as const
  ways[Math.floor(random() * ways.length)]?.()
}

async function throughClients(): Promise<void> {
  const ours = await loseReplies(sendOurs, faults, BURST)
  console.log(`\n${faults} orders through each client, the first reply to each lost after the broker has taken it`)
  console.log(`@scalpdesk/sdk: ${describe(ours)}`)
  const peer = await loseReplies(sendPeers, faults, PEER_BURST)
  console.log(`ig-trading-api 0.13.9: ${describe(peer)}`)
  judge({ id: 'O7', what: 'orders dealt twice through the client', goal: 0, decimals: 0 }, [twiceOf(ours)])
  // What the broker took is unknown, what it never saw is unsent: anything else is a guess.
  const wrong = ours.filter(({ told, taken }) => told !== (taken > 0 ? 'unknown' : 'unsent')).length
  judge({ id: 'O7', what: 'orders of which the client told something untrue', goal: 0, decimals: 0 }, [wrong])
}

interface LostReply {
  readonly told: string
  /** How often the broker took the order. */
  readonly taken: number
}

type Send = (index: number) => Promise<string>
type Connect = (url: URL) => Promise<{ readonly send: Send; close(): unknown }>

async function loseReplies(connect: Connect, orders: number, burst: number): Promise<readonly LostReply[]> {
  const broker = await startLossyBroker()
  const client = await connect(broker.url)
  const told: string[] = []
  for (let next = 0; next < orders; next += burst) {
    const indexes = Array.from({ length: Math.min(burst, orders - next) }, (_, index) => next + index)
    told.push(...(await Promise.all(indexes.map(client.send))))
  }
  await client.close()
  await broker.close()
  return told.map((kind, index) => ({ told: kind, taken: broker.taken.get(`BENCH-${index}`) ?? 0 }))
}

function describe(orders: readonly LostReply[]): string {
  const deals = orders.reduce((sum, { taken }) => sum + taken, 0)
  const kinds = Object.entries(Object.groupBy(orders, ({ told }) => told))
  const told = kinds.map(([kind, those]) => `${those?.length} ${kind}`).join(', ')
  return `${deals} deals for ${orders.length} orders, ${twiceOf(orders)} dealt more than once; told ${told}`
}

function twiceOf(orders: readonly LostReply[]): number {
  return orders.filter(({ taken }) => taken > 1).length
}

async function sendOurs(url: URL) {
  const ig = await connectIg({
    environment: url,
    credentials: { apiKey: 'bench', identifier: 'bench', password: 'bench' },
  })
  const send: Send = async index => {
    const reference = dealReference(`BENCH-${index}`)
    const order = { reference, market: MARKET, direction: 'BUY', size: new Decimal(1) } as const
    const { kind } = await ig.positions.open(order)
    return kind
  }
  return { send, close: () => ig.close() }
}

async function sendPeers(url: URL) {
  const client = igTradingApi(`${url}/`)
  const send: Send = async index => {
    const { dealReference: reference } = await client.rest.dealing.createPosition(igOrder(index))
    return reference === undefined ? 'something without a reference' : 'acknowledged'
  }
  return { send, close() {} }
}
