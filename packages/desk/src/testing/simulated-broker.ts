import {
  type AmendOrder,
  type CloseOrder,
  type Confirm,
  type DealId,
  type DealReference,
  Decimal,
  type Direction,
  dealId,
  dealReference,
  type OpenOrder,
  type PlaceOrder,
  type Submission,
  type TradeEvent,
  type UpdateStatus,
} from '@scalpdesk/sdk'
import type { ManualClock } from '@scalpdesk/testkit'
import type { CancelOrder, PastDeal } from '../broker-port.ts'
import type { BrokerBook } from '../desk-event.ts'
import {
  aCancelConfirm,
  aCloseConfirm,
  aConfirm,
  aConfirmEvent,
  anAmendConfirm,
  aPartCloseConfirm,
  aPlaceConfirm,
  aRejection,
} from './confirm-fixtures.ts'
import { aPastDeal, aWorkingOrder } from './desk-fixtures.ts'
import { type Deal, now, positionOf, type Resting, updateOf } from './simulated-deal.ts'

/** What befalls one request on its way, at the broker and on the way back. Times in milliseconds. */
export interface Fate {
  /** `unsent`: never left. `lost`: left and never arrived. `refused`: by a 4xx. `rejected`: by its confirm. */
  readonly way: 'dealt' | 'rejected' | 'refused' | 'unsent' | 'lost'
  readonly arrivesInMs: number
  readonly isReplyLost: boolean
  readonly repliesInMs: number
  /** null: no confirm, nor update of a position or working order, is ever streamed. */
  readonly streamedInMs: number | null
  readonly isStreamedTwice: boolean
  /** null: GET /confirms never finds it. */
  readonly foundInMs: number | null
  /** null: the account's history never shows it. */
  readonly rememberedInMs: number | null
}

/** IG keeps a confirm for about a minute (IG Labs, REST API reference, "Positions", GET /confirms). */
const CONFIRM_KEPT_MS = 60_000
const LEGS: Deal['versions'][number]['legs'] = { stopLevel: new Decimal('1.08318'), limitLevel: null }

/** A broker small enough to be plainly right, behind a network that is not. For tests only. */
export class SimulatedBroker {
  readonly deals: Deal[] = []
  readonly workingOrders: Resting[] = []
  readonly requestsByDeal = new Map<DealId, number>()
  readonly references: DealReference[] = []
  isStreaming = true
  readings: 'whole' | 'without-working-orders' | 'failing' = 'whole'
  readonly #clock: ManualClock
  readonly #listLagMs: number
  readonly #onTrade: (trade: TradeEvent) => void
  readonly #confirms = new Map<DealReference, { readonly confirm: Confirm; readonly fromMs: number }>()
  readonly #past: { readonly deal: PastDeal; readonly fromMs: number }[] = []
  #names = 0

  constructor(clock: ManualClock, listLagMs: number, onTrade: (trade: TradeEvent) => void) {
    this.#clock = clock
    this.#listLagMs = listLagMs
    this.#onTrade = onTrade
  }

