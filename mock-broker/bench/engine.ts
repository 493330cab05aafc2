/**
 * Ticks a second through the engine, ticks in memory, on one core: with nothing open, with one open position that has a stop
 * and a limit, and with a book that is full; beside the floor of a loop that only adds the same ticks up.
 *
 * `pnpm exec node mock-broker/bench/engine.ts [--quick]`
 */
import { Decimal } from 'decimal.js'
import { cashAccount, createEngine, type Engine, markets, seededRandom, type Tick } from '../engine/index.ts'
import { judge, spread } from './statistics.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'
const START_MS = Date.UTC(2024, 5, 14, 12)
const isQuick = process.argv.includes('--quick')
const ROUNDS = isQuick ? 3 : 7
const TICKS = isQuick ? 200_000 : 1_000_000
/** The ticks are played so often in one round, for a round to take long enough. */
const PASSES = isQuick ? 1 : 5

const ticks = walk(TICKS)
const cases = {
  'nothing open': () => engineWith(0),
  'one position': () => engineWith(1),
  'one position, trailing': () => engineWith(1, true),
  'ten positions': () => engineWith(10),
} as const
type Case = keyof typeof cases
const names = Object.keys(cases) as Case[]

const floor: number[] = []
const rates: Record<Case, number[]> = {
  'nothing open': [],
  'one position': [],
  'one position, trailing': [],
  'ten positions': [],
}
for (let round = 0; round <= ROUNDS; round++) {
  const floorRate = measureFloor()
  const measured = names.map(name => [name, measure(cases[name]())] as const)
  // The first round warms everything up.
  if (round === 0) continue
  floor.push(floorRate)
  for (const [name, rate] of measured) rates[name].push(rate)
}
console.log(`${ROUNDS} rounds of ${PASSES} x ${TICKS.toLocaleString('en')} ticks, in millions a second`)
console.log(`floor, a loop that adds them up: ${spread(floor)}`)
for (const name of names) console.log(`${name}: ${spread(rates[name])}`)
judge('M3', 'million ticks a second with one open position', 5, rates['one position'])

function measure(engine: Engine): number {
  const open = engine.positions().length
  const started = process.hrtime.bigint()
  for (let pass = 0; pass < PASSES; pass++) for (const tick of ticks) engine.process(tick)
  const rate = rateSince(started)
  if (engine.positions().length !== open) throw new Error('expected the positions to stay open, but one was closed')
  return rate
}

function measureFloor(): number {
  let sum = 0
  const started = process.hrtime.bigint()
  for (let pass = 0; pass < PASSES; pass++) for (const tick of ticks) sum += tick.bidUnits ^ tick.offerUnits
  const rate = rateSince(started)
  if (sum === 0) throw new Error('expected a sum of prices, but got 0')
  return rate
}

function rateSince(started: bigint): number {
  return (PASSES * TICKS * 1000) / Number(process.hrtime.bigint() - started)
}

/** An engine whose positions stay open whatever the walk does. */
function engineWith(positions: number, isTrailing = false): Engine {
  const account = cashAccount(new Decimal(1_000_000))
  const engine = createEngine({ markets, accounts: [account], random: seededRandom(1) })
  engine.process(ticks[0]!)
  const far = { by: 'distance', points: new Decimal(500) } as const
  for (let index = 0; index < positions; index++) {
    const events = engine.process({
      kind: 'open',
      atMs: START_MS,
      reference: `bench-${index}`,
      account: account.id,
      epic: EPIC,
      expiry: '-',
      currency: 'USD',
      direction: index % 2 === 0 ? 'BUY' : 'SELL',
      size: new Decimal(1),
      price: { type: 'MARKET' },
      timeInForce: 'FILL_OR_KILL',
      mode: 'force',
      stop: isTrailing ? { ...far, kind: 'trailing', stepPoints: new Decimal(1) } : { ...far, kind: 'normal' },
      limit: far,
      losesStop: false,
    })
    if (!events.some(({ kind }) => kind === 'fill')) throw new Error('expected the position of the bench to open')
  }
  return engine
}

/** A walk that is pulled back to where it began, so that no stop or limit is reached and what is open stays so. */
function walk(count: number): readonly Tick[] {
  const random = seededRandom(7)
  let bidUnits = 108_417
  return Array.from({ length: count }, (_, index) => {
    const pull = (108_417 - bidUnits) / 4000
    bidUnits += Math.round((random.next() - 0.5) * 8 + pull)
    return { kind: 'tick', epic: EPIC, atMs: START_MS + index * 80, bidUnits, offerUnits: bidUnits + 6 }
  })
}
