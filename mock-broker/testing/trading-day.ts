import { Decimal } from 'decimal.js'
import {
  type AccountTerms,
  type AmendedStop,
  cashAccount,
  createEngine,
  decimalToUnits,
  type Engine,
  type EngineEvent,
  type EngineInput,
  type EngineOptions,
  type Leg,
  type MarketState,
  markets,
  type Order,
  type Position,
  type Random,
  type StopLeg,
  type SyntheticMove,
  seededRandom,
  syntheticTicks,
  unitsPerPoint,
  unitsToDecimal,
} from '../engine/index.ts'

/** A made-up day: lively prices of several markets, and four accounts that do everything one can do, sense and nonsense. */
export interface TradingDay {
  readonly engine: Engine
  /** Makes the next input up from what the engine shows, and puts it in. */
  next(): { readonly input: EngineInput; readonly events: readonly EngineEvent[] }
}

export interface TradingDayOptions {
  readonly seed: number
  readonly conditions?: EngineOptions['conditions']
  readonly keepsHours?: boolean
  /** Cash of each account, in its currency; little of it brings margin calls. */
  readonly cash?: string
}

export const DAY_EPICS = [
  'CS.D.EURUSD.CFD.IP',
  'CS.D.USDJPY.CFD.IP',
  'IX.D.DAX.IFD.IP',
  'IX.D.FTSE.CFD.IP',
  'UA.D.AAPL.CASH.IP',
  'IX.D.FTSE.DAILY.IP',
  'MT.D.HG.MONTH1.IP',
] as const

export function dayEngine({ seed, conditions, keepsHours, cash = '50000' }: TradingDayOptions): Engine {
  return createEngine({ markets, accounts: accountsWith(cash), random: seededRandom(seed), conditions, keepsHours })
}

export function tradingDay(options: TradingDayOptions): TradingDay {
  const engine = dayEngine(options)
  const random = seededRandom(options.seed ^ 0x7f4a7c15)
  const walks = new Map(DAY_EPICS.map((epic, index) => [epic, walkOf(epic, seededRandom(options.seed + index))]))
  let atMs = START_MS
  let count = 0

  function inputNow(): EngineInput {
    const roll = random.next()
    const epic = pick(DAY_EPICS, random)
    if (roll < 0.7) return tickOf(epic, walks.get(epic)!, atMs, random)
    if (roll < 0.97) return { ...orderOf(engine, epic, random, `day-${++count}`), atMs } as Order
    if (roll < 0.98) return { kind: 'market-state', atMs, epic, state: pick(STATES, random) }
    if (roll < 0.985) return { kind: 'quote-loss', atMs, epic }
    if (roll < 0.99) return { kind: 'night', atMs }
    if (roll < 0.9905 && engine.book('MT.D.HG.MONTH1.IP')?.quote) {
      return { kind: 'settlement', atMs, epic: 'MT.D.HG.MONTH1.IP' }
    }
    return { kind: 'time', atMs, epic }
  }

  return {
    engine,
    next() {
      atMs += Math.floor(random.next() * 2000)
      const input = inputNow()
      return { input, events: engine.process(input) }
    },
  }
}

function accountsWith(cash: string): readonly [AccountTerms, ...AccountTerms[]] {
  const amount = new Decimal(cash)
  return [
    cashAccount(amount, { id: 'CFD' }),
    cashAccount(amount, { id: 'NET', currency: 'GBP', allowsHedging: false }),
    cashAccount(amount, { id: 'BET', type: 'SPREADBET', currency: 'GBP', isRetail: false }),
    cashAccount(amount, { id: 'LIMITED', currency: 'USD', isLimitedRisk: true }),
  ]
}

function walkOf(epic: string, random: Random): { next(): SyntheticMove } {
  const shape = markets.find(market => market.epic === epic)?.synthetic
  if (!shape) throw new Error(`expected a market with prices, but got ${epic}`)
  return syntheticTicks({ ...shape, moveUnits: shape.moveUnits * LIVELINESS }, random)
}

