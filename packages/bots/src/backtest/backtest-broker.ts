import type { BrokerBook, DeskEvent, Effect } from '@scalpdesk/desk'
import type { Book, Engine, Confirm as EngineConfirm, EngineEvent } from '@scalpdesk/mock-broker/engine'
import { type Confirm, dealReference, type TradeEvent } from '@scalpdesk/sdk'
import {
  type DeskRequest,
  engineOrder,
  shownConfirm,
  shownOrderUpdate,
  shownPosition,
  shownPositionUpdate,
  shownWorkingOrder,
} from '../engine-broker/index.ts'

/** The engine as the desk's broker: takes its requests, and shows what the engine holds as the SDK would. */
export class BacktestBroker {
  readonly #engine: Engine
  readonly #account: string
  readonly #confirms = new Map<string, Confirm>()

  constructor(engine: Engine, account: string) {
    this.#engine = engine
    this.#account = account
  }

  /** Deals a request at the market's price of now. */
  deal(request: DeskRequest, atMs: number): { readonly reference: string; readonly events: readonly EngineEvent[] } {
    const { kind, order } = request
    const reference = kind === 'open' || kind === 'place' ? order.reference : this.#engine.nextReference()
    const events = this.#engine.process(engineOrder(request, { atMs, reference, account: this.#account }))
    return { reference, events }
  }

  /** What the stream tells of it; null for what it does not tell, or not to the desk. */
  told(event: EngineEvent): TradeEvent | null {
    switch (event.kind) {
      case 'position': {
        const book = this.#book(event.position.epic)
        return book ? { kind: 'position', update: shownPositionUpdate(event, book) } : null
      }
      case 'working-order': {
        const book = this.#book(event.order.epic)
        return book ? { kind: 'working-order', update: shownOrderUpdate(event, book) } : null
      }
      case 'confirm':
        return { kind: 'confirm', confirm: this.#shelve(event), channel: null, repeatDealing: [] }
      case 'fill':
      case 'charge':
      case 'account':
        return null
      default:
        return unreachable(event)
    }
  }

  answer(question: Question, atMs: number): DeskEvent {
    switch (question.kind) {
      case 'find-confirm': {
        const confirm = this.#confirms.get(question.reference) ?? null
        return { kind: 'confirm-found', id: question.id, confirm, atMs }
      }
      case 'read-book':
        return { kind: 'book-read', ask: question.ask, book: this.#lists(), atMs }
      case 'find-deals':
        return { kind: 'deals-found', ask: question.ask, deals: [], atMs }
      case 'find-charges':
        return { kind: 'charges-found', ask: question.ask, booked: [], atMs }
      default:
        return unreachable(question)
    }
  }

  #lists(): BrokerBook {
    return {
      workingOrders: this.#engine.workingOrders().flatMap(order => {
        const book = this.#book(order.epic)
        return book ? [shownWorkingOrder(order, book)] : []
      }),
      positions: this.#engine.positions().flatMap(position => {
        const book = this.#book(position.epic)
        return book ? [shownPosition(position, book)] : []
      }),
    }
  }

  /** The last ones only: nobody asks for older. */
  #shelve(event: EngineConfirm): Confirm {
    const confirm = shownConfirm(event, this.#book(event.epic))
    if (this.#confirms.size >= CONFIRMS_KEPT) this.#confirms.delete(this.#confirms.keys().next().value ?? '')
    this.#confirms.set(dealReference(event.reference), confirm)
    return confirm
  }

  #book(epic: string): Book | undefined {
    return this.#engine.book(epic)
  }
}

type Question = Extract<Effect, { kind: 'find-confirm' | 'read-book' | 'find-deals' | 'find-charges' }>

function unreachable(value: never): never {
  throw new Error(`expected a known event, but got ${JSON.stringify(value)}`)
}

const CONFIRMS_KEPT = 100
