import { formatUnits } from '../engine/index.ts'
import { unknownEpic } from './broker-faults.ts'
import type { BrokerState } from './broker-state.ts'
import type { Playback } from './playback/playback.ts'

/** One market and what is open on it, over all accounts: whoever steps a tape knows by it what has to arrive by the stream. */
export interface ShownMarket {
  readonly epic: string
  /** Of the last quote; null before the first. */
  readonly atMs: number | null
  readonly bid: string | null
  readonly offer: string | null
  /** Shown so far: a crossed quote is not. */
  readonly quotes: number
  readonly hasEnded: boolean
  /** Size and stop as exact decimal text. */
  readonly positions: readonly { readonly dealId: string; readonly size: string; readonly stop: string | null }[]
  readonly workingOrders: readonly string[]
}

export function shownMarket({ engine }: BrokerState, playback: Playback, epic: string): ShownMarket {
  const book = engine.book(epic)
  if (!book) throw unknownEpic(epic)
  const { quote, quotes, positions, orders, market } = book
  const { decimals } = market
  const tape = playback.progress().tapes.find(({ epics }) => epics.includes(epic))
  return {
    epic,
    atMs: quote?.atMs ?? null,
    bid: quote && formatUnits(quote.bidUnits, decimals),
    offer: quote && formatUnits(quote.offerUnits, decimals),
    quotes,
    hasEnded: tape?.hasEnded ?? false,
    positions: positions.map(({ dealId, size, stopUnits }) => ({
      dealId,
      size: size.toFixed(),
      stop: stopUnits === null ? null : formatUnits(stopUnits, decimals),
    })),
    workingOrders: orders.map(({ dealId }) => dealId),
  }
}