  open(order: OpenOrder, fate: Fate, reply: (submission: Submission) => void): void {
    this.references.push(order.reference)
    this.#carry(order.reference, fate, reply, () => {
      const deal = this.begin(order.direction, order.reference, order.size)
      this.#update(deal, 'open', fate)
      return { ...aConfirm(order.reference, deal.dealId, { size: order.size }), direction: order.direction }
    })
  }

  close(order: CloseOrder, fate: Fate, reply: (submission: Submission) => void): void {
    this.#count(order.dealId)
    const reference = dealReference(this.#name('IG'))
    this.#carry(reference, fate, reply, () => {
      const deal = this.held.find(other => other.dealId === order.dealId)
      if (!deal || deal.direction === order.direction) return aRejection(reference, 'POSITION_NOT_FOUND')
      const { size, legs } = now(deal)
      if (order.size.gt(size)) return aRejection(reference, 'POSITION_NOT_AVAILABLE_TO_CLOSE')
      const isPart = order.size.lt(size)
      if (isPart) deal.versions.push({ atMs: this.#now, size: size.minus(order.size), legs })
      else deal.endedAtMs = this.#now
      this.#update(deal, isPart ? 'updated' : 'deleted', fate)
      const confirmed = isPart ? aPartCloseConfirm : aCloseConfirm
      return confirmed(reference, deal.dealId, { size: order.size })
    })
  }

  amend({ dealId: id, stopLevel, limitLevel }: AmendOrder, fate: Fate, reply: (submission: Submission) => void): void {
    const reference = dealReference(this.#name('IG'))
    this.#carry(reference, fate, reply, () => {
      const deal = this.held.find(other => other.dealId === id)
      if (!deal) return aRejection(reference, 'POSITION_NOT_FOUND')
      deal.versions.push({ atMs: this.#now, size: now(deal).size, legs: { stopLevel, limitLevel } })
      this.#update(deal, 'updated', fate)
      return anAmendConfirm(reference, id, { stopLevel, limitLevel })
    })
  }

  place(order: PlaceOrder, fate: Fate, reply: (submission: Submission) => void): void {
    this.references.push(order.reference)
    this.#carry(order.reference, fate, reply, () => {
      const resting = this.rest(order.direction, order.reference)
      return aPlaceConfirm(order.reference, resting.dealId, { level: order.level, size: order.size })
    })
  }

  cancel(order: CancelOrder, fate: Fate, reply: (submission: Submission) => void): void {
    this.#count(order.dealId)
    const reference = dealReference(this.#name('IG'))
    this.#carry(reference, fate, reply, () => {
      const resting = this.resting.find(other => other.dealId === order.dealId)
      if (!resting) return aRejection(reference, 'ORDER_NOT_FOUND')
      resting.goneAtMs = this.#now
      return aCancelConfirm(reference, order.dealId)
    })
  }

  findConfirm(reference: DealReference): Confirm | null {
    const found = this.#confirms.get(reference)
    return found && this.#now >= found.fromMs && this.#now < found.fromMs + CONFIRM_KEPT_MS ? found.confirm : null
  }

  findDeals(): readonly PastDeal[] {
    return this.#past.filter(({ fromMs }) => this.#now >= fromMs).map(({ deal }) => deal)
  }

  /** What its lists show now: they follow the truth after a while. */
  list(): BrokerBook {
    const shownMs = this.#now - this.#listLagMs
    const shown = this.deals.filter(deal => deal.openedAtMs <= shownMs && (deal.endedAtMs ?? Infinity) > shownMs)
    const orders = this.workingOrders.filter(
      order => order.placedAtMs <= shownMs && (order.goneAtMs ?? Infinity) > shownMs,
    )
    return {
      positions: shown.map(deal => positionOf(deal, shownMs)),
      workingOrders:
        this.readings === 'whole' ? orders.map(({ dealId, direction }) => aWorkingOrder(dealId, { direction })) : null,
    }
  }

  begin(direction: Direction, reference: DealReference | null, size = new Decimal(1)): Deal {
    const deal: Deal = {
      dealId: dealId(this.#name('DI')),
      reference: reference ?? dealReference(this.#name('ELSEWHERE')),
      direction,
      isOurs: reference !== null,
      openedAtMs: this.#now,
      endedAtMs: null,
      versions: [{ atMs: this.#now, size, legs: LEGS }],
    }
    this.deals.push(deal)
    return deal
  }

  rest(direction: Direction, reference: DealReference | null): Resting {
    const name = dealId(this.#name('DO'))
    const resting: Resting = { dealId: name, reference, direction, placedAtMs: this.#now, goneAtMs: null }
    this.workingOrders.push(resting)
    return resting
  }

  /** The market reaches the oldest working order: it becomes a position under another deal id. */
  fill(): void {
    const [order] = this.resting
    if (!order) return
    order.goneAtMs = this.#now
    const deal = this.begin(order.direction, order.reference)
    this.#tell({ kind: 'position', update: updateOf(deal, 'open') })
  }

  /** Its stop, its limit, or somebody elsewhere ends the oldest position; the stream says so, or not. */
  end(isTold: boolean): void {
    const [deal] = this.held
    if (!deal) return
    deal.endedAtMs = this.#now
    if (isTold) this.#tell({ kind: 'position', update: updateOf(deal, 'deleted') })
  }

  get held(): readonly Deal[] {
    return this.deals.filter(deal => deal.endedAtMs === null)
  }

  get resting(): readonly Resting[] {
    return this.workingOrders.filter(order => order.goneAtMs === null)
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
      this.#remember(confirm, fate)
      if (fate.streamedInMs === null) return
      this.#in(fate.streamedInMs, () => this.#tell(aConfirmEvent(confirm)))
      if (fate.isStreamedTwice) this.#in(fate.streamedInMs + 700, () => this.#tell(aConfirmEvent(confirm)))
    })
    this.#in(
      repliesInMs,
      fate.isReplyLost ? lost : () => reply({ kind: 'acknowledged', reference, acknowledgedAtMs: this.#now }),
    )
  }

  #remember(confirm: Confirm, { foundInMs, rememberedInMs }: Fate): void {
    const { reference, outcome } = confirm
    if (foundInMs !== null) this.#confirms.set(reference, { confirm, fromMs: this.#now + foundInMs })
    if (rememberedInMs === null) return
    const { kind: status } = outcome
    const affected = outcome.kind === 'accepted' ? outcome.affected.map(deal => deal.dealId) : []
    const deal = aPastDeal({ reference, dealId: confirm.dealId, status, affected })
    this.#past.push({ deal, fromMs: this.#now + rememberedInMs })
  }

  #update(deal: Deal, status: UpdateStatus, { streamedInMs }: Fate): void {
    if (streamedInMs === null) return
    this.#in(streamedInMs, () => this.#tell({ kind: 'position', update: updateOf(deal, status) }))
  }

  #tell(trade: TradeEvent): void {
    if (this.isStreaming) this.#onTrade(trade)
  }

  #count(deal: DealId): void {
    this.requestsByDeal.set(deal, (this.requestsByDeal.get(deal) ?? 0) + 1)
  }

  get #now(): number {
    return this.#clock.monotonicMs()
  }

  #in(ms: number, run: () => void): void {
    this.#clock.at(this.#now + ms, run)
  }

  #name(prefix: string): string {
    this.#names += 1
    return `${prefix}${this.#names}`
  }
}