/** One in fifty is crossed, as bad feeds are; one in fifty far away, as after a gap. */
function tickOf(epic: string, walk: { next(): SyntheticMove }, atMs: number, random: Random): EngineInput {
  const { bidUnits, offerUnits } = walk.next()
  const oddity = random.next()
  const shifted = oddity < 0.02 ? Math.round(bidUnits * (0.85 + random.next() * 0.3)) : bidUnits
  const spread = oddity > 0.98 ? -1 : offerUnits - bidUnits
  return { kind: 'tick', epic, atMs, bidUnits: shifted, offerUnits: shifted + spread }
}

type Draft = Order extends infer Each ? (Each extends Order ? Omit<Each, 'atMs'> : never) : never

function orderOf(engine: Engine, epic: string, random: Random, reference: string): Draft {
  const account = accountFor(epic, random)
  const common = { reference, account }
  const held = engine.positions(account)
  const waiting = engine.workingOrders(account)
  const roll = random.next()
  if (roll < 0.45) return openOf(engine, epic, random, common)
  if (roll < 0.55 && held.length > 0) return closeOf(pick(held, random), random, common)
  if (roll < 0.7 && held.length > 0) return amendOf(engine, pick(held, random), random, common)
  if (roll < 0.85) return placeOf(engine, epic, random, common)
  if (waiting.length === 0) return { kind: 'cancel-order', ...common, dealId: 'DIAAAANOSUCHDEA' }
  const { dealId, type } = pick(waiting, random)
  if (roll < 0.92) return { kind: 'cancel-order', ...common, dealId }
  const level = levelNear(engine, epic, random)
  return { kind: 'amend-order', ...common, dealId, type, level, goodTillMs: null, stop: null, limit: null }
}

interface Common {
  readonly reference: string
  readonly account: string
}

function openOf(engine: Engine, epic: string, random: Random, common: Common): Draft {
  const { market } = bookOf(engine, epic)
  const mode = random.next() < 0.5 ? 'net' : 'force'
  return {
    kind: 'open',
    ...common,
    epic,
    expiry: market.expiry,
    currency: pick(market.currencies, random),
    direction: directionOf(random),
    size: sizeOf(engine, epic, random),
    price: random.next() < 0.6 ? { type: 'MARKET' } : { type: 'LIMIT', level: levelNear(engine, epic, random) },
    timeInForce: random.next() < 0.5 ? 'FILL_OR_KILL' : 'EXECUTE_AND_ELIMINATE',
    mode,
    stop: common.account === 'LIMITED' ? { kind: 'guaranteed', ...distance(30, random) } : stopOf(random),
    limit: random.next() < 0.4 ? distance(4, random) : null,
    losesStop: false,
  }
}

function closeOf(position: Position, random: Random, common: Common): Draft {
  const whole = random.next() < 0.6
  const half = position.size.div(2).toDecimalPlaces(2, Decimal.ROUND_UP)
  const { epic } = position
  const expiry = markets.find(market => market.epic === epic)?.expiry ?? '-'
  return {
    kind: 'close',
    ...common,
    target: random.next() < 0.8 ? { by: 'deal', dealId: position.dealId } : { by: 'market', epic, expiry },
    direction: position.direction === 'BUY' ? 'SELL' : 'BUY',
    size: whole ? position.size : half,
    price: { type: 'MARKET' },
    timeInForce: random.next() < 0.5 ? 'FILL_OR_KILL' : 'EXECUTE_AND_ELIMINATE',
  }
}

function amendOf(engine: Engine, { dealId, epic }: Position, random: Random, common: Common): Draft {
  const level = levelNear(engine, epic, random)
  const stops: readonly (AmendedStop | null)[] = [
    null,
    { kind: 'normal', level },
    { kind: 'guaranteed', level },
    { kind: 'trailing', level, distancePoints: new Decimal(20), stepPoints: new Decimal(10) },
  ]
  const limitLevel = random.next() < 0.5 ? levelNear(engine, epic, random) : null
  return { kind: 'amend', ...common, dealId, stop: pick(stops, random), limitLevel }
}

