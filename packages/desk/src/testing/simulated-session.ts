import { type DealReference, Decimal, dealReference, type StreamStatus, type Submission } from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { nextDueMs, process } from '../desk.ts'
import type { DeskEvent } from '../desk-event.ts'
import { initialState } from '../desk-setup.ts'
import type { DeskState, Mode } from '../desk-state.ts'
import type { Effect, OrderEffect } from '../effect.ts'
import { isAnnouncement, type JournalRecord } from '../journal/record.ts'
import { unreachable } from '../unreachable.ts'
import { aContract, aQuote } from './desk-fixtures.ts'
import { type Fate, SimulatedBroker } from './simulated-broker.ts'
import { type Key, meantBy } from './simulated-presses.ts'

/** What happens next in a session. */
export type Step =
  | { readonly do: 'press'; readonly key: Key; readonly fate: Fate }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'end-position'; readonly isTold: boolean }
  | { readonly do: 'open-elsewhere' }
  | { readonly do: 'place-working-order' }
  | { readonly do: 'remove-working-orders' }
  | { readonly do: 'fill-working-order' }
  | { readonly do: 'stream'; readonly status: 'lost' | 'replaced' | 'recovered' }
  | { readonly do: 'trades'; readonly state: 'listening' | 'interrupted' }
  | { readonly do: 'readings'; readonly are: SimulatedBroker['readings'] }

export const HEALTHY: Fate = {
  way: 'dealt',
  arrivesInMs: 20,
  isReplyLost: false,
  repliesInMs: 10,
  streamedInMs: 60,
  isStreamedTwice: false,
  foundInMs: 40,
  rememberedInMs: 1_000,
}

const READING_MS = 40
/** From a new session to the answer that its subscriptions are active. */
const SUBSCRIBING_MS = 30
const POLL_MS = 30

/** The desk and a simulated broker in one manual time. For tests only. `check` is called after every event. */
export class SimulatedSession {
  readonly clock = manualClock()
  readonly broker: SimulatedBroker
  state: DeskState
  /** Presses that may send an order to open or to place. */
  entryPresses = 0
  /** Presses that may send closes and cancellations. */
  exitPresses = 0
  /** When the last reading that the desk agreed with was asked for. */
  agreedReadingAskedAtMs = Number.NEGATIVE_INFINITY
  /** An order left without its record right before it. */
  isUnrecordedOrderSent = false
  /** What the desk wrote down. */
  readonly records: JournalRecord[] = []
  readonly exitsSentAtMs = new Map<string, number>()
  /** When readings were asked for, and whether that had to keep to the allowance. */
  readonly readings: { readonly atMs: number; readonly isBound: boolean }[] = []
  readonly #check: (session: SimulatedSession) => void
  #timer: { readonly dueMs: number; cancel(): void } | null = null
  #fate: Fate = HEALTHY
  #references = 0
  #isStreamUp = true
  #areTradesUp = false

  constructor(listLagMs: number, check: (session: SimulatedSession) => void, mode: Mode = 'hedge') {
    this.state = initialState({
      contracts: [aContract({ size: new Decimal(2) })],
      accountCurrency: 'EUR',
      mode,
      limits: { duplicateWindowMs: 0 },
    })
    this.#check = check
    this.broker = new SimulatedBroker(this.clock, listLagMs, trade =>
      this.#feed({ kind: 'trade', trade, atMs: this.#now }),
    )
    this.#stream({ kind: 'live', continuity: 'new' })
    this.#trades('listening')
    this.clock.advance(READING_MS * 5)
  }

  step(step: Step): void {
    switch (step.do) {
      case 'press':
        return this.#press(step.key, step.fate)
      case 'pass':
        return this.clock.advance(step.ms)
      case 'end-position':
        return this.broker.end(step.isTold)
      case 'open-elsewhere':
        this.broker.begin('SELL', null)
        return
      case 'place-working-order':
        this.broker.rest('BUY', null)
        return
      case 'remove-working-orders':
        for (const order of this.broker.workingOrders) order.goneAtMs ??= this.#now
        return
      case 'fill-working-order':
        return this.broker.fill()
      case 'stream':
        this.#isStreamUp = step.status !== 'lost'
        if (step.status === 'replaced') {
          this.#areTradesUp = false
          this.#later(SUBSCRIBING_MS, () => this.#trades('listening'))
        }
        this.broker.isStreaming = this.#isStreamUp && this.#areTradesUp
        this.#stream(
          step.status === 'lost'
            ? { kind: 'waiting', cause: { code: 'lost', text: 'gone' }, retryAtMs: 0 }
            : { kind: 'live', continuity: step.status },
        )
        // The subscription of a session that goes on does, too.
        if (step.status === 'recovered' && this.#areTradesUp) this.#trades('listening')
        return
      case 'trades':
        return this.#trades(step.state)
      case 'readings':
        this.broker.readings = step.are
        return
      default:
        return unreachable(step)
    }
  }

