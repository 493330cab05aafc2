import {
  type CloseOrder,
  type Confirm,
  type DealId,
  type DealReference,
  type Direction,
  dealId,
  dealReference,
  type OpenOrder,
  type PositionUpdate,
  type Submission,
  type TradeEvent,
  type UpdateStatus,
} from '@scalpdesk/sdk'
import type { ManualClock } from '@scalpdesk/testkit'
import type { BrokerBook } from '../desk-event.ts'
import {
  aCloseConfirm,
  aConfirm,
  aConfirmEvent,
  aPosition,
  aPositionUpdate,
  aRejection,
  aWorkingOrder,
} from './desk-fixtures.ts'

/** What befalls one request on its way, at the broker and on the way back. Times in milliseconds. */
export interface Fate {
  /** `unsent`: never left. `lost`: left and never arrived. `refused`: by a 4xx. `rejected`: by its confirm. */
  readonly way: 'dealt' | 'rejected' | 'refused' | 'unsent' | 'lost'
  readonly arrivesInMs: number
  readonly isReplyLost: boolean
  readonly repliesInMs: number
  /** null: no confirm, nor position update, is ever streamed. */
  readonly streamedInMs: number | null
  readonly isStreamedTwice: boolean
  /** null: GET /confirms never finds it. */
  readonly foundInMs: number | null
}

interface Deal {
  readonly dealId: DealId
  readonly reference: DealReference
  readonly direction: Direction
  readonly isOurs: boolean
  readonly openedAtMs: number
  endedAtMs: number | null
}

interface WorkingOrder {
  readonly placedAtMs: number
  goneAtMs: number | null
}

/** IG keeps a confirm for about a minute (IG Labs, REST API reference, "Positions", GET /confirms). */
const CONFIRM_KEPT_MS = 60_000

/** A broker small enough to be plainly right, behind a network that is not. For tests only. */
export class SimulatedBroker {
  readonly deals: Deal[] = []
  readonly workingOrders: WorkingOrder[] = []
  readonly requestsByDeal = new Map<DealId, number>()
  readonly references: DealReference[] = []
  isStreaming = true
  readings: 'whole' | 'without-working-orders' | 'failing' = 'whole'
  readonly #clock: ManualClock
  readonly #listLagMs: number
  readonly #onTrade: (trade: TradeEvent) => void
  readonly #confirms = new Map<DealReference, { readonly confirm: Confirm; readonly fromMs: number }>()
  #names = 0

  constructor(clock: ManualClock, listLagMs: number, onTrade: (trade: TradeEvent) => void) {
    this.#clock = clock
    this.#listLagMs = listLagMs
    this.#onTrade = onTrade
  }

