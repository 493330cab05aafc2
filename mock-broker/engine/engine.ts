import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { AccountTerms } from './account-terms.ts'
import { amendPosition } from './amend-position.ts'
import { type Book, type LiveBook, openBook, takeQuote } from './book.ts'
import { bookNight } from './charges.ts'
import { closePosition } from './close-position.ts'
import { dealIdentifiers } from './deal-identifiers.ts'
import { type ConditionsOptions, dealingConditions } from './dealing-conditions.ts'
import type { EngineEvent, EngineInput } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import { type History, history } from './history/history.ts'
import type { PastEntries } from './history/past-entries.ts'
import type { Ledger } from './ledger.ts'
import { closeOut } from './margin-watch.ts'
import type { Market } from './market.ts'
import { followHours } from './market-hours.ts'
import { hasLivePrices } from './market-state.ts'
import { expireOrders, trigger } from './market-triggers.ts'
import { openPosition } from './open-position.ts'
import type { Order } from './order.ts'
import type { Position } from './position.ts'
import { closeBand } from './quiet-band.ts'
import { openBand, passQuietly } from './quiet-quotes.ts'
import type { Random } from './random.ts'
import { type RepeatEntry, repeatDealing } from './repeat-dealing.ts'
import { settle } from './settlement.ts'
import type { Tick, TickQuote } from './tick.ts'
import { accountChange, openLedgers, rejected, type TradingFloor } from './trading-floor.ts'
import { unreachable } from './unreachable.ts'
import type { WorkingOrder } from './working-order.ts'
import { amendWorkingOrder, cancelWorkingOrder, placeWorkingOrder } from './working-orders.ts'

/** Fills orders against ticks and keeps the money. No sockets, no clock, no I/O: the same inputs give the same events. */
export interface Engine {
  /** Takes one input and says what it led to, in order. */
  process(input: EngineInput): readonly EngineEvent[]
  /** Takes the quotes of one market as ticks do, without an object for each; undefined for an epic that the engine does not know. */
  quotes(epic: string): QuoteTaker | undefined
  /** The market as it is now; undefined for an epic that the engine does not know. A live view, not a copy. */
  book(epic: string): Book | undefined
  /** Oldest first; of one account, or of all. */
  positions(account?: string): readonly Position[]
  position(dealId: string): Position | undefined
  /** Oldest first; of one account, or of all. */
  workingOrders(account?: string): readonly WorkingOrder[]
  workingOrder(dealId: string): WorkingOrder | undefined
  /** @param id the first account when left out. @throws Error for an account that the engine does not know. */
  account(id?: string): AccountState
  terms(id?: string): AccountTerms
  allowsTrailing(id?: string): boolean
  /** Everything that was done, and all money that moved. */
  readonly history: History
  /** What happened before the engine began, made when first asked for. Its money is part of what the accounts hold already. */
  remember(make: () => PastEntries): void
  /** What still counts towards the size of the next deal. */
  repeatDealing(account: string, timeOf: (epic: string) => number): readonly RepeatEntry[]
  statistics(): EngineStatistics
  /** A reference for an order that brought none. */
  nextReference(): string
}

/** Takes the quotes of one market. An object that the caller changes for the next one may be given: none is kept. */
export interface QuoteTaker {
  /** @returns what the quote led to, as {@link Engine.process} does. */
  take(quote: TickQuote): readonly EngineEvent[]
  /** Takes a quote that leads to nothing for sure. @returns false for any other, which is not taken. */
  pass(quote: TickQuote): boolean
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
  readonly accounts: readonly [AccountTerms, ...AccountTerms[]]
  /** Decides deal ids; dealing conditions draw from a source of their own. */
  readonly random: Random
  readonly conditions?: (ConditionsOptions & { readonly seed: number }) | undefined
  /** Markets open and close by their trading hours; without it they are always open. */
  readonly keepsHours?: boolean | undefined
}

