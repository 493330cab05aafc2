/**
 * Ticks as typed updates: quotes of this package beside ig-trading-api, the official clients it could stand on, and bare `ws`.
 * Targets T1 to T4. Peers take turns in each round, server and client each on a core of their own where that can be done.
 *
 * `pnpm exec node packages/sdk/bench/ticks.ts [--quick] [--rounds 5] [--only ours,official]`
 */
import { parseArgs } from 'node:util'
import type { TickFigures } from '@scalpdesk/testkit/bench'
import { runWorker, startServer } from './pinned-process.ts'
import { median, noiseOf, spread, table } from './statistics.ts'
import { judge } from './target.ts'
import { PEERS } from './tick-peers.ts'
import type { TickServer } from './tick-server.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' }, only: { type: 'string' } },
})
const UPDATES = 250_000
const HEAP_UPDATES = 50_000
const PER_SECOND = 10_000
const FLOOD = 2_000_000
const rounds = Number(options.rounds ?? (options.quick ? 1 : 5))

const FLOOR = 'ws, no parse'
const BARE = 'ws + bare byte decoder'
const OURS = 'ours, quotes of MARKET'
const OURS_NEW = 'ours, quotes of PRICE'
const SLOW = 'ours, slow for await'
const PEER = 'ig-trading-api'
const OFFICIAL = 'official 9.2.2'
/** The same peer once more in each round: what differs between equal things is noise, and no miss (`judge`). */
const AGAIN = ' again'
const only = options.only?.split(',')
const fast = PEERS.map(({ name }) => name).filter(
  name => name !== SLOW && (only?.some(each => name.includes(each)) ?? true),
)

type Results = ReadonlyMap<string, readonly TickFigures[]>

async function measure(
  names: readonly string[],
  count: number,
  server: readonly (string | number)[],
  client: readonly (string | number)[],
  nodeArgs: readonly string[] = [],
): Promise<Results> {
  const results = new Map<string, TickFigures[]>(names.map(name => [name, []]))
  for (let round = 0; round < count; round++) {
    for (const name of names) {
      const peer = name.replace(AGAIN, '')
      await using serving = await startServer<TickServer>('./tick-server.ts', server)
      results
        .get(name)
        ?.push(await runWorker<TickFigures>('./tick-worker.ts', [peer, serving.info.port, ...client], nodeArgs))
    }
  }
  return results
}

const of = (results: Results, name: string, figure: keyof TickFigures): readonly number[] =>
  (results.get(name) ?? []).map(each => each[figure])
/** Round by round. */
const ratios = (results: Results, name: string, to: string, figure: keyof TickFigures): readonly number[] =>
  of(results, name, figure).map((value, round) => value / (of(results, to, figure)[round] ?? Number.NaN))

console.log(`ticks, ${rounds} rounds of ${UPDATES} updates, the first 50 000 to warm up; median (lowest-highest)`)
for (const perFrame of [1, 10]) {
  const args = ['blast', UPDATES, perFrame]
  const results = await measure([...fast, FLOOR + AGAIN], rounds, args, args)
  const noise = noiseOf(ratios(results, FLOOR + AGAIN, FLOOR, 'cpuUs'))
  const young = ['--max-semi-space-size=1024', '--min-semi-space-size=1024']
  const short = ['blast', HEAP_UPDATES, perFrame]
  const heaps = await measure(fast, 1, short, short, young)
  console.log(`\n${perFrame} update(s) per frame, as fast as they come`)
  console.log(
    table(
      ['peer', 'CPU us/update', 'updates/s', 'CPU / ws', 'x ig-trading-api', 'x 9.2.2', 'heap B/update', 'RSS MB'],
      fast.map(name => [
        name,
        spread(of(results, name, 'cpuUs')),
        median(of(results, name, 'perSecond')).toFixed(0),
        spread(ratios(results, name, FLOOR, 'cpuUs')),
        spread(ratios(results, PEER, name, 'cpuUs'), 1),
        spread(ratios(results, OFFICIAL, name, 'cpuUs'), 1),
        median(of(heaps, name, 'heapBytes')).toFixed(0),
        median(of(results, name, 'rssMb')).toFixed(0),
      ]),
    ),
  )
  for (const ours of [OURS, OURS_NEW].filter(name => fast.includes(name))) {
    if (perFrame === 1) {
      judge(
        { id: 'T1', what: `CPU of ${ours} / ig-trading-api`, goal: 1 / 9, decimals: 3 },
        ratios(results, ours, PEER, 'cpuUs'),
        noise,
      )
      judge(
        { id: 'T1', what: `CPU of ${ours} / official 9.2.2`, goal: 1 / 16, decimals: 3 },
        ratios(results, ours, OFFICIAL, 'cpuUs'),
        noise,
      )
      // At 10 a frame the bare decoder alone comes to this.
      judge(
        { id: 'T2', what: `CPU of ${ours} / ws without parsing`, goal: 1.5 },
        ratios(results, ours, FLOOR, 'cpuUs'),
        noise,
      )
    }
    const goal = perFrame === 1 ? 800 : 160
    judge(
      { id: 'T2', what: `heap bytes an update of ${ours}, ${perFrame} a frame`, goal, decimals: 0 },
      of(heaps, ours, 'heapBytes'),
    )
  }
}

const timed = fast.filter(name => name !== FLOOR && name !== OURS)
const paceArgs = [PER_SECOND * 3, 1]
const paced = await measure([...timed, BARE + AGAIN], rounds, ['pace', PER_SECOND, 3], ['pace', ...paceArgs])
console.log(`\n${PER_SECOND} updates/s, one per frame: from the server to the listener`)
console.log(
  table(
    ['peer', 'p50 us', 'p99 us', 'p50 / bare', 'p99 / bare', 'p50 / 9.2.2', 'p99 / 9.2.2'],
    timed.map(name => [
      name,
      spread(of(paced, name, 'p50Us'), 0),
      spread(of(paced, name, 'p99Us'), 0),
      ...[BARE, OFFICIAL].flatMap(to =>
        (['p50Us', 'p99Us'] as const).map(figure => spread(ratios(paced, name, to, figure))),
      ),
    ]),
  ),
)
if (timed.includes(OURS_NEW)) {
  for (const [figure, goal] of [
    ['p50Us', 1.1],
    ['p99Us', 1.5],
  ] as const) {
    judge(
      { id: 'T3', what: `${figure.slice(0, 3)} of quotes / bare decoder`, goal },
      ratios(paced, OURS_NEW, BARE, figure),
      noiseOf(ratios(paced, BARE + AGAIN, BARE, figure)),
    )
  }
}

const flood = await measure([SLOW, BARE, BARE + AGAIN], Math.min(rounds, 3), ['blast', FLOOD, 1], ['blast', FLOOD, 1])
console.log(`\na flood of ${FLOOD} updates for a reader that takes one in 5 ms`)
for (const name of [SLOW, BARE])
  console.log(
    `${name}: ${spread(of(flood, name, 'perSecond'), 0)} updates/s, ${spread(of(flood, name, 'rssMb'), 0)} MB`,
  )
const floodNoise = (figure: keyof TickFigures): number => noiseOf(ratios(flood, BARE + AGAIN, BARE, figure))
judge(
  { id: 'T4', what: 'us an update in the flood', goal: 2 },
  of(flood, SLOW, 'perSecond').map(rate => 1e6 / rate),
  floodNoise('perSecond'),
)
judge({ id: 'T4', what: 'RSS in the flood, MB', goal: 120, decimals: 0 }, of(flood, SLOW, 'rssMb'), floodNoise('rssMb'))
