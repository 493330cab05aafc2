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

type OrderEffect = Extract<Effect, { kind: 'open' | 'close' | 'amend' | 'place' | 'cancel' }>

/** What the desk asks for, answered at once or later by {@link DeskLoop.feed}. */
export interface LoopPorts {
  send(effect: OrderEffect): void
  /** The desk's questions, answered within the call. */
  answer(question: Exclude<Effect, OrderEffect | { kind: 'journal' }>): DeskEvent
  record(record: JournalRecord): void
}

/** The desk's core without a clock: time passes when it is told to, and nothing waits for anything else. */
export class DeskLoop {
  state: DeskState
  nowMs: number
  readonly #ports: LoopPorts
  readonly #waiting: DeskEvent[] = []
  #isHandling = false
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
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) this.#handle(next)
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
    const { state, effects } = process(this.state, event)
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
        default:
          this.#waiting.push(this.#ports.answer(effect))
      }
    }
  }
}

/** Nothing is under way: until something happens, time alone brings nothing but readings that would find what is known. */
function isSettled({ orders, flattens, reversals, legChanges, unlisted }: DeskState): boolean {
  if (flattens.length > 0 || reversals.length > 0 || legChanges.length > 0 || unlisted.size > 0) return false
  for (const order of orders.values()) if (isPending(order)) return false
  return true
}
