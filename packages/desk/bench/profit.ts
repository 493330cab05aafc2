/**
 * Live P/L of a position per price, rounded to cents and added up: ours on whole numbers beside a double, decimal.js and big.js.
 * Once of prices that were parsed before (what the desk does: the stream's decoder gives whole numbers), once from the text of
 * the wire. And a tick of the whole day: what the furthest prices of the open deals cost.
 */
import { Decimal, dealId, epic } from '@scalpdesk/sdk'
import Big from 'big.js'
import { afterFact, afterPrice, type Day, emptyDay } from '../src/day/day.ts'
import { markScale, profitCents } from '../src/day/mark-scale.ts'
import { openAccountCents, openProfit } from '../src/day/open-profit.ts'
import { judge, median, spread } from './statistics.ts'

const ROUNDS = 7
const PRICES = 1_000_000

let state = 7
function random(): number {
  state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
  return state / 0x7fffffff
}

const units = new Int32Array(PRICES)
for (let index = 0, price = 108_512; index < PRICES; index++) {
  price += Math.round((random() - 0.5) * 6)
  units[index] = price
}
const values = Float64Array.from(units, price => price / 1e5)
const wire = Array.from(units, price => (price / 1e5).toFixed(5))

const level = new Decimal('1.084')
const size = new Decimal('2.5')
const contractSize = new Decimal(10_000)
const scale = markScale({ direction: 'BUY', size, level, contractSize }, 5)
if (!scale) throw new Error('expected whole numbers to hold this position')

/** Of a size whose results are no whole cents: it rounds each. */
const rounding = markScale({ direction: 'BUY', size: new Decimal('0.37'), level, contractSize }, 5)
if (!rounding) throw new Error('expected whole numbers to hold this position too')

/** As the stream's decoder reads a price, but from text. */
function unitsOf(text: string): number {
  const { length } = text
  let read = 0
  let index = 0
  for (let code = 0; index < length; index++) {
    code = text.charCodeAt(index)
    if (code === 46) break
    read = read * 10 + code - 48
  }
  let missing = 5
  for (index++; index < length; index++, missing--) read = read * 10 + text.charCodeAt(index) - 48
  for (; missing > 0; missing--) read *= 10
  return read
}

const bigLevel = new Big('1.084')
const bigSize = new Big('2.5')
const bigContract = new Big(10_000)

/** Each gives the sum in cents: of the position of 2.5 lots, and those that round of the one of 0.37. */
const ways = {
  'whole numbers that round, parsed before': () => {
    let sum = 0
    for (let index = 0; index < PRICES; index++) sum += profitCents(rounding, units[index]!)
    return sum
  },
  'double of the same, parsed before': () => {
    let sum = 0
    for (let index = 0; index < PRICES; index++) sum += Math.round((values[index]! - 1.084) * 0.37 * 10_000 * 100)
    return sum
  },
  'whole numbers, parsed before': () => {
    let sum = 0
    for (let index = 0; index < PRICES; index++) sum += profitCents(scale, units[index]!)
    return sum
  },
  'double, parsed before': () => {
    let sum = 0
    for (let index = 0; index < PRICES; index++) sum += Math.round((values[index]! - 1.084) * 2.5 * 10_000 * 100)
    return sum
  },
  'whole numbers, from text': () => {
    let sum = 0
    for (let index = 0; index < PRICES; index++) sum += profitCents(scale, unitsOf(wire[index]!))
    return sum
  },
  'double, from text': () => {
    let sum = 0
    for (let index = 0; index < PRICES; index++) sum += Math.round((Number(wire[index]) - 1.084) * 2.5 * 10_000 * 100)
    return sum
  },
  'big.js, from text': () => {
    let sum = new Big(0)
    for (let index = 0; index < PRICES; index++)
      sum = sum.plus(new Big(wire[index]!).minus(bigLevel).times(bigSize).times(bigContract).round(2))
    return Math.round(Number(sum) * 100)
  },
  'decimal.js, from text': () => {
    let sum = new Decimal(0)
    for (let index = 0; index < PRICES; index++)
      sum = sum.plus(new Decimal(wire[index]!).minus(level).times(size).times(contractSize).toDecimalPlaces(2))
    return Math.round(Number(sum) * 100)
  },
} as const

type Way = keyof typeof ways

