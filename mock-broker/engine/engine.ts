import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import { amendPosition } from './amend-position.ts'
import { type Book, type LiveBook, openBook, takeQuote } from './book.ts'
import { closePosition } from './close-position.ts'
import { dealIdentifiers } from './deal-identifiers.ts'
import type { EngineEvent, EngineInput } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import { ledger } from './ledger.ts'
import type { Market } from './market.ts'
import { openPosition } from './open-position.ts'
import type { Order } from './order.ts'
import { exitAt, type Position } from './position.ts'
import type { Random } from './random.ts'
import { reducePosition } from './reduce-position.ts'
import type { Tick } from './tick.ts'
import { rejected, type TradingFloor } from './trading-floor.ts'
import { unreachable } from './unreachable.ts'

/** Fills orders against ticks and keeps the money. No sockets, no clock, no I/O: the same inputs give the same events. */
export interface Engine {
  /** Takes one input and says what it led to, in order. */
  process(input: EngineInput): readonly EngineEvent[]
  /** The market as it is now; undefined for an epic that the engine does not know. A live view, not a copy. */
  book(epic: string): Book | undefined
  /** Oldest first. */
  positions(): readonly Position[]
  position(dealId: string): Position | undefined
  account(): AccountState
  statistics(): EngineStatistics
  /** A reference for an order that brought none. */
  nextReference(): string
}

export interface EngineStatistics {
  /** Quotes that were published. */
  readonly ticks: number
  /** Crossed quotes that were held back, of all markets. */
  readonly crossed: number
  /** Quotes that came while the market was not tradeable: held back as well. */
  readonly whileClosed: number
}

export interface EngineOptions {
  readonly markets: readonly Market[]
  /** Cash at the start, in the currency that the markets' `baseExchangeRate` is against. */
  readonly cash: Decimal
  readonly random: Random
}

export function createEngine(options: EngineOptions): Engine {
  const books = new Map(options.markets.map(market => [market.epic, openBook(market)]))
  const identifiers = dealIdentifiers(options.random)
  const money = ledger(options.cash, books)
  const floor: TradingFloor = { books, identifiers, money }
  let ticks = 0
  let whileClosed = 0

  function takeTick(tick: Tick): readonly EngineEvent[] {
    const book = books.get(tick.epic)
    if (!book) return nothing
    if (tick.offerUnits < tick.bidUnits) {
      book.crossed++
      return nothing
    }
    if (book.state !== 'TRADEABLE') {
      whileClosed++
      return nothing
    }
    ticks++
    takeQuote(book, tick)
    return book.positions.length === 0 ? nothing : triggerLegs(floor, book, tick)
  }

  function takeOrder(order: Order): readonly EngineEvent[] {
    switch (order.kind) {
      // A caller's Decimal may round sooner than ours: sizes are taken over into the engine's own at the door.
      case 'open':
        return openPosition(floor, { ...order, size: new Exact(order.size) })
      case 'close':
        return closePosition(floor, { ...order, size: new Exact(order.size) })
      case 'amend':
        return amendPosition(floor, order)
      default:
        return unreachable(order)
    }
  }

  return {
    process(input) {
      switch (input.kind) {
        case 'tick':
          return takeTick(input)
        case 'open':
        case 'amend':
        case 'close':
          return takeOrder(input)
        case 'refuse':
          return [rejected(floor, input.order, input.reason)]
        case 'market-state': {
          const book = books.get(input.epic)
          if (book && book.state !== input.state) {
            book.state = input.state
            book.revision++
          }
          return nothing
        }
        default:
          return unreachable(input)
      }
    },
    book: epic => books.get(epic),
    positions: money.positions,
    position: money.position,
    account: money.account,
    statistics() {
      const crossed = [...books.values()].reduce((sum, book) => sum + book.crossed, 0)
      return { ticks, crossed, whileClosed }
    },
    nextReference: identifiers.reference,
  }
}

function triggerLegs(floor: TradingFloor, book: LiveBook, tick: Tick): readonly EngineEvent[] {
  let events: EngineEvent[] | undefined
  // `reducePosition` replaces the list, so this walk sees the positions as they were when the quote came.
  for (const position of book.positions) {
    const exit = exitAt(position, tick.bidUnits, tick.offerUnits)
    if (!exit) continue
    events ??= []
    events.push(...reducePosition(floor, position, position.size, exit.levelUnits, tick.atMs, exit.cause).events)
  }
  if (!events) return nothing
  events.push({ kind: 'account', atMs: tick.atMs, account: floor.money.account() })
  return events
}

const nothing: readonly EngineEvent[] = Object.freeze([])
