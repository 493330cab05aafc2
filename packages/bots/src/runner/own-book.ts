import { type Deal, type DeskState, dealsOf, type Holding, openProfit, type RestingOrder } from '@scalpdesk/desk'
import { Decimal } from '@scalpdesk/sdk'
import type { Held, Holdings, Resting } from '../host/held.ts'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { MarketView, ProfitView } from '../strategy/view.ts'
import { centsOf, type DealEnd, endOf } from './deal-end.ts'
import type { Heard } from './kept-bot.ts'
import type { OwnNames } from './own-names.ts'

type Part = Deal['parts'][number]

type TimeOf = (epic: string) => number
type IsLeaving = (dealId: string) => boolean

/** What a bot has brought, in cents of the account's currency. */
export interface OwnProfit extends ProfitView {
  /** Booked on the account's day that is now, by any run. */
  readonly bookedTodayCents: number
}

/** What is one bot's of all that the desk knows: what it holds, what happened to that, and what it brought. */
export class OwnBook {
  readonly #names: OwnNames
  readonly #views: ReadonlyMap<string, MarketView>
  /** By tick time, for those that were seen to open. */
  readonly #opened = new Map<string, number>()
  /** Cents of the account's currency by part, also of days that are over. */
  readonly #booked = new Map<string, number>()
  #openCents = 0
  #held = new Map<string, Holding>()
  #resting = new Map<string, RestingOrder>()

  constructor(names: OwnNames, markets: readonly MarketView[]) {
    this.#names = names
    this.#views = new Map(markets.map(market => [market.epic, market]))
  }

  /**
   * Before the first look: what a run before this one left is there, and is no news, but for what its strategy has not heard.
   * @param heard null: all of it is known
   */
  takeOver(state: DeskState, heard: Heard | null): void {
    this.#names.look(state)
    for (const deal of this.#ownDeals(state)) {
      const { dealId, parts } = deal
      const openedMs = state.holdings.get(dealId)?.openedWallMs ?? this.#names.earlierMs(dealId) ?? 0
      if (!heard || heard.opened.includes(dealId)) this.#opened.set(dealId, openedMs)
      let left = heard ? new Decimal(heard.closed[dealId] ?? 0) : null
      for (const part of parts) {
        if (left?.lt(part.size)) break
        left = left?.minus(part.size) ?? null
        this.#booked.set(part.id, endOf(state, deal, part, undefined).profitCents)
      }
    }
    this.#bookEarlier(state)
    this.#held = this.#mine(state.holdings)
    this.#resting = this.#mine(state.resting)
  }

