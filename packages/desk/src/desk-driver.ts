import { type DealReference, dealReference, type Submission } from '@scalpdesk/sdk'
import { ACCOUNT } from './book/scope.ts'
import type { BrokerPort } from './broker-port.ts'
import { nextDueMs, process } from './desk.ts'
import type { DeskEvent, IntentEvent } from './desk-event.ts'
import { type DeskSetup, initialState, startFacts } from './desk-setup.ts'
import type { DeskState } from './desk-state.ts'
import type { Effect, JournalEffect, OrderEffect } from './effect.ts'
import { factText } from './guard/memory/fact-text.ts'
import { type ReadyEntry, tracked } from './intents/foreseeing.ts'
import { Foresight } from './intents/foresight.ts'
import type { Intent } from './intents/intent.ts'
import { isAnnouncement, type JournalPort, type PressedBy } from './journal/record.ts'
import { watchLostTime } from './lost-time.ts'
import type { OrderId } from './orders/order.ts'
import { unapproved } from './orders/unapproved.ts'
import { unreachable } from './unreachable.ts'

/** Time as the desk needs it. */
export interface DeskClock {
  monotonicMs(): number
  /** Milliseconds since 1970. */
  nowMs(): number
  at(dueMonotonicMs: number, run: () => void): { cancel(): void }
}

export interface DeskPorts {
  readonly broker: BrokerPort
  readonly journal: JournalPort
  readonly clock: DeskClock
  /** A fresh deal reference at each call, never given before. */
  readonly nextReference: () => DealReference
  /** Told after each event that is not a quote, and about a journal that failed. */
  readonly onChange?: (state: DeskState) => void
  readonly onJournalFailure?: (cause: Error) => void
}

/** A running desk: the pure core, joined to a broker, a journal and a clock. */
export interface Desk {
  readonly state: DeskState
  /** Decides, journals and sends within this call. `pressedAtMs`: when the key's byte was read (monotonic); `by`: a key unless told. */
  want(intent: Intent, pressedAtMs: number, by?: PressedBy): void
  /** Quotes, trade events, stream and account changes come in here. */
  tell(event: ExternalEvent): void
  /**
   * Plays the press of a key up to its record, an entry or, while something is held, the exit, and throws all of it away: a pause of some
   * milliseconds is enough for the memory of the processor to be full of other things.
   */
  rehearse(): void
  /**
   * The program runs: to be called several times a second. It is also a look at the clocks, as each event but a quote is: a machine that slept,
   * and a program that stood still from one call to the next for seconds, must not trade on what it knew before.
   */
  beat(): void
  /** Stops timers and takes no further event; orders under way end by themselves. */
  stop(): void
}

export type ExternalEvent = Extract<
  DeskEvent,
  { kind: 'quote' | 'trade' | 'stream' | 'account' | 'heartbeat' | 'limits' | 'trade-market' | 'painted' | 'time-lost' }
>

/**
 * An entry that cannot leave by then is not sent: it would deal at a price that nobody saw (our choice). A close waits
 * for as long as the SDK lets it.
 */
const OPEN_WITHIN_MS = 250

