import {
  cashAccount,
  createEngine,
  type Engine,
  type EngineEvent,
  type EngineInput,
  exchangeRate,
  type Fill,
  isCurrency,
  type Market,
  markets,
} from '@scalpdesk/mock-broker/engine'
import { Decimal, dealId, dealReference, epic } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import { afterFact, afterPrice, type Day, emptyDay } from '../day.ts'
import type { ChargeCause, DayFact, Opened, Reduced } from '../fact.ts'
import type { MarketPrice } from '../price.ts'

/** What the broker tells of a result. */
export type Telling = 'exact' | 'to-the-cent' | 'in-account' | 'nothing'

/** A random day at the mock broker's engine, with the same day kept by the facts that the desk would hear. Tests only. */
export interface EngineDay {
  readonly engine: Engine
  readonly openingCash: Decimal
  day(): Day
  prices(): ReadonlyMap<string, MarketPrice>
  /** What each deal stood at, whenever it was marked; by brute force. */
  readonly marks: ReadonlyMap<string, readonly Decimal[]>
  step(): void
}

const Wide = Decimal.clone({ precision: 80 })

const tradeable = markets.filter(({ synthetic, startState }) => synthetic && startState === 'TRADEABLE')

export function engineDay(seed: number, currency: 'EUR' | 'USD', telling: Telling): EngineDay {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!
  const chosen = [...new Set([0, 1, 2, 3].map(() => pick(tradeable)))]
  const openingCash = new Decimal(10_000_000)
  const engine = createEngine({ markets: chosen, accounts: [cashAccount(openingCash, { currency })], random })
  const prices = new Map<string, MarketPrice>()
  const mids = new Map(chosen.map(market => [market.epic, market.synthetic!.startUnits]))
  const held = new Map<string, Held>()
  const marks = new Map<string, Decimal[]>()
  let atMs = 0
  let orders = 0
  let day = chosen.reduce((known, market) => {
    const of = market.currencies[0]
    return afterFact(known, { kind: 'rate', currency: of, perBase: exchangeRate(of, currency), atMs })
  }, emptyDay(currency))

  function tell(fact: DayFact): void {
    day = afterFact(day, fact)
  }

  function take(input: EngineInput): void {
    for (const event of engine.process(input)) follow(event)
  }

  function follow(event: EngineEvent): void {
    if (event.kind === 'charge') {
      const { epic: of, booked, cause } = event
      tell({
        kind: 'charge',
        id: `charge-${orders++}`,
        dealId: dealId(event.dealId),
        epic: epic(of),
        cause: CAUSES.get(cause) ?? 'other',
        amount: new Decimal(booked.toFixed()),
        currency,
        atMs,
      })
    } else if (event.kind === 'fill') {
      if (event.closed) close(event)
      else open(event)
    }
  }

  function open(fill: Fill): void {
    const { market } = engine.book(fill.epic)!
    tell(openedFact(fill, market, prices.get(fill.epic) ?? null))
    const { position } = fill
    const level = new Wide(`${position.levelUnits}e-${market.decimals}`)
    held.set(position.dealId, { position, level, market, left: new Wide(fill.size), realised: new Wide(0) })
    marks.set(position.dealId, [])
    const price = prices.get(fill.epic)
    if (price) mark(position.dealId, price.bidUnits!, price.offerUnits!)
  }

  function close(fill: Fill): void {
    const { closed } = fill
    const deal = held.get(closed!.dealId)!
    mark(closed!.dealId, fill.levelUnits, fill.levelUnits)
    deal.left = deal.left.minus(fill.size)
    deal.realised = deal.realised.plus(closed!.profit)
    if (deal.left.isZero()) held.delete(closed!.dealId)
    const id = `${fill.dealId}`
    tell(reducedFact(fill, deal.market, telling, currency, id))
    if (currency === 'USD') tell({ kind: 'booked', id, amount: new Decimal(closed!.booked.toFixed()), atMs })
  }

  function mark(id: string, bidUnits: number, offerUnits: number): void {
    const deal = held.get(id)!
    const isLong = deal.position.direction === 'BUY'
    const price = new Wide(`${isLong ? bidUnits : offerUnits}e-${deal.market.decimals}`)
    const moved = isLong ? price.minus(deal.level) : deal.level.minus(price)
    marks.get(id)!.push(deal.realised.plus(moved.times(deal.left).times(deal.market.contractSize ?? 1)))
  }

  function tick(market: Market): void {
    const { moveUnits, spreadUnits } = market.synthetic!
    const mid = mids.get(market.epic)! + Math.round((random.next() - 0.5) * moveUnits * 12)
    mids.set(market.epic, mid)
    const bidUnits = mid - Math.ceil(spreadUnits / 2)
    const offerUnits = mid + Math.floor(spreadUnits / 2)
    const price = { epic: market.epic, decimals: market.decimals, bidUnits, offerUnits }
    prices.set(market.epic, price)
    day = afterPrice(day, price)
    for (const [id, { position }] of held) if (position.epic === market.epic) mark(id, bidUnits, offerUnits)
    take({ kind: 'tick', epic: market.epic, atMs, bidUnits, offerUnits })
  }

  function order(market: Market): void {
    const size = market.minSize.plus(market.sizeStep.times(Math.floor(random.next() * 20)))
    const about = { atMs, reference: `R${orders++}`, account: 'CASH1', price: { type: 'MARKET' } } as const
    const timeInForce = 'EXECUTE_AND_ELIMINATE' as const
    const direction = pick(['BUY', 'SELL'] as const)
    const position = pick(engine.positions())
    if (position && random.next() < 0.45) {
      const part =
        random.next() < 0.5
          ? position.size
          : Decimal.min(position.size, market.sizeStep.times(1 + Math.floor(random.next() * 9)))
      const target = { by: 'deal', dealId: position.dealId } as const
      const away = position.direction === 'BUY' ? 'SELL' : 'BUY'
      take({ kind: 'close', ...about, target, direction: away, size: part, timeInForce })
      return
    }
    const stop = {
      kind: 'normal',
      by: 'distance',
      points: market.minStopPoints.times(1 + Math.floor(random.next() * 4)),
    } as const
    const isNet = random.next() < 0.4
    take({
      kind: 'open',
      ...about,
      epic: market.epic,
      expiry: market.expiry,
      currency: market.currencies[0],
      direction,
      size,
      timeInForce,
      mode: isNet ? 'net' : 'force',
      stop: !isNet && market.allowsLegs && random.next() < 0.4 ? stop : null,
      limit: null,
      losesStop: false,
    })
  }

  for (const market of chosen) tick(market)
  return {
    engine,
    openingCash,
    day: () => day,
    prices: () => prices,
    marks,
    step() {
      atMs += 1_000
      const what = random.next()
      if (what < 0.6) tick(pick(chosen))
      else if (what < 0.99) order(pick(chosen))
      else take({ kind: 'night', atMs })
    },
  }
}

