/**
 * The orders that are not hot: the first after the sign-in, and the first after a pause, against each client's own hot p50, over TLS. Target O6.
 *
 * `pnpm exec node packages/sdk/bench/first-order.ts [--quick] [--rounds 7] [--idle-s 60] [--pauses 3]`
 */
import { parseArgs } from 'node:util'
import type { FirstOrder } from './first-order-worker.ts'
import type { IdleOrders } from './idle-order-worker.ts'
import { type ClientName, TITLES } from './order-client.ts'
import { runWorker, startServer } from './pinned-process.ts'
import { median, noiseOf, spread, table } from './statistics.ts'
import { judge } from './target.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    'idle-s': { type: 'string' },
    pauses: { type: 'string' },
  },
})
const rounds = Number(options.rounds ?? (options.quick ? 3 : 7))
const idleS = Number(options['idle-s'] ?? (options.quick ? 6 : 60))
const pauses = Number(options.pauses ?? (options.quick ? 1 : 3))
const GOAL = 3
const NAMES: readonly ClientName[] = ['floor', 'floor-again', 'ours', 'undici-request', 'ig-trading-api']

/** After so long the one broker closes a connection in the pause: never sooner than Node's servers do. */
const impatientMs = Math.max(5_000, (idleS * 1_000) / 3)
await using patient = await startServer<{ readonly port: number }>('./broker.ts', ['https'])
await using impatient = await startServer<{ readonly port: number }>('./broker.ts', ['https', impatientMs])

await afterSignIn()
await afterPause()

async function afterSignIn(): Promise<void> {
  const seen = new Map<ClientName, FirstOrder[]>(NAMES.map(name => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, done] of seen) {
      done.push(await runWorker<FirstOrder>('./first-order-worker.ts', [name, patient.info.port, 'https']))
    }
  }
  console.log(`first order after the sign-in over TLS, ${rounds} fresh processes each; hot p50 of the same process`)
  const ratios = (name: ClientName): number[] => seen.get(name)!.map(({ firstUs, hotUs }) => firstUs / hotUs)
  const rows = [...seen].map(([name, done]) => [
    TITLES[name],
    spread(
      done.map(({ hotUs }) => hotUs),
      0,
    ),
    spread(
      done.map(({ firstUs }) => firstUs),
      0,
    ),
    spread(ratios(name), 1),
  ])
  console.log(table(['', 'hot p50 us', 'first us', 'first / hot'], rows))
  const noise = noiseOf([median(ratios('floor')) / median(ratios('floor-again'))])
  judge({ id: 'O6', what: 'first order after the sign-in / hot p50', goal: GOAL, decimals: 1 }, ratios('ours'), noise)
}

async function afterPause(): Promise<void> {
  const args = [patient.info.port, impatient.info.port, 'https', idleS, pauses]
  const seen = await runWorker<readonly IdleOrders[]>('./idle-order-worker.ts', args)
  console.log(`\nfirst order after ${idleS} s without one over TLS, ${pauses} pauses, all clients in one process`)
  const rows = seen.map(each => [
    `${TITLES[each.client]}${each.isCutOff ? ', connection closed by the broker' : ''}`,
    each.hotUs.toFixed(0),
    spread(madeUs(each), 0),
    spread(ratiosOf(each), 1),
    String(each.firstUs.length - madeUs(each).length),
  ])
  console.log(table(['', 'hot p50 us', 'first us', 'first / hot', 'failed'], rows))
  const floorRatio = (client: ClientName): number => median(ratiosOf(find(seen, client, false)))
  const noise = noiseOf([floorRatio('floor') / floorRatio('floor-again')])
  for (const isCutOff of [false, true]) {
    const what = `first order after ${idleS} s / hot p50${isCutOff ? ', connection closed meanwhile' : ''}`
    const ours = find(seen, 'ours', isCutOff)
    // An order that failed took for ever.
    const ratios = ours.firstUs.map(us => (us === null ? Number.POSITIVE_INFINITY : us / ours.hotUs))
    judge({ id: 'O6', what, goal: GOAL, decimals: 1 }, ratios, noise)
  }
}

function find(seen: readonly IdleOrders[], client: ClientName, isCutOff: boolean): IdleOrders {
  const found = seen.find(each => each.client === client && each.isCutOff === isCutOff)
  if (found === undefined) throw new Error(`expected the orders of ${client} among the results, but they are not there`)
  return found
}

function madeUs({ firstUs }: IdleOrders): readonly number[] {
  return firstUs.filter(us => us !== null)
}

function ratiosOf(each: IdleOrders): readonly number[] {
  return madeUs(each).map(us => us / each.hotUs)
}
