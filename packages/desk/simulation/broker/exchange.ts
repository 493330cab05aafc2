import {
  type Activity,
  type Book,
  cashAccount,
  createEngine,
  type Engine,
  type Confirm as EngineConfirm,
  type EngineEvent,
  type EngineInput,
  type MarketState,
  markets,
  type Reason,
} from '@scalpdesk/mock-broker/engine'
import { type DealReference, Decimal, dealReference, type Epic, epic, type TradeEvent } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import {
  type DeskRequest,
  engineOrder,
  shownConfirm,
  shownOrderUpdate,
  shownPositionUpdate,
} from '../../../bots/src/engine-broker/index.ts'
import { outcomeWords } from './answers.ts'
import { type BrokerHearer, BrokerVoice, missed } from './broker-voice.ts'
import { happens, type Random } from './chance.ts'
import { type ConfirmWays, deliver } from './confirm-delivery.ts'
import { ConfirmShelf } from './confirm-shelf.ts'
import { ListHistory } from './list-history.ts'
import { pricePath } from './price-path.ts'
import { EPICS } from './simulated-markets.ts'
import { SimulatedStream } from './simulated-stream.ts'
import { TrueLedger } from './true-ledger.ts'
import { type ConfirmFault, WaitingFaults } from './waiting-faults.ts'

interface SimulationClock {
  monotonicMs(): number
  at(dueMs: number, run: () => void): { cancel(): void }
}

export interface ExchangeOptions {
  readonly clock: SimulationClock
  readonly seed: number
  /** Of the receiving machine: what it stamps what it hears with. */
  receivedAtMs(): number
  readonly hearer: BrokerHearer
  /** By how much the broker's lists follow the truth late. */
  readonly listLagMs?: number
  readonly cash?: string
  /** The broker's own time at the start, milliseconds since 1970. */
  readonly startMs?: number
  /** Told of what happens here, for a trace. */
  readonly tell?: ((words: string) => void) | undefined
}

interface DealOptions {
  readonly rejection?: Reason | null
  readonly losesStop?: boolean
  /** What befalls its confirm. */
  readonly fault?: ConfirmFault | null
  /** Decides in which order the stream tells of it. */
  readonly random?: Random | undefined
}

export const START_MS = Date.UTC(2026, 0, 5, 9)
const HEARTBEAT_MS = 2_000

/**
 * The mock broker's engine with its prices, its confirms, its lists and its stream, all driven by a manual clock. What is true can
 * be looked at; what is told goes through the stream, or is asked for.
 */
export class Exchange {
  readonly stream: SimulatedStream
  readonly faults = new WaitingFaults()
  readonly confirms = new ConfirmShelf()
  readonly lists: ListHistory
  readonly ledger = new TrueLedger()
  /** Grows with everything that changes what is held. */
  revision = 0
  readonly #clock: SimulationClock
  readonly #startMs: number
  readonly #tell: ((words: string) => void) | undefined
  readonly #engine: Engine
  readonly #account: string
  readonly #voice: BrokerVoice
  readonly #ways: ConfirmWays
  #random: Random
  readonly #held = new Set<string>()
  #jumpedMs = 0

