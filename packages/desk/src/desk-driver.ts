import type { DealReference, SendWatch, Submission } from '@scalpdesk/sdk'
import type { BrokerPort } from './broker-port.ts'
import { nextDueMs, process } from './desk.ts'
import type { DeskEvent } from './desk-event.ts'
import { type DeskSetup, type DeskState, initialState } from './desk-state.ts'
import type { Effect } from './effect.ts'
import type { Intent } from './intent.ts'
import type { JournalPort } from './journal.ts'
import { type OrderId, unreachable } from './order.ts'

/** Time as the desk needs it; monotonic milliseconds. */
export interface DeskClock {
  monotonicMs(): number
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
  /** Decides, journals and sends within this call. `pressedAtMs`: when the key's byte was read (monotonic). */
  want(intent: Intent, pressedAtMs: number): void
  /** Quotes, trade events, stream and account changes come in here. */
  tell(event: ExternalEvent): void
  /** Stops timers and takes no further event; orders under way end by themselves. */
  stop(): void
}

export type ExternalEvent = Extract<DeskEvent, { kind: 'quote' | 'trade' | 'stream' | 'account' | 'time-lost' }>

/**
 * An entry that cannot leave by then is not sent: it would deal at a price that nobody saw (our choice). A close waits
 * for as long as the SDK lets it.
 */
const OPEN_WITHIN_MS = 250

export function runDesk(setup: DeskSetup, ports: DeskPorts): Desk {
  const { broker, journal, clock } = ports
  let state = initialState(setup)
  let isStopped = false
  let timer: { dueMs: number; cancel(): void } | null = null
  /** Events that arise while another is being handled wait here, so that each sees the effects of the one before. */
  const waiting: DeskEvent[] = []
  let isHandling = false

  function dispatch(event: DeskEvent): void {
    if (isStopped) return
    waiting.push(event)
    if (isHandling) return
    isHandling = true
    try {
      for (let next = waiting.shift(); next && !isStopped; next = waiting.shift()) handle(next)
    } finally {
      isHandling = false
    }
  }

  function handle(event: DeskEvent): void {
    const result = process(state, event)
    state = result.state
    if (event.kind === 'quote') return
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
        if (unsent.has(effect.id)) return
        return follow(effect.id, watch => broker.open(effect.order, { ...watch, connectWithinMs: OPEN_WITHIN_MS }))
      case 'close':
        return follow(effect.id, watch => broker.close(effect.order, watch))
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
      default:
        return unreachable(effect)
    }
  }

  /** An entry is not sent when its record cannot be written. A close is: getting out matters more than the record. */
  function write({ record }: Extract<Effect, { kind: 'journal' }>, unsent: Set<OrderId>): void {
    try {
      journal.append(record)
    } catch (error) {
      const cause = asError(error)
      ports.onJournalFailure?.(cause)
      if (record.kind !== 'about-to-open') return
      unsent.add(record.id)
      dispatch({ kind: 'journal-failed', id: record.id, cause, atMs: clock.monotonicMs() })
    }
  }

  function follow(id: OrderId, send: (watch: SendWatch) => Promise<Submission>): void {
    attempt(() => send({ onWire: atMs => dispatch({ kind: 'on-wire', id, atMs }) })).then(
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
      dispatch({ kind: 'clock', atMs: Math.max(clock.monotonicMs(), dueMs) })
    })
    timer = { dueMs, cancel: () => handle.cancel() }
  }

  dispatch({ kind: 'clock', atMs: clock.monotonicMs() })
  return {
    get state() {
      return state
    },
    want(intent, pressedAtMs) {
      const atMs = clock.monotonicMs()
      dispatch({ kind: 'intent', intent, pressedAtMs, atMs, reference: ports.nextReference() })
    },
    tell: dispatch,
    stop() {
      isStopped = true
      timer?.cancel()
    },
  }
}

/** Runs it within this call; what it throws comes out where its rejection would. */
const attempt = async <T>(ask: () => Promise<T>): Promise<T> => ask()

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)))
