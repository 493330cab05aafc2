import {
  type Contract,
  contractFor,
  type DeskState,
  type GuardLimits,
  isPending,
  type JournalRecord,
} from '@scalpdesk/desk'
import type { Engine, EngineEvent, Position as EnginePosition } from '@scalpdesk/mock-broker/engine'
import { type DealReference, dealReference, epic } from '@scalpdesk/sdk'
import { type DeskRequest, plain, shownFigures, shownMarket } from '../engine-broker/index.ts'
import { deskIntent } from '../host/desk-intent.ts'
import type { Held, Resting } from '../host/held.ts'
import type { StrategyHost } from '../host/strategy-host.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'
import { Agenda } from './agenda.ts'
import { BacktestBroker } from './backtest-broker.ts'
import { DeskLoop } from './desk-loop.ts'
import { QuoteTeller } from './quote-teller.ts'
import { TradeCounts } from './trade-counts.ts'

export interface TradingLineParts {
  readonly engine: Engine
  readonly account: string
  readonly epics: readonly string[]
  readonly limits: Partial<GuardLimits>
  /** From the decision to the deal, and the same again until it is known. */
  readonly latencyMs: number
  readonly startMs: number
}

/**
 * The way of an order in a backtest: the strategy's intent goes to the desk itself, with its guard, and from there to the engine. Between
 * intents and deals the desk sleeps.
 */
export class TradingLine {
  readonly counts = new TradeCounts()
  readonly #parts: TradingLineParts
  readonly #engine: Engine
  readonly #broker: BacktestBroker
  readonly #loop: DeskLoop
  readonly #agenda = new Agenda()
  readonly #quotes: QuoteTeller
  /** While something is open: a loss that locks the day must not be slept through. */
  readonly #watchesLoss: boolean
  readonly #asked = new Map<string, TradeIntent>()
  #host: StrategyHost | null = null
  #wanted: TradeIntent | null = null
  #references = 0
  /** What is held may be other than the host knows. */
  #isHeldChanged = false

