/**
 * `pnpm --filter @scalpdesk/tlcp bench [rounds | --quick]`: decoding, latency and memory beside the official clients and bare `ws`. Peers
 * take turns in each round, server and client each on a core of their own where `taskset` is there; medians are printed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FLOOR, FLOOR_AGAIN, PEERS } from './peers.ts'

interface Figures {
  readonly cpuUs: number
  readonly perSecond: number
  readonly heapBytes: number
  readonly rssMb: number
  readonly p50Us: number
  readonly p99Us: number
  readonly sum: number
}

const UPDATES = 250_000
/** The floor against itself: beyond this factor nothing can be told. */
const MOST_NOISE = 2
const NO_MISS = 'no miss: the floor differs from itself by more'
const isQuick = process.argv.includes('--quick')
const ROUNDS = isQuick ? 1 : Number(process.argv[2] ?? 5)
const SERVER_CORE = 1
const CLIENT_CORE = 0
const compiled = mkdtempSync(join(tmpdir(), 'tlcp-bench-'))
process.on('exit', () => rmSync(compiled, { recursive: true, force: true }))
const hasTaskset = spawnSync('taskset', ['-c', '0', 'true']).status === 0

function start(core: number, script: string, args: readonly string[], nodeArgs: readonly string[] = []): ChildProcess {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const command = [process.execPath, ...nodeArgs, file, ...args]
  const [program = '', ...rest] = hasTaskset ? ['taskset', '-c', String(core), ...command] : command
  // A server is not what is measured: only its first start compiles.
  const env = core === SERVER_CORE ? { ...process.env, NODE_COMPILE_CACHE: compiled } : process.env
  return spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'], env })
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', chunk => {
    text += String(chunk)
  })
  await once(child, 'exit')
  return text
}

async function measure(
  peer: string,
  server: readonly string[],
  client: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<Figures | null> {
  const serving = start(SERVER_CORE, 'tick-server.ts', server)
  const [port] = (await once(serving.stdout ?? serving, 'data')) as [Buffer]
  const text = await outputOf(start(CLIENT_CORE, 'tick-client.ts', [peer, String(port).trim(), ...client], nodeArgs))
  serving.stdin?.end()
  await once(serving, 'exit')
  return text === '' ? null : JSON.parse(text)
}

type Results = Map<string, Figures[]>

async function rounds(
  names: readonly string[],
  count: number,
  server: readonly string[],
  client: readonly string[],
  nodeArgs: readonly string[] = [],
): Promise<Results> {
  const results: Results = new Map(names.map(name => [name, []]))
  for (let round = 0; round < count; round++) {
    for (const name of names) {
      const figures = await measure(name, server, client, nodeArgs)
      if (figures !== null) results.get(name)?.push(figures)
    }
  }
  return results
}

function median(results: Results, name: string, figure: keyof Figures): number {
  const sorted = (results.get(name) ?? []).map(each => each[figure]).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

function print(title: string, rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}`)
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
}

/** Round by round: what a figure of one is to that of another. */
function ratios(results: Results, name: string, to: string, figure: keyof Figures): readonly number[] {
  const others = results.get(to) ?? []
  return (results.get(name) ?? []).map((each, round) => each[figure] / (others[round]?.[figure] ?? Number.NaN))
}

/** A miss by less than the floor differs from itself in the same run is none. */
function verdict(what: string, values: readonly number[], goal: number, itself: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b)
  const measured = sorted[sorted.length >> 1] ?? Number.NaN
  const noise = Math.max(1, ...itself.map(ratio => Math.max(ratio, 1 / ratio)))
  const isTooBusy = noise > MOST_NOISE
  const miss = isTooBusy ? 'no verdict: this machine is too busy' : measured <= goal * noise ? NO_MISS : 'MISSED'
  const result = measured <= goal ? 'met' : miss
  const spread = `${measured.toFixed(2)} (${sorted[0]?.toFixed(2)}-${sorted.at(-1)?.toFixed(2)})`
  console.log(`${what}: ${spread}; goal <= ${goal}: ${result} (floor / floor up to x${noise.toFixed(2)})`)
}

const all = PEERS.map(({ name }) => name).filter(name => name !== 'ours, slow for await' && name !== FLOOR_AGAIN)
console.log(`node ${process.version}, ${ROUNDS} rounds, medians${hasTaskset ? ', a core each' : ''}`)

for (const perFrame of [1, 10]) {
  const results = await rounds(
    all,
    ROUNDS,
    ['blast', String(UPDATES), String(perFrame)],
    ['blast', String(UPDATES), String(perFrame)],
  )
  const young = ['--max-semi-space-size=1024', '--min-semi-space-size=1024']
  const short = ['blast', '50000', String(perFrame)]
  const heaps = await rounds(all, 1, short, short, young)
  const cpu = (name: string): number => median(results, name, 'cpuUs')
  print(`${perFrame} update(s) per frame, as fast as they come (${UPDATES} updates, the first 50 000 to warm up)`, [
    ['peer', 'CPU us/update', 'updates/s', 'x 9.2.2', 'x 8.0.5', 'CPU / ws', 'heap B/update', 'RSS MB'],
    ...all.map(name => [
      name,
      cpu(name).toFixed(2),
      median(results, name, 'perSecond').toFixed(0),
      (cpu('official 9.2.2') / cpu(name)).toFixed(1),
      (cpu('official 8.0.5') / cpu(name)).toFixed(1),
      (cpu(name) / cpu('ws, no parse')).toFixed(2),
      median(heaps, name, 'heapBytes').toFixed(0),
      median(results, name, 'rssMb').toFixed(0),
    ]),
  ])
}

const timed = all.flatMap(name => (name === 'ws, no parse' ? [] : name === FLOOR ? [FLOOR, FLOOR_AGAIN] : [name]))
const paced = await rounds(timed, ROUNDS, ['pace', '10000', '3'], ['pace', '30000', '1'])
print('10 000 updates/s, one per frame: from the server to the listener', [
  ['peer', 'p50 us', 'p99 us', 'p50 / bare', 'p99 / bare', 'p50 / 9.2.2', 'p99 / 9.2.2'],
  ...timed.map(name => {
    const [p50, p99] = [median(paced, name, 'p50Us'), median(paced, name, 'p99Us')]
    const against = (peer: string, figure: 'p50Us' | 'p99Us', value: number): string =>
      (value / median(paced, peer, figure)).toFixed(2)
    const [bare, official] = [FLOOR, 'official 9.2.2']
    return [
      name,
      p50.toFixed(0),
      p99.toFixed(0),
      against(bare, 'p50Us', p50),
      against(bare, 'p99Us', p99),
      against(official, 'p50Us', p50),
      against(official, 'p99Us', p99),
    ]
  }),
])

for (const [figure, goal] of [
  ['p50Us', 1.1],
  ['p99Us', 1.5],
] as const) {
  const itself = ratios(paced, FLOOR_AGAIN, FLOOR, figure)
  verdict(`${figure.slice(0, 3)} / bare decoder`, ratios(paced, 'ours, numbers', FLOOR, figure), goal, itself)
}

const LONG = 2_000_000
const slow = ['ours, numbers', 'ours, slow for await']
const flood = await rounds(slow, Math.min(ROUNDS, 3), ['blast', String(LONG), '1'], ['blast', String(LONG), '1'])
print(`a flood of ${LONG} updates, one per frame`, [
  ['reader', 'updates/s on one core', 'RSS MB'],
  ...slow.map(name => [name, median(flood, name, 'perSecond').toFixed(0), median(flood, name, 'rssMb').toFixed(0)]),
])