const names = Object.keys(ways) as Way[]
const taken = Object.fromEntries(names.map(name => [name, [] as number[]])) as Record<Way, number[]>
let agreed: number | null = null
let lost = 0
for (let round = -2; round < ROUNDS; round++) {
  for (const name of names) {
    const from = performance.now()
    const sum = ways[name]()
    const ns = ((performance.now() - from) * 1e6) / PRICES
    if (name.startsWith('whole numbers that round')) lost = sum
    else if (name.startsWith('double of the same')) lost -= sum
    else {
      agreed ??= sum
      if (sum !== agreed) throw new Error(`expected ${agreed} cents of all, but ${name} gave ${sum}`)
    }
    // The first rounds warm up.
    if (round >= 0) taken[name].push(ns)
  }
}

console.log(`P/L: ${PRICES} prices of one position, to the cent, added up; all agree on ${agreed} cents`)
console.log(`   of a position of 0.37, the double is ${Math.abs(lost)} cents off in the end`)
for (const name of names) console.log(`   ${name}: ${spread(taken[name], 1)} ns`)
/** As `judge`, of a lower bound. */
function judgeLeast(id: string, what: string, values: readonly number[], goal: number): void {
  const isMet = median(values) >= goal
  if (!isMet) process.exitCode = 1
  console.log(`${id} ${what}: ${spread(values, 0)}; goal >= ${goal}: ${isMet ? 'met' : 'MISSED'}`)
}

const ratios = (slow: Way, quick: Way) => taken[slow].map((ns, index) => ns / taken[quick][index]!)
judge('N1', 'parsed before, times a double', ratios('whole numbers, parsed before', 'double, parsed before'), 3)
judge(
  'N1',
  'the same where each is rounded',
  ratios('whole numbers that round, parsed before', 'double of the same, parsed before'),
  3,
)
judgeLeast('N1', 'from text, decimal.js in ours', ratios('decimal.js, from text', 'whole numbers, from text'), 50)
judgeLeast('N1', 'from text, big.js in ours', ratios('big.js, from text', 'whole numbers, from text'), 30)

/** Ten open deals in two markets. */
const EPICS = [epic('CS.D.EURUSD.MINI.IP'), epic('CS.D.GBPUSD.MINI.IP')] as const
let day: Day = emptyDay('USD')
for (let deal = 0; deal < 10; deal++)
  day = afterFact(day, {
    kind: 'opened',
    dealId: dealId(`DIBENCH${deal}`),
    reference: null,
    epic: EPICS[deal % 2]!,
    direction: deal % 4 < 2 ? 'BUY' : 'SELL',
    size,
    level,
    currency: 'USD',
    contractSize,
    pointsPerUnit: 10_000,
    decimals: 5,
    stop: new Decimal('1.083'),
    price: null,
    heldBeforeMs: 0,
    atMs: 0,
  })
const quotes = Array.from(units, (bidUnits, index) => ({
  epic: EPICS[index % 2]!,
  decimals: 5,
  bidUnits,
  offerUnits: bidUnits + 6,
}))
const tickNs: number[] = []
const frameNs: number[] = []
const sumNs: number[] = []
let renewed = 0
for (let round = -2; round < ROUNDS; round++) {
  let now = day
  renewed = 0
  let from = performance.now()
  for (const quote of quotes) {
    const next = afterPrice(now, quote)
    if (next !== now) renewed++
    now = next
  }
  const perTick = ((performance.now() - from) * 1e6) / PRICES
  const prices = new Map(quotes.slice(-2).map(quote => [quote.epic as string, quote]))
  from = performance.now()
  for (let time = 0; time < 2_000; time++) openProfit(now, prices)
  const perFrame = ((performance.now() - from) * 1e6) / 2_000
  from = performance.now()
  let sum = 0
  for (let time = 0; time < 200_000; time++) sum += openAccountCents(now, prices) ?? Number.NaN
  const perSum = ((performance.now() - from) * 1e6) / 200_000
  if (Number.isNaN(sum)) throw new Error('expected their open P/L to be known')
  if (round < 0) continue
  tickNs.push(perTick)
  frameNs.push(perFrame)
  sumNs.push(perSum)
}
console.log(
  `   a tick of a day with ten open deals: ${spread(tickNs, 0)} ns; ${renewed} of ${PRICES} went further than before`,
)
console.log(`   their open P/L in the account's currency, asked for at a frame: ${spread(frameNs, 0)} ns`)
console.log(`   the same in whole cents, at each price: ${spread(sumNs, 0)} ns`)