  constructor(parts: TradingLineParts) {
    const { engine, account, epics, limits, startMs } = parts
    this.#parts = parts
    this.#engine = engine
    this.#broker = new BacktestBroker(engine, account)
    this.#watchesLoss = (limits.maxDayLoss ?? null) !== null
    const setup = {
      contracts: epics.map(name => this.#contract(name)),
      accountCurrency: engine.terms(account).currency,
      limits,
    }
    this.#loop = new DeskLoop({ ...setup, watch: NO_WATCH }, startMs, {
      send: effect => this.#send(effect),
      answer: question => this.#broker.answer(question, this.#loop?.nowMs ?? startMs),
      record: record => this.#hear(record),
    })
    this.#quotes = new QuoteTeller(engine, this.#loop, epics)
    this.#loop.feed({ kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: startMs })
    this.#loop.feed({ kind: 'trade', trade: { kind: 'feed', state: 'listening' }, atMs: startMs })
    this.#tellAccount()
  }

  serve(host: StrategyHost): void {
    this.#host = host
    this.#isHeldChanged = true
    this.#showHeld()
  }

  /** The next time at which something happens by itself. */
  get dueMs(): number {
    return Math.min(this.#agenda.dueMs, this.#loop.dueMs)
  }

  /** Everything that is due until then, in its order. */
  advance(untilMs: number): void {
    this.#advance(untilMs)
    this.#showHeld()
  }

  #advance(untilMs: number): void {
    if (this.dueMs <= untilMs) this.#quotes.catchUp()
    for (let steps = 0; this.dueMs <= untilMs; steps++) {
      if (steps > MOST_STEPS)
        throw new Error('expected the desk to come to rest, but it wants to be woken for ever; report this')
      if (this.#agenda.dueMs <= this.#loop.dueMs) {
        this.#loop.nowMs = Math.max(this.#loop.nowMs, this.#agenda.dueMs)
        this.#agenda.runNext()
      } else {
        this.#quotes.tellAll()
        this.#loop.wake()
      }
    }
  }

  /** What a tick set off: stops, limits, working orders. */
  onTick(events: readonly EngineEvent[], epicName: string, atMs: number): void {
    this.#loop.nowMs = atMs
    if (events.length > 0) this.#hearLater(events)
    else if (this.#watchesLoss) this.#quotes.watchLoss(epicName)
    this.#showHeld()
  }

  /** What the night took. */
  onNight(events: readonly EngineEvent[], atMs: number): void {
    this.#loop.nowMs = atMs
    if (events.length > 0) this.#hearLater(events)
    this.#showHeld()
  }

  #hearLater(events: readonly EngineEvent[]): void {
    this.#quotes.catchUp()
    this.#later(() => this.#tell(events))
  }

  /** The ticks are over: what is under way comes to its end at the last price. */
  settle(atMs: number): void {
    this.#quotes.catchUp()
    this.#loop.nowMs = atMs
    for (let steps = 0; this.dueMs < Number.POSITIVE_INFINITY && steps < MOST_STEPS; steps++) this.#advance(this.dueMs)
    this.#isHeldChanged = true
    this.#showHeld()
  }

  get needsEveryTick(): boolean {
    return this.#watchesLoss && this.#loop.state.holdings.size > 0
  }

  want(wanted: TradeIntent, here: string, atMs: number): void {
    const translated = deskIntent(wanted, epic(here))
    this.counts.wanted++
    if (translated.kind === 'nonsense') return this.#deny(wanted, 'nonsense', translated.text)
    const loop = this.#loop
    loop.nowMs = atMs
    this.#quotes.tellAll()
    if (this.#parts.limits.minMarginLeft) this.#tellAccount()
    this.#wanted = wanted
    const reference = this.#nextReference()
    this.#asked.set(reference, wanted)
    if (this.#asked.size > ASKED_KEPT) this.#asked.delete(this.#asked.keys().next().value ?? '')
    loop.feed({ kind: 'intent', intent: translated.intent, pressedAtMs: atMs, atMs, wallMs: atMs, reference })
    this.#advance(atMs)
    this.#isHeldChanged = true
    this.#showHeld()
  }

  get state(): DeskState {
    return this.#loop.state
  }

  #send(request: DeskRequest & { readonly id: string }): void {
    const { latencyMs } = this.#parts
    const wanted = this.#asked.get(request.id.replace(/\.\d+$/, '')) ?? this.#wanted
    this.counts.orders++
    this.#agenda.add(this.#loop.nowMs + latencyMs, () => {
      const { reference, events } = this.#broker.deal(request, this.#loop.nowMs)
      this.#later(() => {
        const acknowledgedAtMs = this.#loop.nowMs
        const submission = { kind: 'acknowledged', reference: dealReference(reference), acknowledgedAtMs } as const
        // The confirm of what carries a reference of ours settles it by itself, as one that is faster than the answer does.
        if (request.kind !== 'open' && request.kind !== 'place')
          this.#loop.feed({ kind: 'submitted', id: request.id, submission, atMs: acknowledgedAtMs })
        this.#tell(events, { wanted, isAnswer: true })
      })
    })
  }

  #later(run: () => void): void {
    const { latencyMs } = this.#parts
    if (latencyMs === 0) run()
    else this.#agenda.add(this.#loop.nowMs + latencyMs, run)
  }

  /** What an order of ours does to positions and working orders its confirm tells. */
  #tell(
    events: readonly EngineEvent[],
    { wanted, isAnswer }: { wanted: TradeIntent | null; isAnswer: boolean } = UNASKED,
  ): void {
    const atMs = this.#loop.nowMs
    for (const event of events) {
      const deal = this.counts.dealOf(event, wanted)
      if (deal) this.#host?.tell(deal)
      const trade = isAnswer && event.kind !== 'confirm' ? null : this.#broker.told(event)
      if (trade) this.#loop.feed({ kind: 'trade', trade, atMs })
    }
    this.#isHeldChanged = true
  }

  #deny(wanted: TradeIntent, code: string, text: string): void {
    this.counts.deny(code)
    this.#host?.tell({ kind: 'denied', intent: wanted, code, text, atMs: this.#loop.nowMs })
  }

  #hear(record: JournalRecord): void {
    if (record.kind !== 'denied' || !this.#wanted) return
    this.#deny(this.#wanted, record.code, record.words)
  }

  /** Once for all that an order or a quote led to: the strategy is asked after it. */
  #showHeld(): void {
    const host = this.#host
    if (!host || !this.#isHeldChanged) return
    this.#isHeldChanged = false
    for (const name of this.#parts.epics) {
      const book = this.#engine.book(name)
      if (!book) continue
      const { positions, orders } = book
      host.hold(name, {
        positions: positions.map(heldOf),
        orders: orders.map(restingOf),
        isBusy: isBusy(this.#loop.state, name),
      })
    }
  }

  #tellAccount(): void {
    const atMs = this.#loop.nowMs
    const figures = shownFigures(this.#engine.account(this.#parts.account), atMs)
    this.#loop.feed({ kind: 'account', figures, atMs })
  }

  #contract(name: string): Contract {
    const book = this.#engine.book(name)
    if (!book) throw new Error(`expected a market of the engine, but got ${name}; choose another`)
    const { market } = book
    const size = plain(market.minSize)
    const preset = {
      name: 'bot',
      sizes: { 1: { kind: 'fixed', size } },
      sizeKey: 1,
      stop: null,
      limitPoints: null,
    } as const
    const told = { sizeStep: plain(market.sizeStep), doesAccountTrail: true }
    return contractFor(shownMarket(book, this.#engine.terms(this.#parts.account).currency), [preset], told)
  }

  #nextReference(): DealReference {
    this.#references++
    return dealReference(`B${this.#references}`)
  }
}

function heldOf(position: EnginePosition): Held {
  const { dealId, direction, levelUnits, stopUnits, limitUnits, openedAtMs } = position
  return {
    dealId,
    direction,
    size: plain(position.size),
    levelUnits,
    stopUnits,
    limitUnits,
    isTrailing: position.trailing !== null,
    isGuaranteed: position.isStopGuaranteed,
    openedAtMs,
  }
}

function restingOf(order: ReturnType<Engine['workingOrders']>[number]): Resting {
  const { dealId, direction, levelUnits, goodTillMs } = order
  return {
    dealId,
    direction,
    order: order.type === 'LIMIT' ? 'limit' : 'stop',
    size: plain(order.size),
    levelUnits,
    goodTillMs,
  }
}

function isBusy({ orders, flattens, reversals }: DeskState, name: string): boolean {
  for (const order of orders.values()) if (order.purpose.epic === name && isPending(order)) return true
  return flattens.length > 0 || reversals.length > 0
}

const UNASKED = { wanted: null, isAnswer: false }

const NO_WATCH = {
  missingStop: null,
  foreignExposure: false,
  movedStop: false,
  minMarginPercent: null,
  maxClockSkewMs: null,
  maxSilenceMs: null,
}
const MOST_STEPS = 100_000
/** More than are ever under way. */
const ASKED_KEPT = 200
