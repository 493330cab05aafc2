import { cashAccount, createEngine, type EngineEvent, type Market, type OpenOrder } from '@scalpdesk/mock-broker/engine'
import { Decimal } from '@scalpdesk/sdk'
import type { Calendar } from '../calendar.ts'
import type { MarketFacts, PriceMarks } from '../day-facts.ts'
import { Exact, plain, sumOf, toCents } from '../exact.ts'
import type { HypotheticalRun, HypotheticalTrade, WhatIfChange } from '../hypothesis.ts'
import type { Position } from '../join/position.ts'
import { perUnitAt } from '../rate.ts'
import { gain } from '../trades/price-line.ts'
import { SIZE_STEP, UNIT } from './engine-market.ts'
import { type Moment, timeline } from './timeline.ts'

export interface Rerun {
  readonly positions: readonly Position[]
  readonly prices: readonly PriceMarks[]
  readonly markets: ReadonlyMap<string, { readonly engine: Market; readonly facts: MarketFacts }>
  readonly calendar: Calendar
}

/** Held by the engine under its own deal id. */
interface Held {
  readonly position: Position
  readonly dealId: string
  readonly size: Decimal
  readonly entryLevel: Decimal
  readonly openedAtMs: number
  booked: Decimal
  last: { readonly atMs: number; readonly level: Decimal; readonly how: HypotheticalTrade['how'] } | null
}