export function runDesk(setup: DeskSetup, ports: DeskPorts): Desk {
  const { broker, journal, clock } = ports
  const asksBooked = broker.findCharges !== undefined
  const started: DeskSetup = { ...setup, asksBooked, start: { atMs: clock.monotonicMs(), wallMs: clock.nowMs() } }
  let state = initialState(started)
  let isStopped = false
  let timer: { dueMs: number; cancel(): void } | null = null
  /** Events that arise while another is being handled wait here, so that each sees the effects of the one before. */
  const waiting: DeskEvent[] = []
  let isHandling = false
  const foresight = new Foresight()
  const lostTime = watchLostTime(clock)

  /** Before whatever may send something, whoever brings it. */
  function hearLostTime(): void {
    const lostMs = lostTime.check()
    if (lostMs > 0) dispatch({ kind: 'time-lost', lostMs, atMs: clock.monotonicMs(), wallMs: clock.nowMs() })
  }

  function dispatch(event: DeskEvent): void {
    if (isStopped) return
    if (!isHandling && event.kind !== 'quote' && event.kind !== 'time-lost') hearLostTime()
    waiting.push(event)
    if (isHandling) return
    isHandling = true
    try {
      for (let next = waiting.shift(); next && !isStopped; next = waiting.shift()) handle(next)
      if (event.kind !== 'quote') foresight.look(state, event.atMs)
    } finally {
      isHandling = false
    }
  }

  function handle(event: DeskEvent): void {
    const ready = event.kind === 'intent' ? foresight.readyFor(state, event) : null
    if (ready && event.kind === 'intent') enterAtOnce(event, ready)
    else handleInTurn(event)
  }

  /** Before the first byte only what has to be: the record. What the desk then says and remembers follows before any other event. */
  function enterAtOnce(event: IntentEvent, ready: ReadyEntry): void {
    const { order, announcement, press } = ready
    const { reference: id } = order
    const unsent = new Set<OrderId>()
    try {
      write({ kind: 'journal', record: announcement, entry: id }, unsent)
      if (!unsent.has(id)) follow({ kind: 'open', id, order })
    } finally {
      state = tracked(state, ready, event)
    }
    handleInTurn({ kind: 'entered', order, press, pressedAtMs: event.pressedAtMs, atMs: event.atMs })
  }

  function handleInTurn(event: DeskEvent): void {
    const { watchDueMs } = state
    const result = process(state, event)
    state = result.state
    const isNews = result.effects.length > 0 || state.watchDueMs !== watchDueMs
    if (event.kind === 'quote' && !isNews) return
    const unsent = new Set<OrderId>()
    for (const effect of result.effects) perform(effect, unsent)
    rearm()
    ports.onChange?.(state)
  }

  function perform(effect: Effect, unsent: Set<OrderId>): void {
    switch (effect.kind) {
      case 'journal':
        return write(effect, unsent)
      case 'open':
      case 'close':
      case 'amend':
      case 'place':
      case 'cancel':
        if (!unsent.has(effect.id)) follow(effect)
        return
      case 'find-confirm':
        attempt(() => broker.findConfirm(effect.reference)).then(
          confirm => dispatch({ kind: 'confirm-found', id: effect.id, confirm, atMs: clock.monotonicMs() }),
          () => dispatch({ kind: 'confirm-found', id: effect.id, confirm: null, atMs: clock.monotonicMs() }),
        )
        return
      case 'read-book':
        attempt(() => broker.readBook()).then(
          book => dispatch({ kind: 'book-read', ask: effect.ask, book, atMs: clock.monotonicMs() }),
          cause => dispatch({ kind: 'book-failed', ask: effect.ask, cause: asError(cause), atMs: clock.monotonicMs() }),
        )
        return
      case 'find-deals':
        attempt(() => broker.findDeals(effect.sinceMs)).then(
          deals => dispatch({ kind: 'deals-found', ask: effect.ask, deals, atMs: clock.monotonicMs() }),
          () => dispatch({ kind: 'deals-found', ask: effect.ask, deals: null, atMs: clock.monotonicMs() }),
        )
        return
      case 'find-charges':
        attempt(async () => (await broker.findCharges?.(effect.sinceMs)) ?? null).then(
          booked => dispatch({ kind: 'charges-found', ask: effect.ask, booked, atMs: clock.monotonicMs() }),
          () => dispatch({ kind: 'charges-found', ask: effect.ask, booked: null, atMs: clock.monotonicMs() }),
        )
        return
      default:
        return unreachable(effect)
    }
  }

  /** An entry is not sent when its record cannot be written. An exit is: getting out matters more than the record. */
  function write({ record, entry }: JournalEffect, unsent: Set<OrderId>): void {
    const decidedAtMs = clock.monotonicMs()
    try {
      journal.append(record)
      if (isAnnouncement(record))
        dispatch({ kind: 'journalled', id: record.id, decidedAtMs, atMs: clock.monotonicMs() })
    } catch (error) {
      const cause = asError(error)
      ports.onJournalFailure?.(cause)
      if (entry === null) return
      unsent.add(entry)
      dispatch({ kind: 'journal-failed', id: entry, cause, atMs: clock.monotonicMs() })
    }
  }

  function follow(effect: OrderEffect): void {
    const { id } = effect
    const onWire = (atMs: number) => dispatch({ kind: 'on-wire', id, atMs })
    attempt(async () => unapproved(effect) ?? send(broker, effect, onWire)).then(
      submission => dispatch({ kind: 'submitted', id, submission, atMs: clock.monotonicMs() }),
      // A port that breaks its promise may still have sent: that is unknown, never "not sent".
      cause =>
        dispatch({
          kind: 'submitted',
          id,
          submission: { kind: 'unknown', cause: asError(cause) },
          atMs: clock.monotonicMs(),
        }),
    )
  }

  function rearm(): void {
    const dueMs = nextDueMs(state)
    if (timer?.dueMs === dueMs) return
    timer?.cancel()
    timer = null
    if (dueMs === null || isStopped) return
    const handle = clock.at(dueMs, () => {
      timer = null
      dispatch({ kind: 'clock', atMs: Math.max(clock.monotonicMs(), dueMs), wallMs: clock.nowMs() })
    })
    timer = { dueMs, cancel: () => handle.cancel() }
  }

  for (const fact of startFacts(started)) {
    const record = { kind: 'guard', atMs: fact.atMs, fact: { ...factText(fact) } } as const
    write({ kind: 'journal', record, entry: null }, new Set())
  }
  dispatch({ kind: 'clock', atMs: clock.monotonicMs(), wallMs: clock.nowMs() })
  return {
    get state() {
      return state
    },
    want(intent, pressedAtMs, by) {
      const atMs = clock.monotonicMs()
      const reference = ports.nextReference()
      const pressed = { kind: 'intent', intent, pressedAtMs, atMs, wallMs: clock.nowMs(), reference } as const
      dispatch(by === undefined ? pressed : { ...pressed, by })
    },
    tell: dispatch,
    rehearse() {
      if (isStopped || isHandling) return
      const atMs = clock.monotonicMs()
      if (state.holdings.size === 0) {
        const ready = foresight.rehearse(state, atMs)
        if (ready) journal.rehearse?.(ready.announcement)
        return
      }
      const exit = { kind: 'intent', intent: FLATTEN, reference: REHEARSED, pressedAtMs: atMs, atMs } as const
      for (const effect of process(state, exit).effects)
        if (effect.kind === 'journal') journal.rehearse?.(effect.record)
    },
    beat() {
      if (isStopped) return
      hearLostTime()
      lostTime.beat()
    },
    stop() {
      isStopped = true
      timer?.cancel()
    },
  }
}

const FLATTEN = { kind: 'flatten', scope: ACCOUNT } as const
/** Of an exit that is never sent. */
const REHEARSED = dealReference('REHEARSED')

function send(broker: BrokerPort, effect: OrderEffect, onWire: (atMs: number) => void): Promise<Submission> {
  switch (effect.kind) {
    case 'open':
      return broker.open(effect.order, { onWire, connectWithinMs: OPEN_WITHIN_MS })
    case 'close':
      return broker.close(effect.order, { onWire })
    case 'amend':
      return broker.amend(effect.order, { onWire })
    case 'place':
      return broker.place(effect.order, { onWire, connectWithinMs: OPEN_WITHIN_MS })
    case 'cancel':
      return broker.cancel(effect.order, { onWire, isExit: effect.isExit })
    default:
      return unreachable(effect)
  }
}

/** Runs it within this call; what it throws comes out where its rejection would. */
const attempt = async <T>(ask: () => Promise<T>): Promise<T> => ask()

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)))