  open(order: OpenOrder, fate: Fate, reply: (submission: Submission) => void): void {
    this.references.push(order.reference)
    this.#carry(order.reference, fate, reply, () => {
      const deal = this.begin(order.direction, order.reference)
      this.#update(deal, 'open', fate)
      return { ...aConfirm(order.reference, deal.dealId), direction: order.direction }
    })
  }

  close(order: CloseOrder, fate: Fate, reply: (submission: Submission) => void): void {
    this.requestsByDeal.set(order.dealId, (this.requestsByDeal.get(order.dealId) ?? 0) + 1)
    const reference = dealReference(this.#name('IG'))
    this.#carry(reference, fate, reply, () => {
      const deal = this.held.find(other => other.dealId === order.dealId)
      if (!deal || deal.direction === order.direction) return aRejection(reference, 'POSITION_NOT_FOUND')
      deal.endedAtMs = this.#clock.monotonicMs()
      this.#update(deal, 'deleted', fate)
      return aCloseConfirm(reference, deal.dealId)
    })
  }

  findConfirm(reference: DealReference): Confirm | null {
    const found = this.#confirms.get(reference)
    const now = this.#clock.monotonicMs()
    return found && now >= found.fromMs && now < found.fromMs + CONFIRM_KEPT_MS ? found.confirm : null
  }

  /** What its lists show now: they follow the truth after a while. */
  list(): BrokerBook {
    const shownMs = this.#clock.monotonicMs() - this.#listLagMs
    const shown = this.deals.filter(deal => deal.openedAtMs <= shownMs && (deal.endedAtMs ?? Infinity) > shownMs)
    const orders = this.workingOrders.filter(
      order => order.placedAtMs <= shownMs && (order.goneAtMs ?? Infinity) > shownMs,
    )
    return {
      positions: shown.map(({ dealId, reference, direction }) =>
        aPosition(dealId, { dealReference: reference, direction }),
      ),
      workingOrders: this.readings === 'whole' ? orders.map(() => aWorkingOrder()) : null,
    }
  }

  begin(direction: Direction, reference: DealReference | null): Deal {
    const deal: Deal = {
      dealId: dealId(this.#name('DI')),
      reference: reference ?? dealReference(this.#name('ELSEWHERE')),
      direction,
      isOurs: reference !== null,
      openedAtMs: this.#clock.monotonicMs(),
      endedAtMs: null,
    }
    this.deals.push(deal)
    return deal
  }

  /** Its stop, its limit, or somebody elsewhere ends the oldest position; the stream says so, or not. */
  end(isTold: boolean): void {
    const [deal] = this.held
    if (!deal) return
    deal.endedAtMs = this.#clock.monotonicMs()
    if (isTold) this.#tell({ kind: 'position', update: updateOf(deal, 'deleted') })
  }

  get held(): readonly Deal[] {
    return this.deals.filter(deal => deal.endedAtMs === null)
  }

  /** A request's way: there, dealt with, and back, each as its fate has it. */
  #carry(reference: DealReference, fate: Fate, reply: (submission: Submission) => void, deal: () => Confirm): void {
    if (fate.way === 'unsent') return this.#in(0, () => reply({ kind: 'unsent', cause: new Error('no connection') }))
    const lost = () => reply({ kind: 'unknown', cause: new Error('the connection was lost') })
    const repliesInMs = fate.arrivesInMs + fate.repliesInMs
    if (fate.way === 'lost') return this.#in(repliesInMs, lost)
    if (fate.way === 'refused') {
      return this.#in(
        repliesInMs,
        fate.isReplyLost ? lost : () => reply({ kind: 'rejected', code: 'refused', httpStatus: 403 }),
      )
    }
    this.#in(fate.arrivesInMs, () => {
      const confirm = fate.way === 'dealt' ? deal() : aRejection(reference, 'MARKET_CLOSED')
      const now = this.#clock.monotonicMs()
      if (fate.foundInMs !== null) this.#confirms.set(reference, { confirm, fromMs: now + fate.foundInMs })
      if (fate.streamedInMs === null) return
      this.#in(fate.streamedInMs, () => this.#tell(aConfirmEvent(confirm)))
      if (fate.isStreamedTwice) this.#in(fate.streamedInMs + 700, () => this.#tell(aConfirmEvent(confirm)))
    })
    this.#in(
      repliesInMs,
      fate.isReplyLost
        ? lost
        : () => reply({ kind: 'acknowledged', reference, acknowledgedAtMs: this.#clock.monotonicMs() }),
    )
  }

  #update(deal: Deal, status: 'open' | 'deleted', { streamedInMs }: Fate): void {
    if (streamedInMs === null) return
    this.#in(streamedInMs, () => this.#tell({ kind: 'position', update: updateOf(deal, status) }))
  }

  #tell(trade: TradeEvent): void {
    if (this.isStreaming) this.#onTrade(trade)
  }

  #in(ms: number, run: () => void): void {
    this.#clock.at(this.#clock.monotonicMs() + ms, run)
  }

  #name(prefix: string): string {
    this.#names += 1
    return `${prefix}${this.#names}`
  }
}

function updateOf({ dealId, reference, direction }: Deal, status: UpdateStatus): PositionUpdate {
  return aPositionUpdate(dealId, { reference, direction, status })
}