  /** Every fault ends, and everything under way comes to rest. */
  heal(): void {
    this.step({ do: 'readings', are: 'whole' })
    this.step({ do: 'stream', status: 'replaced' })
    this.step({ do: 'pass', ms: 150_000 })
  }

  get #now(): number {
    return this.clock.monotonicMs()
  }

  #press(key: Key, fate: Fate): void {
    const press = meantBy(this.state, key)
    if (!press) return
    const { intent } = press
    if (press.mayEnter) this.entryPresses += 1
    if (press.mayExit) this.exitPresses += 1
    this.#fate = fate
    this.#feed({ kind: 'quote', quote: aQuote({ receivedAtMs: this.#now }) })
    this.#references += 1
    const reference: DealReference = dealReference(`R${this.#references}`)
    this.#feed({ kind: 'intent', intent, pressedAtMs: this.#now, atMs: this.#now, reference })
  }

  #stream(status: StreamStatus): void {
    this.#feed({ kind: 'stream', status, atMs: this.#now })
  }

  #trades(state: 'listening' | 'interrupted'): void {
    // No subscription is answered without a connection.
    if (!this.#isStreamUp && state === 'listening') return
    this.#areTradesUp = state === 'listening'
    this.broker.isStreaming = this.#isStreamUp && this.#areTradesUp
    this.#feed({ kind: 'trade', trade: { kind: 'feed', state }, atMs: this.#now })
  }

  #feed(event: DeskEvent): void {
    const { state, effects } = process(this.state, event)
    this.state = state
    effects.forEach((effect, i) => {
      this.#perform(effect, effects[i - 1])
    })
    this.#rearm()
    this.#check(this)
  }

  #perform(effect: Effect, before: Effect | undefined): void {
    switch (effect.kind) {
      case 'journal':
        this.records.push(effect.record)
        return
      case 'open':
      case 'close':
      case 'amend':
      case 'place':
      case 'cancel':
        if (!announces(before, effect)) this.isUnrecordedOrderSent = true
        return this.#send(effect)
      case 'find-deals':
        this.#later(POLL_MS, () => {
          this.#feed({ kind: 'deals-found', ask: effect.ask, deals: this.broker.findDeals(), atMs: this.#now })
        })
        return
      case 'find-confirm':
        this.#later(POLL_MS, () => {
          const confirm = this.broker.findConfirm(effect.reference)
          this.#feed({ kind: 'confirm-found', id: effect.id, confirm, atMs: this.#now })
        })
        return
      case 'read-book':
        return this.#read(effect.ask)
      case 'find-charges':
        return
      default:
        return unreachable(effect)
    }
  }

  #send(effect: OrderEffect): void {
    const reply = (submission: Submission) =>
      this.#feed({ kind: 'submitted', id: effect.id, submission, atMs: this.#now })
    switch (effect.kind) {
      case 'open':
        return this.broker.open(effect.order, this.#fate, reply)
      case 'close':
        this.exitsSentAtMs.set(effect.id, this.#now)
        return this.broker.close(effect.order, this.#fate, reply)
      case 'amend':
        return this.broker.amend(effect.order, this.#fate, reply)
      case 'place':
        return this.broker.place(effect.order, this.#fate, reply)
      case 'cancel':
        this.exitsSentAtMs.set(effect.id, this.#now)
        return this.broker.cancel(effect.order, this.#fate, reply)
      default:
        return unreachable(effect)
    }
  }

  #read(ask: number): void {
    const askedAtMs = this.#now
    const { book, flattens, orders } = this.state
    const { changes } = book
    const isChecking = [...orders.values()].some(({ stage }) => stage.kind === 'checking')
    this.readings.push({ atMs: askedAtMs, isBound: flattens.length === 0 && !isChecking })
    this.#later(READING_MS / 2, () => {
      const book = this.broker.list()
      this.#later(READING_MS / 2, () => {
        if (this.broker.readings === 'failing')
          return this.#feed({ kind: 'book-failed', ask, cause: new Error('no answer'), atMs: this.#now })
        // The check runs inside this event, so what a reading proves has to be known before.
        const agreedBefore = this.agreedReadingAskedAtMs
        this.agreedReadingAskedAtMs = askedAtMs
        this.#feed({ kind: 'book-read', ask, book, atMs: this.#now })
        if (this.state.book.agreedAt !== changes) this.agreedReadingAskedAtMs = agreedBefore
      })
    })
  }

  #later(ms: number, run: () => void): void {
    this.clock.at(this.#now + ms, run)
  }

  #rearm(): void {
    const dueMs = nextDueMs(this.state)
    this.#timer?.cancel()
    this.#timer = null
    if (dueMs === null) return
    const { cancel } = this.clock.at(dueMs, () => this.#feed({ kind: 'clock', atMs: this.#now }))
    this.#timer = { dueMs, cancel }
  }
}

function announces(before: Effect | undefined, { kind, id }: OrderEffect): boolean {
  if (before?.kind !== 'journal' || !isAnnouncement(before.record)) return false
  return before.record.kind === `about-to-${kind}` && before.record.id === id
}