function placeOf(engine: Engine, epic: string, random: Random, common: Common): Draft {
  const { market, quote } = bookOf(engine, epic)
  const inSeconds = random.next() < 0.5 ? Math.floor(random.next() * 60) : null
  return {
    kind: 'place-order',
    ...common,
    epic,
    expiry: market.expiry,
    currency: pick(market.currencies, random),
    direction: directionOf(random),
    type: random.next() < 0.5 ? 'LIMIT' : 'STOP',
    size: sizeOf(engine, epic, random),
    level: levelNear(engine, epic, random),
    goodTillMs: inSeconds === null ? null : (quote?.atMs ?? START_MS) + inSeconds * 1000,
    mode: random.next() < 0.5 ? 'net' : 'force',
    stop: common.account === 'LIMITED' ? { kind: 'guaranteed', ...distance(30, random) } : null,
    limit: random.next() < 0.4 ? distance(4, random) : null,
  }
}

function stopOf(random: Random): StopLeg | null {
  const roll = random.next()
  if (roll < 0.4) return null
  if (roll < 0.6) return { kind: 'normal', ...distance(4, random) }
  if (roll < 0.8) return { kind: 'guaranteed', ...distance(20, random) }
  return { kind: 'trailing', ...distance(10, random), stepPoints: new Decimal(10) }
}

function distance(least: number, random: Random): Leg & { readonly by: 'distance' } {
  return { by: 'distance', points: new Decimal(least + Math.floor(random.next() * least * 6)) }
}

/** Sizes from the least on, mostly small, now and then beyond the first tier. */
function sizeOf(engine: Engine, epic: string, random: Random): Decimal {
  const { minSize, sizeStep } = bookOf(engine, epic).market
  const steps = Math.floor(random.next() * 40) * (random.next() < 0.05 ? 400 : 1)
  return new Decimal(minSize.plus(sizeStep.times(steps)).toString())
}

/** Up to sixty points from the bid, on the grid. */
function levelNear(engine: Engine, epic: string, random: Random): Decimal {
  const { market, quote } = bookOf(engine, epic)
  const awayUnits = Math.round((random.next() - 0.5) * 120) * unitsPerPoint(market)
  const units = Math.max(1, (quote?.bidUnits ?? market.synthetic?.startUnits ?? 1) + awayUnits)
  const level = new Decimal(unitsToDecimal(units, market.decimals).toString())
  if (decimalToUnits(level, market.decimals) === null) throw new Error('expected a level on the grid')
  return level
}

function bookOf(engine: Engine, epic: string) {
  const book = engine.book(epic)
  if (!book) throw new Error(`expected a market of the day, but got ${epic}`)
  return book
}

function directionOf(random: Random): 'BUY' | 'SELL' {
  return random.next() < 0.5 ? 'BUY' : 'SELL'
}

/** Mostly one that may deal on the market. */
function accountFor(epic: string, random: Random): string {
  if (random.next() < 0.1) return pick(ACCOUNT_IDS, random)
  return epic === 'IX.D.FTSE.DAILY.IP' ? 'BET' : pick(['CFD', 'NET', 'LIMITED'], random)
}

function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[Math.floor(random.next() * from.length)]
  if (picked === undefined) throw new Error('expected something to pick from')
  return picked
}

const ACCOUNT_IDS = ['CFD', 'NET', 'BET', 'LIMITED'] as const
/** Mostly open: a day of closed markets would be dull. */
const STATES: readonly MarketState[] = [
  ...Array<MarketState>(9).fill('TRADEABLE'),
  'EDITS_ONLY',
  'CLOSED',
  'CLOSINGS_ONLY',
  'DEAL_NO_EDIT',
]
const LIVELINESS = 6
/** A Friday. */
const START_MS = Date.UTC(2024, 5, 14, 8)