  /** Of the deals of the account's day. */
  heard(state: DeskState): Heard {
    const deals = this.#ownDeals(state).filter(({ dealId }) => this.#opened.has(dealId))
    const closed = deals.flatMap(({ dealId, parts }) => {
      const sizes = parts.flatMap(({ id, size }) => (this.#booked.has(id) ? [size] : []))
      return sizes.length === 0 ? [] : [[dealId, Decimal.sum(...sizes).toFixed()] as const]
    })
    return { opened: deals.map(({ dealId }) => dealId), closed: Object.fromEntries(closed) }
  }

  /** How many positions and working orders there are. */
  get size(): number {
    return this.#held.size + this.#resting.size
  }

  heldSize(epic: string): Decimal {
    const sizes = this.positions.flatMap(holding => (holding.epic === epic ? [holding.size] : []))
    return sizes.reduce((sum, size) => sum.plus(size), new Decimal(0))
  }

  get positions(): readonly Holding[] {
    return [...this.#held.values()]
  }

  get orders(): readonly RestingOrder[] {
    return [...this.#resting.values()]
  }

  /**
   * @param timeOf the time of the tick that a market showed last: what happens is dated by it
   * @param isLeaving this bot has asked for its close
   * @returns what happened since the last look, in the order in which a strategy should hear of it
   */
  look(state: DeskState, timeOf: TimeOf, isLeaving: IsLeaving): readonly BotDeal[] {
    this.#names.look(state)
    this.#bookEarlier(state)
    const held = this.#mine(state.holdings)
    const resting = this.#mine(state.resting)
    const news = [
      ...this.#gone(state, resting, timeOf),
      ...this.#ownDeals(state).flatMap(deal => this.#told(state, deal, timeOf(deal.epic), isLeaving(deal.dealId))),
      ...this.#changed(held, timeOf),
      ...[...resting.values()].flatMap(order => this.#placed(order, timeOf)),
    ]
    this.#held = held
    this.#resting = resting
    return news
  }

  /** As a strategy sees it; called after {@link look}. */
  holdings(epic: string, isBusy: boolean): Holdings {
    const view = this.#views.get(epic)
    if (!view) return { positions: [], orders: [], isBusy }
    const positions = this.positions.flatMap(holding =>
      holding.epic === epic ? (heldOf(holding, view, this.#opened.get(holding.dealId)) ?? []) : [],
    )
    const orders = this.orders.flatMap(order => (order.epic === epic ? (restingOf(order, view) ?? []) : []))
    return { positions, orders, isBusy }
  }

  profit(state: DeskState): OwnProfit {
    const { day, quotes } = state
    const open = day.open.filter(({ dealId }) => this.#names.has(dealId))
    const known = openProfit({ ...day, open }, quotes).account
    // What is not known for a moment is as it was.
    if (known) this.#openCents = centsOf(known)
    let bookedCents = 0
    for (const each of this.#booked.values()) bookedCents += each
    let bookedTodayCents = 0
    for (const id of this.#endsToday(state)) bookedTodayCents += this.#booked.get(id) ?? 0
    return { openCents: this.#openCents, bookedCents, bookedTodayCents }
  }

  #endsToday(state: DeskState): ReadonlySet<string> {
    const parts = this.#ownDeals(state).flatMap(deal => deal.parts.map(({ id }) => id))
    return new Set([...parts, ...this.#earlierResults(state).map(({ id }) => id)])
  }

  /** The guard knows of results whose deals the day's book of this process does not. */
  #bookEarlier(state: DeskState): void {
    for (const { id, profit } of this.#earlierResults(state)) this.#booked.set(id, profit ? centsOf(profit) : 0)
  }

  #earlierResults(state: DeskState): DeskState['memory']['results'] {
    const earlier = state.memory.results.filter(({ dealId }) => this.#names.earlierMs(dealId) !== null)
    if (earlier.length === 0) return earlier
    const told = new Set(dealsOf(state.day).flatMap(({ parts }) => parts.map(({ id }) => id)))
    return earlier.filter(({ id }) => !told.has(id))
  }

  #ownDeals({ day }: DeskState): readonly Deal[] {
    return dealsOf(day).filter(({ dealId }) => this.#names.has(dealId))
  }

  #mine<Each>(all: ReadonlyMap<string, Each>): Map<string, Each> {
    return new Map([...all].filter(([dealId]) => this.#names.has(dealId)))
  }

  #told(state: DeskState, deal: Deal, atMs: number, isLeaving: boolean): readonly BotDeal[] {
    const { dealId, epic, direction, size, level } = deal
    const news: BotDeal[] = []
    const levelUnits = this.#units(epic, level)
    if (!this.#opened.has(dealId) && levelUnits !== null) {
      this.#opened.set(dealId, atMs)
      news.push({ kind: 'opened', dealId, epic, direction, size, levelUnits, atMs })
    }
    for (const part of deal.parts) {
      if (this.#booked.has(part.id)) {
        if (part.booked) this.#booked.set(part.id, centsOf(part.booked))
        continue
      }
      const told = endOf(state, deal, part, this.#held.get(dealId))
      // Another process's desk closes it: here it is only seen to be gone.
      const end = isLeaving && told.cause === 'broker' ? { ...told, cause: 'order' as const } : told
      this.#booked.set(part.id, end.profitCents)
      news.push(this.#closed(deal, part, end, atMs))
    }
    return news
  }

  #closed(deal: Deal, part: Part, end: DealEnd, atMs: number): BotDeal {
    const { dealId, epic, direction } = deal
    const { cause, profitCents } = end
    return {
      kind: 'closed',
      dealId,
      epic,
      direction,
      size: part.size,
      levelUnits: this.#units(epic, end.level) ?? 0,
      atMs,
      cause,
      isWhole: deal.left.isZero() && part === deal.parts.at(-1),
      profitCents,
    }
  }

  #changed(held: ReadonlyMap<string, Holding>, timeOf: TimeOf): readonly BotDeal[] {
    return [...held.values()].flatMap(({ dealId, epic, size, stopLevel, limitLevel, trailingStop }) => {
      const before = this.#held.get(dealId)
      const isSame =
        !before ||
        (before.size.equals(size) &&
          isSameLevel(before.stopLevel, stopLevel) &&
          isSameLevel(before.limitLevel, limitLevel) &&
          (before.trailingStop === null) === (trailingStop === null))
      return isSame ? [] : [{ kind: 'changed', dealId, epic, atMs: timeOf(epic) } as const]
    })
  }

  #placed({ dealId, epic }: RestingOrder, timeOf: TimeOf): readonly BotDeal[] {
    return this.#resting.has(dealId) ? [] : [{ kind: 'order-placed', dealId, epic, atMs: timeOf(epic) }]
  }

  #gone(state: DeskState, resting: ReadonlyMap<string, RestingOrder>, timeOf: TimeOf): readonly BotDeal[] {
    return [...this.#resting.values()].flatMap(({ dealId, epic, direction, level }) => {
      if (resting.has(dealId)) return []
      const orders = [...state.orders.values()]
      const isCancelled = orders.some(
        ({ purpose, stage }) =>
          purpose.kind === 'cancel' &&
          purpose.dealId === dealId &&
          stage.kind !== 'rejected' &&
          stage.kind !== 'denied',
      )
      const isFilled = dealsOf(state.day).some(
        deal =>
          !this.#opened.has(deal.dealId) &&
          this.#names.has(deal.dealId) &&
          deal.epic === epic &&
          deal.direction === direction &&
          level !== null,
      )
      const cause = isFilled ? 'filled' : isCancelled ? 'cancelled' : 'expired'
      return [{ kind: 'order-gone', dealId, epic, atMs: timeOf(epic), cause } as const]
    })
  }

  #units(epic: string, level: Decimal | null): number | null {
    const view = this.#views.get(epic)
    return view && level ? unitsOf(level, view) : null
  }
}

function unitsOf(level: Decimal, { decimals }: MarketView): number {
  return level.times(new Decimal(10).pow(decimals)).round().toNumber()
}

function heldOf(holding: Holding, view: MarketView, openedAtMs: number | undefined): Held | null {
  const { dealId, direction, size, level, stopLevel, limitLevel, isGuaranteed, trailingStop } = holding
  if (level === null) return null
  return {
    dealId,
    direction,
    size,
    levelUnits: unitsOf(level, view),
    stopUnits: stopLevel && unitsOf(stopLevel, view),
    limitUnits: limitLevel && unitsOf(limitLevel, view),
    isTrailing: trailingStop !== null,
    isGuaranteed,
    openedAtMs: openedAtMs ?? holding.openedWallMs ?? 0,
  }
}

function restingOf(order: RestingOrder, view: MarketView): Resting | null {
  const { dealId, direction, size, level, orderKind } = order
  if (!direction || !size || !level || !orderKind) return null
  return { dealId, direction, order: orderKind, size, levelUnits: unitsOf(level, view), goodTillMs: null }
}

function isSameLevel(some: Decimal | null, other: Decimal | null): boolean {
  return some === null || other === null ? some === other : some.equals(other)
}
