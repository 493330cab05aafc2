import type { OpenPositionJson, WorkingOrderEntryJson } from '@scalpdesk/wire'
import { type AccountState, type Book, formatUnits, markets } from '../engine/index.ts'
import type { BrokerState } from './broker-state.ts'
import type { FaultPlan } from './fault-plan.ts'
import { openPositionJson } from './json/position-json.ts'
import { workingOrderJson } from './json/working-order-json.ts'
import type { Playback } from './playback/playback.ts'
import type { OpenStream } from './stream/stream-server.ts'

/** Everything that a test or a person may want to see of the broker at one moment, as JSON. */
export interface BrokerSnapshot {
  /** UTC, milliseconds since 1970, by the broker's own clock. */
  readonly nowMs: number
  readonly isPaused: boolean
  readonly speed: number | 'max'
  readonly markets: readonly MarketSnapshot[]
  readonly accounts: readonly AccountSnapshot[]
  readonly positions: readonly OpenPositionJson[]
  readonly workingOrders: readonly WorkingOrderEntryJson[]
  readonly streams: readonly OpenStream[]
  readonly faults: readonly FaultPlan[]
}

export interface MarketSnapshot {
  readonly epic: string
  readonly name: string
  readonly state: string
  /** Exact decimal text; null without a price. */
  readonly bid: string | null
  readonly offer: string | null
  /** The time on the market's own clock. */
  readonly timeMs: number
}

/** Amounts are exact decimal text in the account's currency. */
export interface AccountSnapshot {
  readonly id: string
  readonly cash: string
  readonly profitLoss: string
  readonly deposit: string
  readonly available: string
}

export interface SnapshotSources {
  readonly state: BrokerState
  readonly accounts: readonly string[]
  readonly playback: Playback
  readonly streams: () => readonly OpenStream[]
  readonly planned: () => readonly FaultPlan[]
  readonly nowMs: () => number
}

export function brokerSnapshot({
  state,
  accounts,
  playback,
  streams,
  planned,
  nowMs,
}: SnapshotSources): BrokerSnapshot {
  const { engine } = state
  return {
    nowMs: nowMs(),
    isPaused: playback.isPaused(),
    speed: playback.speed(),
    markets: markets.flatMap(({ epic }) => {
      const book = engine.book(epic)
      return book ? [marketSnapshot(book, playback.timeOf(epic))] : []
    }),
    accounts: accounts.map(id => accountSnapshot(engine.account(id))),
    positions: openPositions(state, nowMs()),
    workingOrders: waitingOrders(state, nowMs()),
    streams: streams(),
    faults: planned(),
  }
}

/** On all accounts, as GET /positions shows them. */
export function openPositions({ engine }: BrokerState, nowMs: number): readonly OpenPositionJson[] {
  return engine.positions().map(position => openPositionJson(position, engine.book(position.epic)!, nowMs))
}

/** On all accounts, as GET /workingorders shows them. */
export function waitingOrders({ engine }: BrokerState, nowMs: number): readonly WorkingOrderEntryJson[] {
  return engine.workingOrders().map(order => workingOrderJson(order, engine.book(order.epic)!, nowMs))
}

function marketSnapshot({ market, state, quote }: Book, timeMs: number): MarketSnapshot {
  return {
    epic: market.epic,
    name: market.name,
    state,
    bid: quote && formatUnits(quote.bidUnits, market.decimals),
    offer: quote && formatUnits(quote.offerUnits, market.decimals),
    timeMs,
  }
}

function accountSnapshot({ id, cash, profitLoss, deposit, available }: AccountState): AccountSnapshot {
  return {
    id,
    cash: cash.toFixed(2),
    profitLoss: profitLoss.toFixed(2),
    deposit: deposit.toFixed(2),
    available: available.toFixed(2),
  }
}
