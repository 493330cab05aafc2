/**
 * Key → first byte of its order through desk, guard and durable journal, beside the same send without them: in one program, in blocks that
 * take turns, seen from outside by the process that types the keys and takes the orders. Each durability is a row of its own.
 * A pipe stands in for the terminal: it is the quicker of the two, and so the stricter.
 */
import { type ChildProcess, fork, type StdioOptions, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { BlockReport, Way } from './key-to-wire-client.ts'
import type { BrokerAddress } from './refusing-broker.ts'
import { median, quantile, spread } from './statistics.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 8)
const KEYS = Number(process.env.KEYS ?? 20)
const GAP_MS = Number(process.env.GAP_MS ?? 60)
const GOAL = 1.25

const WAYS: readonly Way[] = ['bare', 'bare again', 'no journal', 'written', 'flushed']
const TITLES: Readonly<Record<Way, string>> = {
  bare: 'floor: the SDK alone',
  'bare again': 'floor against itself',
  'no journal': 'desk and guard, no journal',
  written: 'desk, guard, journal written',
  flushed: 'desk, guard, journal flushed',
}
/** What the tape is sped up by: 1,000 of its quotes a second, or 2. */
const LOADS = [
  { name: 'idle, 2 quotes/s', speed: 0.002 },
  { name: '1,000 quotes/s', speed: 1 },
] as const
const KEY_BYTES = ['\x1b[98u\x1b[98;1:3u', '\x1b[115u\x1b[115;1:3u'] as const
const ORDER = Buffer.from('POST /gateway/deal/positions/otc ')

const broker = start('refusing-broker.ts', [], ['ignore', 'inherit', 'inherit', 'ipc'])
const [address] = (await once(broker, 'message')) as [BrokerAddress]
let typed = 0
let arrivedAtNs: bigint | null = null
const port = await openGate(address.port)
const folder = mkdtempSync(join(tmpdir(), 'key-to-wire-'))
const { apiKey, username, password } = address
const client = start(
  'key-to-wire-client.ts',
  [`http://127.0.0.1:${port}/gateway/deal`, apiKey, username, password, folder],
  ['pipe', 'inherit', 'inherit', 'ipc'],
)
await once(client, 'message')
// The client has a core for itself: what it does after the bytes must not keep waiting who looks for them.
if (availableParallelism() > 1)
  for (const { pid, core } of [
    { pid: client.pid, core: '0' },
    { pid: process.pid, core: '1' },
    { pid: broker.pid, core: '1' },
  ])
    spawnSync('taskset', ['-apc', core, String(pid)])

interface Block {
  readonly outsideUs: readonly number[]
  readonly insideUs: readonly number[]
}

for (const { name, speed } of LOADS) {
  broker.send({ speed })
  await rest(500)
  const rounds: Readonly<Record<Way, Block>>[] = []
  // The first round warms up. Whoever goes first changes from round to round.
  for (let round = 0; round <= ROUNDS; round++) {
    const blocks: Partial<Record<Way, Block>> = {}
    for (let turn = 0; turn < WAYS.length; turn++) {
      const way = WAYS[(turn + round) % WAYS.length]!
      blocks[way] = await timeBlock(way)
    }
    if (round > 0) rounds.push(blocks as Record<Way, Block>)
  }
  report(name, rounds)
}
client.disconnect()
broker.disconnect()
process.exit()

async function timeBlock(way: Way): Promise<Block> {
  await told({ way })
  const outsideUs: number[] = []
  // The first key after a change is not counted. One that is refused, because the order before it has no answer yet, is pressed again.
  for (let key = -1, left = 3 * KEYS; key < KEYS; left--) {
    if (left === 0) throw new Error(`expected an order for each key (${way}), but ${(await told({ way })).said}`)
    arrivedAtNs = null
    const typedNs = process.hrtime.bigint()
    client.stdin?.write(KEY_BYTES[typed++ & 1]!)
    await rest(GAP_MS)
    if (arrivedAtNs === null) continue
    if (key >= 0) outsideUs.push(Number(arrivedAtNs - typedNs) / 1_000)
    key++
  }
  const { insideUs } = await told({ way })
  return { outsideUs, insideUs: insideUs.slice(1) }
}

async function told(message: { readonly way: Way }): Promise<BlockReport & { readonly said: string }> {
  const answer = once(client, 'message')
  client.send(message)
  return (await answer)[0]
}

function report(load: string, rounds: readonly Readonly<Record<Way, Block>>[]): void {
  console.log(
    `key -> first byte, ${load}; ${ROUNDS} rounds of ${KEYS} keys, one each ${GAP_MS} ms; medians (lowest-highest)`,
  )
  const width = Math.max(...Object.values(TITLES).map(({ length }) => length))
  const ratios = (way: Way, part: number) =>
    rounds.map(blocks => quantile(blocks[way].outsideUs, part) / quantile(blocks.bare.outsideUs, part))
  for (const way of WAYS) {
    const outside = (part: number) =>
      spread(
        rounds.map(blocks => quantile(blocks[way].outsideUs, part)),
        0,
      )
    const inside = spread(
      rounds.map(blocks => median(blocks[way].insideUs)),
      0,
    )
    const figures = `p50 ${outside(0.5)} us, p90 ${outside(0.9)}; inside the program ${inside} us; p50 over the floor ${spread(ratios(way, 0.5))}`
    console.log(`   ${TITLES[way].padEnd(width)}  ${figures}`)
  }
  const isMet = median(ratios('written', 0.5)) <= GOAL
  if (!isMet) process.exitCode = 1
  console.log(
    `KW ${load}, journal written, p50 over the floor: ${spread(ratios('written', 0.5))}; goal <= ${GOAL}: ${isMet ? 'met' : 'MISSED'}`,
  )
}

/** Stands between the client and its broker, and notes when the first byte of an order came. */
async function openGate(brokerPort: number): Promise<number> {
  const server = createServer(near => {
    near.setNoDelay(true)
    const far = connect(brokerPort, '127.0.0.1')
    far.setNoDelay(true)
    near.on('data', chunk => {
      if (chunk.subarray(0, ORDER.length).equals(ORDER)) arrivedAtNs ??= process.hrtime.bigint()
      far.write(chunk)
    })
    far.on('data', chunk => near.write(chunk))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('expected a port to listen on')
  return bound.port
}

function start(file: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [...args], { stdio })
}