const CAUSES: ReadonlyMap<string, ChargeCause> = new Map([
  ['commission', 'commission'],
  ['overnight-funding', 'funding'],
  ['guaranteed-stop-premium', 'guaranteed-stop'],
])

interface Held {
  readonly position: Fill['position']
  readonly level: Decimal
  readonly market: Market
  left: Decimal
  realised: Decimal
}

function openedFact(
  { position, epic: of, direction, size, atMs }: Fill,
  market: Market,
  price: MarketPrice | null,
): Opened {
  const stop = position.stopUnits
  return {
    kind: 'opened',
    dealId: dealId(position.dealId),
    reference: dealReference(position.reference),
    epic: epic(of),
    direction,
    size: new Decimal(size.toFixed()),
    level: new Decimal(`${position.levelUnits}e-${market.decimals}`),
    currency: position.currency,
    contractSize: new Decimal(market.contractSize ?? 1),
    pointsPerUnit: market.pointsPerUnit,
    decimals: market.decimals,
    stop: stop === null ? null : new Decimal(`${stop}e-${market.decimals}`),
    price,
    heldBeforeMs: 0,
    atMs,
  }
}

function reducedFact(fill: Fill, market: Market, telling: Telling, account: string, id: string): Reduced {
  const { position, closed, epic: of, size, atMs } = fill
  const exact = new Decimal(closed!.profit.toFixed())
  const tellings = {
    exact: [exact, position.currency],
    'to-the-cent': [exact.toDecimalPlaces(2, Decimal.ROUND_HALF_UP), position.currency],
    'in-account': [new Decimal(closed!.booked.toFixed()), account],
    nothing: [null, null],
  } as const
  const [profit, profitCurrency] = tellings[telling]
  if (!isCurrency(position.currency)) throw new Error(`expected a currency, but got ${position.currency}`)
  return {
    kind: 'reduced',
    id,
    dealId: dealId(closed!.dealId),
    epic: epic(of),
    direction: position.direction,
    size: new Decimal(size.toFixed()),
    level: new Decimal(`${fill.levelUnits}e-${market.decimals}`),
    profit,
    profitCurrency,
    by: 'stream',
    atMs,
  }
}
