import { type DealReference, type Direction, dealReference, type StreamStatus, type Submission } from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { nextDueMs, process } from '../desk.ts'
import type { DeskEvent } from '../desk-event.ts'
import { initialState } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import { unreachable } from '../order.ts'
import { aPreset, aQuote } from './desk-fixtures.ts'
import { type Fate, SimulatedBroker } from './simulated-broker.ts'

/** What happens next in a session. */
export type Step =
  | { readonly do: 'press'; readonly key: Direction | 'flatten'; readonly fate: Fate }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'end-position'; readonly isTold: boolean }
  | { readonly do: 'open-elsewhere' }
  | { readonly do: 'place-working-order' }
  | { readonly do: 'remove-working-orders' }
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
}

const READING_MS = 40
/** From a new session to the answer that its subscriptions are active. */
const SUBSCRIBING_MS = 30
const POLL_MS = 30

/** The desk and a simulated broker in one manual time. For tests only. `check` is called after every event. */
export class SimulatedSession {
  readonly clock = manualClock()
  readonly broker: SimulatedBroker
  state = initialState({ preset: aPreset(), accountCurrency: 'EUR' })
  entryPresses = 0
  flattenPresses = 0
  /** When the last reading that the desk agreed with was asked for. */
  agreedReadingAskedAtMs = Number.NEGATIVE_INFINITY
  /** An order left without its record right before it. */
  isUnrecordedOrderSent = false
  readonly closesSentAtMs = new Map<string, number>()
  /** When readings were asked for, and whether that had to keep to the allowance. */
  readonly readings: { readonly atMs: number; readonly isBound: boolean }[] = []
  readonly #check: (session: SimulatedSession) => void
  #timer: { readonly dueMs: number; cancel(): void } | null = null
  #fate: Fate = HEALTHY
  #references = 0
  #isStreamUp = true
  #areTradesUp = false

  constructor(listLagMs: number, check: (session: SimulatedSession) => void) {
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
        this.broker.workingOrders.push({ placedAtMs: this.#now, goneAtMs: null })
        return
      case 'remove-working-orders':
        for (const order of this.broker.workingOrders) order.goneAtMs ??= this.#now
        return
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

  #press(key: Direction | 'flatten', fate: Fate): void {
    this.#fate = fate
    this.#feed({ kind: 'quote', quote: aQuote({ receivedAtMs: this.#now }) })
    const intent = key === 'flatten' ? ({ kind: 'flatten' } as const) : ({ kind: 'enter', direction: key } as const)
    if (key === 'flatten') this.flattenPresses += 1
    else this.entryPresses += 1
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
        return
      case 'open':
      case 'close': {
        const wanted = effect.kind === 'open' ? 'about-to-open' : 'about-to-close'
        if (before?.kind !== 'journal' || before.record.kind !== wanted || before.record.id !== effect.id)
          this.isUnrecordedOrderSent = true
        const reply = (submission: Submission) =>
          this.#feed({ kind: 'submitted', id: effect.id, submission, atMs: this.#now })
        if (effect.kind === 'open') this.broker.open(effect.order, this.#fate, reply)
        else {
          this.closesSentAtMs.set(effect.id, this.#now)
          this.broker.close(effect.order, this.#fate, reply)
        }
        return
      }
      case 'find-confirm':
        this.#later(POLL_MS, () => {
          const confirm = this.broker.findConfirm(effect.reference)
          this.#feed({ kind: 'confirm-found', id: effect.id, confirm, atMs: this.#now })
        })
        return
      case 'read-book':
        return this.#read(effect.ask)
      default:
        return unreachable(effect)
    }
  }

  #read(ask: number): void {
    const askedAtMs = this.#now
    const { book, flatten, orders } = this.state
    const { changes } = book
    const isChecking = [...orders.values()].some(({ stage }) => stage.kind === 'checking')
    this.readings.push({ atMs: askedAtMs, isBound: flatten.kind === 'idle' && !isChecking })
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
