import type {
  AmendOrder,
  CloseOrder,
  Confirm,
  DealReference,
  EditWatch,
  OpenOrder,
  PlaceOrder,
  SendWatch,
  Submission,
} from '@scalpdesk/sdk'
import type { BrokerPort, CancelOrder, PastDeal } from '../broker-port.ts'
import type { BrokerBook } from '../desk-event.ts'

/** A broker for tests only: it keeps what it is asked, and answers what and when the test says. */
export class ScriptedBroker implements BrokerPort {
  readonly opened: OpenOrder[] = []
  readonly closed: CloseOrder[] = []
  readonly amended: AmendOrder[] = []
  readonly placed: PlaceOrder[] = []
  readonly cancelled: CancelOrder[] = []
  /** Since when the account's history was asked for. */
  readonly historyAsked: number[] = []
  readonly confirmsAsked: DealReference[] = []
  readingsAsked = 0
  /** What to do about an order the moment it is handed over. */
  onOrder: (watch: SendWatch | EditWatch) => void = () => {}
  readonly #submissions: PromiseWithResolvers<Submission>[] = []
  readonly #confirms: PromiseWithResolvers<Confirm | null>[] = []
  readonly #histories: PromiseWithResolvers<readonly PastDeal[]>[] = []
  readonly #readings: PromiseWithResolvers<BrokerBook>[] = []

  open(order: OpenOrder, watch: SendWatch): Promise<Submission> {
    this.opened.push(order)
    return this.#takeOrder(watch)
  }

  close(order: CloseOrder, watch: SendWatch): Promise<Submission> {
    this.closed.push(order)
    return this.#takeOrder(watch)
  }

  amend(order: AmendOrder, watch: EditWatch): Promise<Submission> {
    this.amended.push(order)
    return this.#takeOrder(watch)
  }

  place(order: PlaceOrder, watch: SendWatch): Promise<Submission> {
    this.placed.push(order)
    return this.#takeOrder(watch)
  }

  cancel(order: CancelOrder, watch: EditWatch): Promise<Submission> {
    this.cancelled.push(order)
    return this.#takeOrder(watch)
  }

  findDeals(sinceMs: number): Promise<readonly PastDeal[]> {
    this.historyAsked.push(sinceMs)
    return promised(this.#histories)
  }

  findConfirm(reference: DealReference): Promise<Confirm | null> {
    this.confirmsAsked.push(reference)
    return promised(this.#confirms)
  }

  readBook(): Promise<BrokerBook> {
    this.readingsAsked += 1
    return promised(this.#readings)
  }

  history(): PromiseWithResolvers<readonly PastDeal[]> {
    return oldest(this.#histories, 'a question for the history')
  }

  submission(): PromiseWithResolvers<Submission> {
    return oldest(this.#submissions, 'an order')
  }

  confirm(): PromiseWithResolvers<Confirm | null> {
    return oldest(this.#confirms, 'a question for a confirm')
  }

  reading(): PromiseWithResolvers<BrokerBook> {
    return oldest(this.#readings, 'a reading')
  }

  #takeOrder(watch: SendWatch | EditWatch): Promise<Submission> {
    this.onOrder(watch)
    return promised(this.#submissions)
  }
}

function promised<T>(waiting: PromiseWithResolvers<T>[]): Promise<T> {
  const answer = Promise.withResolvers<T>()
  waiting.push(answer)
  return answer.promise
}

function oldest<T>(waiting: PromiseWithResolvers<T>[], what: string): PromiseWithResolvers<T> {
  const first = waiting.shift()
  if (!first) throw new Error(`expected ${what} to wait for its answer, but none does; let the desk ask first`)
  return first
}
