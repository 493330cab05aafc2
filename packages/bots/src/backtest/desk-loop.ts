import {
  type DeskEvent,
  type DeskSetup,
  type DeskState,
  type Effect,
  initialState,
  isPending,
  type JournalRecord,
  nextDueMs,
  process,
  startFacts,
} from '@scalpdesk/desk'

type Question = Exclude<Effect, OrderEffect | { kind: 'journal' }>

type OrderEffect = Extract<Effect, { kind: 'open' | 'close' | 'amend' | 'place' | 'cancel' }>

/** What the desk asks for, answered at once or later by {@link DeskLoop.feed}. */
export interface LoopPorts {
  send(effect: OrderEffect): void
  /** The desk's questions, answered within the call. */
  answer(question: Question): DeskEvent
  record(record: JournalRecord): void
}

/** The desk's core without a clock: time passes when it is told to, and nothing waits for anything else. */
export class DeskLoop {
  state: DeskState
  nowMs: number
  readonly #ports: LoopPorts
  readonly #waiting: DeskEvent[] = []
  #isHandling = false
  /** Asked for the broker's lists, and not answered: they would tell what is known. */
  #unread: Question | null = null
  /** When the desk next wants to be woken; infinity while it is settled. */
  dueMs = Number.POSITIVE_INFINITY

  constructor(setup: DeskSetup, atMs: number, ports: LoopPorts) {
    const started = { ...setup, start: { atMs, wallMs: atMs } }
    this.nowMs = atMs
    this.#ports = ports
    this.state = initialState(started)
    startFacts(started)
    this.feed({ kind: 'clock', atMs, wallMs: atMs })
  }

  feed(event: DeskEvent): void {
    this.#waiting.push(event)
    if (this.#isHandling) return
    this.#isHandling = true
    try {
      for (let next = this.#waiting.shift() ?? this.#reading(); next; next = this.#waiting.shift() ?? this.#reading())
        this.#handle(next)
    } finally {
      this.#isHandling = false
    }
    this.dueMs = isSettled(this.state) ? Number.POSITIVE_INFINITY : (nextDueMs(this.state) ?? Number.POSITIVE_INFINITY)
  }

  /** Time has come to when the desk wanted to be woken. */
  wake(): void {
    this.nowMs = Math.max(this.nowMs, this.dueMs)
    this.feed({ kind: 'clock', atMs: this.nowMs, wallMs: this.nowMs })
  }

  #handle(event: DeskEvent): void {
    const { state, effects } = process(withoutEnded(this.state), event)
    this.state = state
    for (const effect of effects) {
      switch (effect.kind) {
        case 'journal':
          this.#ports.record(effect.record)
          break
        case 'open':
        case 'close':
        case 'amend':
        case 'place':
        case 'cancel':
          this.#ports.send(effect)
          break
        case 'read-book':
          this.#unread = effect
          break
        default:
          this.#waiting.push(this.#ports.answer(effect))
      }
    }
  }

  /** The answer to the desk's question for the lists, once something waits for it. */
  #reading(): DeskEvent | null {
    const asked = this.#unread
    if (!asked || !needsLists(this.state)) return null
    this.#unread = null
    return this.#ports.answer(asked)
  }
}

/** Something is under way that only the broker's lists can settle, or they were never read; or too much is kept until they are. */
function needsLists({ flattens, reversals, legChanges, unlisted, book, closedDeals }: DeskState): boolean {
  if (book.agreedAt === null || closedDeals.size > CLOSED_KEPT) return true
  return flattens.length + reversals.length + legChanges.length + unlisted.size > 0
}

/** Ended orders are kept for what may still come about them late: here nothing does. */
function withoutEnded(state: DeskState): DeskState {
  if (state.orders.size <= ORDERS_KEPT) return state
  return { ...state, orders: new Map([...state.orders].filter(([, order]) => isPending(order))) }
}

const CLOSED_KEPT = 20
const ORDERS_KEPT = 8

/** Nothing is under way: until something happens, time alone brings nothing but readings that would find what is known. */
function isSettled({ orders, flattens, reversals, legChanges, unlisted }: DeskState): boolean {
  if (flattens.length > 0 || reversals.length > 0 || legChanges.length > 0 || unlisted.size > 0) return false
  for (const order of orders.values()) if (isPending(order)) return false
  return true
}