  constructor({
    clock,
    seed,
    receivedAtMs,
    hearer,
    listLagMs = 0,
    cash = '100000',
    startMs = START_MS,
    tell,
  }: ExchangeOptions) {
    this.#clock = clock
    this.#startMs = startMs
    this.#tell = tell
    const account = cashAccount(new Decimal(cash))
    this.#account = account.id
    this.#engine = createEngine({
      markets: EPICS.map(name => markets.find(market => market.epic === name)!),
      accounts: [account],
      random: seededRandom(seed),
    })
    this.#random = seededRandom(seed + 1)
    this.lists = new ListHistory(listLagMs)
    this.stream = new SimulatedStream(clock, seededRandom(seed + 2), {
      status: status => hearer.status(status),
      trades: state => hearer.trade({ kind: 'feed', state }),
      missed: reason => hearer.trade(missed(reason)),
      subscribed: () => this.#sendSnapshots(),
    })
    this.#voice = new BrokerVoice(this.stream, hearer, receivedAtMs)
    this.#ways = {
      shelf: this.confirms,
      voice: this.#voice,
      nowMs: () => this.#now,
      later: (ms, run) => this.#in(ms, run),
    }
    EPICS.forEach((name, index) => {
      this.#play(name, seededRandom(seed * 31 + index + 3))
    })
    this.#beat()
  }

  /** Milliseconds since 1970, by the broker's clock. */
  get nowMs(): number {
    return this.#startMs + this.#now + this.#jumpedMs
  }

  /** What is truly held, oldest first. */
  get positions(): ReturnType<Engine['positions']> {
    return this.#engine.positions()
  }

  get workingOrders(): ReturnType<Engine['workingOrders']> {
    return this.#engine.workingOrders()
  }

  get account(): ReturnType<Engine['account']> {
    return this.#engine.account()
  }

  get activities(): readonly Activity[] {
    return this.#engine.history.activities(this.#account)
  }

  book(name: Epic): Book {
    const book = this.#engine.book(name)
    if (!book) throw new Error(`expected one of the markets ${EPICS.join(', ')}, but got ${name}; choose one of them`)
    return book
  }

  /** From here on these numbers decide in which order the stream tells. */
  reseed(seed: number): void {
    this.#random = seededRandom(seed)
  }

  /** Somebody else acts on the account: deals at once, and the stream tells. */
  dealElsewhere(request: DeskRequest): EngineConfirm['outcome'] | null {
    const events = this.deal(request, this.nextReference())
    return events.find(event => event.kind === 'confirm')?.outcome ?? null
  }

  /** The broker's name for a request that has none of ours. */
  nextReference(): DealReference {
    return dealReference(this.#engine.nextReference())
  }

  /** Deals a request at once. */
  deal(request: DeskRequest, reference: string, options: DealOptions = {}): readonly EngineEvent[] {
    const { rejection = null, losesStop = false, fault = null, random } = options
    const order = engineOrder(request, { atMs: this.nowMs, reference, account: this.#account }, losesStop)
    return this.#process(rejection === null ? order : { kind: 'refuse', order, reason: rejection }, fault, random)
  }

  jump(ms: number): void {
    this.#jumpedMs += ms
  }

  /** Everything that is held is charged for the night. */
  endNight(): void {
    this.#process({ kind: 'night', atMs: this.nowMs })
  }

  setMarket(name: Epic, state: MarketState): void {
    this.#process({ kind: 'market-state', atMs: this.nowMs, epic: name, state })
    this.#sendQuote(name)
  }

  losePrice(name: Epic): void {
    this.#process({ kind: 'quote-loss', atMs: this.nowMs, epic: name })
    this.#sendQuote(name)
  }

  /** The price stands still, or moves again. */
  holdQuotes(name: Epic, isHeld: boolean): void {
    if (isHeld) this.#held.add(name)
    else this.#held.delete(name)
  }

  /** One quote with its bid above its offer, on which nothing deals. */
  showCrossed(name: Epic): void {
    const { quote } = this.book(name)
    if (quote) this.#sendQuote(name, { shown: { bidUnits: quote.offerUnits + 1, offerUnits: quote.bidUnits } })
  }

  /** Puts the price where a test wants it. */
  tick(name: Epic, bidUnits: number, offerUnits: number): void {
    this.#process({ kind: 'tick', atMs: this.nowMs, epic: name, bidUnits, offerUnits })
    this.#sendQuote(name)
  }

  #process(
    input: EngineInput,
    fault: ConfirmFault | null = null,
    random: Random = this.#random,
  ): readonly EngineEvent[] {
    const events = this.#engine.process(input)
    if (events.length === 0) return events
    this.revision += 1
    this.lists.note(this.#now, this.#engine)
    // IG tells confirms and updates in no certain order.
    const isConfirmFirst = happens(random, 0.5)
    const rank = (event: EngineEvent) => (event.kind === 'confirm' ? (isConfirmFirst ? 0 : 2) : 1)
    for (const event of [...events].sort((a, b) => rank(a) - rank(b))) this.#tellAll(event, fault)
    return events
  }

  #tellAll(event: EngineEvent, fault: ConfirmFault | null): void {
    this.ledger.note(event, name => this.#engine.book(name), this.#now)
    switch (event.kind) {
      case 'confirm':
        this.#trace(`${event.order.kind} ${event.reference}: ${outcomeWords(event)}`)
        return deliver(shownConfirm(event, this.#engine.book(event.epic)), fault, this.#ways)
      case 'position': {
        const { dealId, direction, size } = event.position
        this.#trace(`position ${dealId} ${event.change} ${direction} ${size}`)
        const update = shownPositionUpdate(event, this.book(epic(event.position.epic)))
        return this.#sendUpdate({ kind: 'position', update })
      }
      case 'working-order': {
        this.#trace(`working order ${event.order.dealId} ${event.change} (${event.cause})`)
        const update = shownOrderUpdate(event, this.book(epic(event.order.epic)))
        return this.#sendUpdate({ kind: 'working-order', update })
      }
      case 'account':
        return this.#voice.figures(this.account)
      case 'fill':
      case 'charge':
        return
    }
  }

  #sendUpdate(trade: TradeEvent): void {
    if (!this.faults.takeLeftOut()) this.#voice.trade(trade)
  }

  #sendQuote(name: Epic, options?: Parameters<BrokerVoice['quote']>[3]): void {
    this.#voice.quote(name, this.book(name), this.nowMs, options)
  }

  #sendSnapshots(): void {
    for (const name of EPICS) this.#sendQuote(name, { isSnapshot: true })
    this.#voice.figures(this.account)
  }

  #play(name: Epic, random: Random): void {
    const path = pricePath(this.book(name).market, random)
    const next = (isFirst: boolean): void => {
      const { afterMs, bidUnits, offerUnits } = path.next()
      this.#in(isFirst ? 0 : afterMs, () => {
        if (!this.#held.has(name)) this.tick(name, bidUnits, offerUnits)
        next(false)
      })
    }
    next(true)
  }

  #beat(): void {
    this.#in(HEARTBEAT_MS, () => {
      this.#voice.heartbeat(this.nowMs)
      this.#beat()
    })
  }

  get #now(): number {
    return this.#clock.monotonicMs()
  }

  #in(ms: number, run: () => void): void {
    this.#clock.at(this.#now + ms, run)
  }

  #trace(words: string): void {
    this.#tell?.(`broker: ${words}`)
  }
}