/** Deals the trades again, changed. The engine fills at the quotes in force; it knows no charges here. */
export function rerun({ positions, prices, markets, calendar }: Rerun, change: WhatIfChange): HypotheticalRun {
  const account = cashAccount(new Decimal('1e12'), { currency: UNIT, isRetail: false })
  const engine = createEngine({
    markets: [...markets.values()].map(each => each.engine),
    accounts: [account],
    random: counting(),
  })
  const held = new Map<string, Held>()
  const byPosition = new Map<Position, Held>()
  const ended: HypotheticalTrade[] = []
  let [day, dayResult, isOver, notOpened, orders] = ['', new Exact(0) as Decimal, false, 0, 0]

  const about = (atMs: number) =>
    ({
      atMs,
      reference: `H${orders++}`,
      account: account.id,
      price: { type: 'MARKET' },
      timeInForce: 'FILL_OR_KILL',
    }) as const

  function hear(events: readonly EngineEvent[], byHand: HypotheticalTrade['how']): void {
    for (const event of events) {
      if (event.kind !== 'fill' || !event.closed) continue
      const one = held.get(event.closed.dealId)
      const market = markets.get(event.epic)
      if (!one || !market) continue
      const booked = toCents(new Exact(event.closed.profit).div(perUnitAt(market.facts, event.atMs) ?? 1))
      one.booked = plain(new Exact(one.booked).plus(booked))
      dayResult = dayResult.plus(booked)
      const how = event.cause === 'stop' || event.cause === 'limit' ? event.cause : byHand
      one.last = { atMs: event.atMs, level: new Decimal(`${event.levelUnits}e-${market.engine.decimals}`), how }
      if (event.closed.isWhole) end(one)
    }
  }

  function end({ position, size, entryLevel, openedAtMs, booked, last, dealId }: Held): void {
    held.delete(dealId)
    if (!last || position.epic === null) return
    const { atMs: closedAtMs, level: exitLevel, how } = last
    ended.push({
      id: position.dealId ?? position.key,
      epic: position.epic,
      direction: position.direction,
      size,
      entryLevel,
      openedAtMs,
      closedAtMs,
      exitLevel,
      result: booked,
      how,
    })
  }

  function open(position: Position, atMs: number): void {
    if (isOver) {
      notOpened++
      return
    }
    const size = plain((change.size ?? position.size).toDecimalPlaces(4))
    const { engine: market } = markets.get(position.epic ?? '')!
    const leg = (points: Decimal | null | undefined) => (points ? ({ by: 'distance', points } as const) : null)
    const stop = leg(change.stopPoints)
    const order: OpenOrder = {
      ...about(atMs),
      kind: 'open',
      epic: market.epic,
      expiry: market.expiry,
      currency: UNIT,
      direction: position.direction,
      size,
      mode: 'force',
      stop: stop && { kind: 'normal', ...stop },
      limit: leg(change.limitPoints),
      losesStop: false,
    }
    const fill = engine.process(order).find(event => event.kind === 'fill')
    if (!fill) {
      notOpened++
      return
    }
    const entryLevel = new Decimal(`${fill.levelUnits}e-${market.decimals}`)
    const one: Held = {
      position,
      dealId: fill.dealId,
      size,
      entryLevel,
      openedAtMs: atMs,
      booked: new Decimal(0),
      last: null,
    }
    held.set(fill.dealId, one)
    byPosition.set(position, one)
  }

  function close(one: Held, size: Decimal | 'all', atMs: number, how: HypotheticalTrade['how']): void {
    const left = engine.position(one.dealId)?.size
    if (!left) return
    const part = size === 'all' || size.gt(left) ? left : size
    if (part.lte(0)) return
    const direction = one.position.direction === 'BUY' ? 'SELL' : 'BUY'
    hear(
      engine.process({
        ...about(atMs),
        kind: 'close',
        target: { by: 'deal', dealId: one.dealId },
        direction,
        size: part,
      }),
      how,
    )
  }

  /** Everything that is open, at the side that closes it. */
  function openResult(): Decimal {
    return sumOf(
      [...held.values()].map(({ dealId, entryLevel, position }) => {
        const market = markets.get(position.epic ?? '')!
        const { quote } = engine.book(market.engine.epic)!
        const left = engine.position(dealId)?.size
        if (!quote || !left) return new Decimal(0)
        const price = new Decimal(
          `${position.direction === 'BUY' ? quote.bidUnits : quote.offerUnits}e-${market.engine.decimals}`,
        )
        return gain(position.direction, entryLevel, price)
          .times(left)
          .times(market.engine.contractSize ?? 1)
          .div(perUnitAt(market.facts, position.openedAtMs) ?? 1)
      }),
    )
  }

  function turn(atMs: number): void {
    const name = calendar.dayOf(atMs)
    if (name === day) return
    ;[day, dayResult, isOver] = [name, new Exact(0), false]
  }

  function watchDay(atMs: number): void {
    if (!change.dayLoss || isOver || (held.size === 0 && dayResult.gte(0))) return
    if (dayResult.plus(openResult()).gt(change.dayLoss.negated())) return
    isOver = true
    for (const one of [...held.values()]) close(one, 'all', atMs, 'day-loss')
  }

  function take(moment: Moment): void {
    turn(moment.atMs)
    switch (moment.kind) {
      case 'tick': {
        const { marks, index, atMs } = moment
        const [bidUnits, offerUnits] = [marks.bidUnits[index]!, marks.offerUnits[index]!]
        if (Number.isFinite(bidUnits) && Number.isFinite(offerUnits))
          hear(engine.process({ kind: 'tick', epic: marks.epic, atMs, bidUnits, offerUnits }), 'by-hand')
        break
      }
      case 'open':
        open(moment.position, moment.atMs)
        break
      default: {
        const one = byPosition.get(moment.position)
        if (!one) break
        const share = new Exact(moment.close.size).times(one.size).div(moment.position.size)
        const isRest = moment.isLast && isWholly(moment.position)
        close(one, isRest ? 'all' : plain(share.toDecimalPlaces(SIZE_STEP.length - 2)), moment.atMs, 'by-hand')
      }
    }
    watchDay(moment.atMs)
  }

  let lastMs = 0
  for (const moment of timeline(positions, prices, change)) {
    take(moment)
    lastMs = moment.atMs
  }
  for (const one of [...held.values()]) close(one, 'all', lastMs, 'end')
  const trades = ended.sort((one, other) => one.openedAtMs - other.openedAtMs || (one.id < other.id ? -1 : 1))
  return {
    trades,
    net: sumOf(trades.map(({ result }) => result)),
    won: trades.filter(({ result }) => result.gt(0)).length,
    lost: trades.filter(({ result }) => result.lt(0)).length,
    notOpened,
  }
}

/** Its closes are all of it. */
function isWholly({ closes, size }: Position): boolean {
  return sumOf(closes.map(close => close.size)).gte(size)
}

/** Deal ids need to differ, and nothing else. */
function counting(): { next(): number } {
  let state = 1
  return {
    next() {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    },
  }
}