/** @throws Error for an account whose cash has a part of a cent. */
export function createEngine(options: EngineOptions): Engine {
  const books = new Map(options.markets.map(market => [market.epic, openBook(market, options.keepsHours ?? false)]))
  const floor: TradingFloor = {
    books,
    ledgers: openLedgers(options.accounts, books),
    identifiers: dealIdentifiers(options.random),
    repeats: repeatDealing(),
    conditions: dealingConditions({ seed: 0, ...options.conditions }),
  }
  const log = history(books, options.accounts)
  const firstAccount = options.accounts[0].id
  let whileClosed = 0

  function takeTick(book: LiveBook, quote: TickQuote): readonly EngineEvent[] {
    return passQuietly(book, quote) ? nothing : takeLoudTick(book, quote)
  }

  function takeLoudTick(book: LiveBook, quote: TickQuote): readonly EngineEvent[] {
    const { atMs, bidUnits, offerUnits } = quote
    if (offerUnits < bidUnits) {
      book.crossed++
      return nothing
    }
    if (book.hours !== null) followHours(book, atMs)
    if (!hasLivePrices(book.state)) {
      closeBand(book.quiet)
      whileClosed++
      return nothing
    }
    const expired = book.orders.length === 0 ? null : expireOrders(floor, book, atMs)
    takeQuote(book, quote)
    const triggered = trigger(floor, book, quote)
    const closed = closeOutAll(book, atMs)
    if (expired || triggered || closed) closeBands()
    openBand(book)
    if (!expired && !triggered && !closed) return nothing
    const events = [...(expired ?? nothing), ...(triggered ?? nothing), ...(closed ?? nothing)]
    log.record(events)
    return events
  }

  /** What is held, what rests, money or a market's state may have changed. */
  function closeBands(): void {
    for (const { quiet } of books.values()) closeBand(quiet)
  }

  function closeOutAll(book: LiveBook, atMs: number): readonly EngineEvent[] | null {
    let events: readonly EngineEvent[] | null = null
    for (const account of book.holders) {
      const closed = account.isShortOfMargin() ? closeOut(floor, account, atMs) : null
      if (closed) events = [...(events ?? nothing), ...closed]
    }
    return events
  }

  function takeOrder(order: Order): readonly EngineEvent[] {
    const book = books.get(epicOf(order) ?? '')
    if (!book) return deal(order)
    // What its time brings comes before the order, whether a quote told of it or not.
    followHours(book, order.atMs)
    const expired = book.orders.length === 0 ? null : expireOrders(floor, book, order.atMs)
    return expired ? [...expired, ...deal(order)] : deal(order)
  }

  function deal(order: Order): readonly EngineEvent[] {
    switch (order.kind) {
      case 'open':
        return openPosition(floor, withExactSize(order))
      case 'close':
        return closePosition(floor, withExactSize(order))
      case 'amend':
        return amendPosition(floor, order)
      case 'place-order':
        return placeWorkingOrder(floor, withExactSize(order))
      case 'amend-order':
        return amendWorkingOrder(floor, order)
      case 'cancel-order':
        return cancelWorkingOrder(floor, order)
      default:
        return unreachable(order)
    }
  }

  function take(input: Exclude<EngineInput, Tick>): readonly EngineEvent[] {
    switch (input.kind) {
      case 'refuse':
        return [rejected(floor, input.order, input.reason)]
      case 'market-state':
      case 'quote-loss':
        changeBook(books.get(input.epic), input)
        return nothing
      case 'time': {
        const book = books.get(input.epic)
        if (!book) return nothing
        followHours(book, input.atMs)
        return expireOrders(floor, book, input.atMs) ?? nothing
      }
      case 'settlement': {
        const book = books.get(input.epic)
        if (!book) return nothing
        const expired = expireOrders(floor, book, input.atMs) ?? nothing
        return [...expired, ...settle(floor, book, input.atMs, input.levelUnits)]
      }
      case 'preference':
        ledgerOf(input.account).allowsTrailing = input.allowsTrailing
        return nothing
      case 'night': {
        const charges = bookNight(floor, input.atMs)
        const charged = new Set(charges.map(({ account }) => account))
        return [...charges, ...[...charged].map(id => accountChange(input.atMs, ledgerOf(id)))]
      }
      default:
        return takeOrder(input)
    }
  }

  function epicOf(order: Order): string | undefined {
    if (order.kind === 'open' || order.kind === 'place-order') return order.epic
    const target = order.kind === 'close' ? order.target : { by: 'deal' as const, dealId: order.dealId }
    if (target.by === 'market') return target.epic
    const { dealId } = target
    const own = floor.ledgers.get(order.account)
    return (own?.position(dealId) ?? own?.order(dealId))?.epic
  }

  function ledgerOf(id: string) {
    const found = floor.ledgers.get(id)
    if (!found) throw new Error(`expected one of the accounts ${[...floor.ledgers.keys()].join(', ')}, but got ${id}`)
    return found
  }

  return {
    process(input) {
      if (input.kind === 'tick') {
        const book = books.get(input.epic)
        return book ? takeTick(book, input) : nothing
      }
      closeBands()
      const events = take(input)
      if (events.length > 0) log.record(events)
      return events
    },
    quotes(epic) {
      const book = books.get(epic)
      return book && { take: quote => takeTick(book, quote), pass: quote => passQuietly(book, quote) }
    },
    book: epic => books.get(epic),
    positions: id => ledgersOf(floor, id).flatMap(each => each.positions()),
    position: dealId => find(floor, each => each.position(dealId)),
    workingOrders: id => ledgersOf(floor, id).flatMap(each => each.orders()),
    workingOrder: dealId => find(floor, each => each.order(dealId)),
    account: (id = firstAccount) => ledgerOf(id).state(),
    terms: (id = firstAccount) => ledgerOf(id).terms,
    allowsTrailing: (id = firstAccount) => ledgerOf(id).allowsTrailing,
    history: log,
    remember: log.remember,
    repeatDealing: floor.repeats.entries,
    statistics() {
      const all = [...books.values()]
      const ticks = all.reduce((sum, { quotes }) => sum + quotes, 0)
      const crossed = all.reduce((sum, book) => sum + book.crossed, 0)
      return { ticks, crossed, whileClosed }
    },
    nextReference: floor.identifiers.reference,
  }
}

/** A caller's Decimal may round sooner than ours: sizes are taken over into the engine's own at the door. */
function withExactSize<Sized extends { readonly size: Decimal }>(order: Sized): Sized {
  return order.size.constructor === Exact ? order : { ...order, size: new Exact(order.size) }
}

function changeBook(
  book: LiveBook | undefined,
  input: Extract<EngineInput, { kind: 'market-state' | 'quote-loss' }>,
): void {
  if (!book) return
  if (input.kind === 'quote-loss') book.quote = null
  else if (book.state === input.state) return
  else book.state = input.state
  book.revision++
}

function ledgersOf({ ledgers }: TradingFloor, id: string | undefined) {
  return [...ledgers.values()].filter(({ terms }) => id === undefined || terms.id === id)
}

function find<T>({ ledgers }: TradingFloor, inside: (each: Ledger) => T | undefined): T | undefined {
  for (const each of ledgers.values()) {
    const found = inside(each)
    if (found !== undefined) return found
  }
  return undefined
}

const nothing: readonly EngineEvent[] = Object.freeze([])
