import type { JsonValue, MarketState, TapeEntry, TapeMarket } from '@scalpdesk/mock-broker/engine'
import type { AccountFigures, Quote, StreamStatus, TradeEvent } from '@scalpdesk/sdk'

/**
 * Turns what a stream tells into what a tape holds. Pure: times are told, and writing is the caller's. What the stream missed
 * is on the tape as missing: a market then shows no price until its next one, and an event `gap` says why.
 */
export interface TapeScribe {
  quote(quote: Quote, atMs: number): readonly TapeEntry[]
  trade(event: TradeEvent, atMs: number): readonly TapeEntry[]
  account(figures: AccountFigures, atMs: number): readonly TapeEntry[]
  status(status: StreamStatus, atMs: number): readonly TapeEntry[]
  /** Nothing was heard for so long: the machine slept, or its clock was set. */
  lostTime(lostMs: number, atMs: number): readonly TapeEntry[]
  /** What a new file begins with, so that it can be played by itself. */
  beginning(atMs: number): readonly TapeEntry[]
  /** As many decimals as the prices of each market have by now; the same list as long as that is so. */
  readonly markets: readonly TapeMarket[]
  readonly counts: ScribeCounts
}

export interface ScribeCounts {
  readonly ticks: number
  readonly trades: number
  readonly accounts: number
  readonly gaps: number
}

/** The same price again says that the feed lives; once in so long is enough (our choice). */
const SAME_PRICE_MS = 1_000

export function tapeScribe(followed: readonly TapeMarket[]): TapeScribe {
  const markets = new Map(followed.map(market => [market.epic, { ...market }]))
  const states = new Map<string, MarketState>()
  const prices = new Map<string, Price>()
  const counts = { ticks: 0, trades: 0, accounts: 0, gaps: 0 }
  let listed: readonly TapeMarket[] = followed
  let figures = ''
  let isInterrupted = false

  function loss(epic: string, atMs: number): readonly TapeEntry[] {
    return prices.delete(epic) ? [{ kind: 'quote-loss', epic, atMs }] : []
  }

  /** Prices that are not followed any more are not left standing. */
  function gap(data: JsonValue, atMs: number, epics: Iterable<string> = markets.keys()): readonly TapeEntry[] {
    counts.gaps++
    return [...[...epics].flatMap(epic => loss(epic, atMs)), { kind: 'event', name: 'gap', atMs, data }]
  }

  function stateOf(quote: Quote, atMs: number): readonly TapeEntry[] {
    const state = typeof quote.state === 'string' ? STATES[quote.state] : undefined
    if (state === undefined || states.get(quote.epic) === state) return []
    states.set(quote.epic, state)
    return [{ kind: 'market-state', epic: quote.epic, atMs, state }]
  }

  function priceOf({ epic, bidUnits, offerUnits, decimals }: Quote, atMs: number): readonly TapeEntry[] {
    const market = markets.get(epic)
    if (!market) return []
    // Without both sides, or at no price at all, there is nothing that a tape could show.
    if (bidUnits === null || offerUnits === null || bidUnits < 1 || offerUnits < 1) return loss(epic, atMs)
    if (decimals > market.decimals) {
      market.decimals = decimals
      listed = [...markets.values()].map(one => ({ ...one }))
    }
    const price = { bidUnits, offerUnits, decimals, atMs }
    if (isSame(prices.get(epic), price)) return []
    prices.set(epic, price)
    counts.ticks++
    return [tick(epic, price, atMs)]
  }

  /** In the decimals of the tape. */
  function tick(epic: string, { bidUnits, offerUnits, decimals }: Price, atMs: number): TapeEntry {
    const factor = 10 ** ((markets.get(epic)?.decimals ?? decimals) - decimals)
    return { kind: 'tick', epic, atMs, bidUnits: bidUnits * factor, offerUnits: offerUnits * factor }
  }

  return {
    quote(quote, atMs) {
      if (!markets.has(quote.epic)) return []
      if (quote.gap) {
        const { epic } = quote
        const { kind, text, missed } = quote.gap
        return gap({ epic, kind, text, missed }, atMs, [epic])
      }
      return [...stateOf(quote, atMs), ...priceOf(quote, atMs)]
    },
    trade(event, atMs) {
      if (event.kind === 'feed') {
        if (event.state === 'listening') return []
        return gap({ feed: 'trades', kind: 'interrupted', text: 'no event of the account is told' }, atMs, [])
      }
      if (event.kind === 'unreadable')
        return gap({ feed: 'trades', kind: 'unreadable', text: event.error.message }, atMs, [])
      counts.trades++
      return [{ kind: 'event', name: 'trade', atMs, data: plain(event) }]
    },
    account({ receivedAtMs: _, ...told }, atMs) {
      const text = JSON.stringify(told)
      if (text === figures) return []
      figures = text
      counts.accounts++
      return [{ kind: 'event', name: 'account', atMs, data: plain(told) }]
    },
    status(status, atMs) {
      if (status.kind === 'live') {
        if (!isInterrupted) return []
        isInterrupted = false
        return [{ kind: 'event', name: 'gap-end', atMs, data: { continuity: status.continuity } }]
      }
      // Connecting, waiting, connecting again: one gap.
      if (isInterrupted || (status.kind === 'connecting' && status.cause === undefined)) return []
      isInterrupted = true
      const text = 'cause' in status && status.cause ? status.cause.text : 'nothing came for longer than was promised'
      return gap({ feed: 'stream', kind: status.kind, text }, atMs)
    },
    lostTime: (lostMs, atMs) => gap({ feed: 'machine', kind: 'time-lost', text: `${Math.round(lostMs)} ms` }, atMs),
    beginning: atMs => [
      ...[...states].map(([epic, state]): TapeEntry => ({ kind: 'market-state', epic, atMs, state })),
      ...[...prices].map(([epic, price]) => tick(epic, price, atMs)),
    ],
    get markets() {
      return listed
    },
    get counts() {
      return { ...counts }
    },
  }
}

interface Price {
  readonly bidUnits: number
  readonly offerUnits: number
  readonly decimals: number
  readonly atMs: number
}

const isSame = (before: Price | undefined, price: Price): boolean =>
  before !== undefined &&
  before.bidUnits === price.bidUnits &&
  before.offerUnits === price.offerUnits &&
  before.decimals === price.decimals &&
  price.atMs - before.atMs < SAME_PRICE_MS

/** As JSON has it: exact amounts as texts. */
const plain = (value: object): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue

/** In IG's words (IG Labs, REST API reference, "Markets", `marketStatus`). */
const STATES: Readonly<Record<string, MarketState>> = {
  tradeable: 'TRADEABLE',
  closed: 'CLOSED',
  'edits-only': 'EDITS_ONLY',
  offline: 'OFFLINE',
  auction: 'ON_AUCTION',
  'auction-no-edits': 'ON_AUCTION_NO_EDITS',
  suspended: 'SUSPENDED',
  'closings-only': 'CLOSINGS_ONLY',
  'deal-no-edit': 'DEAL_NO_EDIT',
}
