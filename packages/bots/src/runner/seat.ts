import type { SightNow } from '../host/sight-now.ts'
import { StrategyHost } from '../host/strategy-host.ts'
import { strategyRandom } from '../host/strategy-random.ts'
import { durationMs, type ParameterSchema, type ParameterValues } from '../strategy/parameter.ts'
import type { Strategy } from '../strategy/strategy.ts'
import type { MarketView } from '../strategy/view.ts'
import type { MarketNeed } from './past-prices.ts'
import { isSameShape, SeatMemory } from './seat-memory.ts'
import {
  dealOf,
  holdingsOf,
  plainIntent,
  type SeatAnswer,
  type SeatNews,
  type SeatWish,
  type Warming,
} from './seat-news.ts'

/** Where a strategy sits: in a process of its own, or in this one. */
export interface Seat {
  /** It goes on with the state that it was given; false where that does not fit what the strategy begins with. */
  readonly hasEarlierState?: boolean
  /** Of its candles and indicators; none unless told. */
  readonly needs?: readonly MarketNeed[]
  /** Tells it all of that, in order, and resolves with what it wants. @throws SeatLost; nothing is wanted then */
  ask(news: readonly SeatNews[]): Promise<SeatAnswer>
  close(): Promise<void>
}

/** A strategy does not answer any more: it never returned, used up its memory, or ended its process. */
export class SeatLost extends Error {
  override readonly name = 'SeatLost'
}

/** What a seat is set up with. */
export interface SeatSetup {
  readonly parameters: ParameterValues<ParameterSchema>
  readonly markets: readonly [MarketView, ...MarketView[]]
  readonly seed: number
  /** What it remembered when its run before ended; the strategy's own at first unless told. */
  readonly state?: unknown
  /** Its answers bring what it remembers. */
  readonly isKept?: boolean
}

/** A strategy in this process: for tests and replays, where nobody else waits for it. */
export function seatHere(strategy: Strategy, setup: SeatSetup): Seat {
  const { hasEarlierState, needs, answer } = seatStrategy(strategy, setup)
  return { hasEarlierState, needs, ask: async news => answer(news), close: async () => {} }
}

export interface Seated {
  readonly hasEarlierState: boolean
  readonly needs: readonly MarketNeed[]
  answer(news: readonly SeatNews[]): SeatAnswer
}

/** @throws StrategyError for candles, indicators or a state that cannot be */
export function seatStrategy(
  strategy: Strategy,
  { parameters, markets, seed, state, isKept = false }: SeatSetup,
): Seated {
  const hasEarlierState = state !== undefined && isSameShape(strategy.state(parameters), state)
  let wanted: SeatWish[] = []
  /** Markets of wishes of which nobody has said what became of them. */
  const unanswered = new Set<string>()
  const profit = { openCents: 0, bookedCents: 0 }
  const host = new StrategyHost({
    strategy,
    parameters,
    markets,
    ports: {
      want(intent, epic) {
        wanted.push({ kind: 'trade', epic, intent: plainIntent(intent) })
        unanswered.add(('epic' in intent && intent.epic) || epic)
      },
      say: text => void wanted.push({ kind: 'say', text }),
      profit,
      random: strategyRandom(seed),
    },
    ...(hasEarlierState && { state }),
  })
  const memory = isKept ? new SeatMemory(host.state) : null
  const needs = needsOf(host.sights.values())
  const ticks = new Map<string, number>()
  function take(news: SeatNews): void {
    switch (news.kind) {
      case 'tick':
      case 'seen': {
        const { kind, epic, atMs, bidUnits, offerUnits } = news
        const sight = host.sights.get(epic)
        if (!sight) return
        ticks.set(epic, (ticks.get(epic) ?? 0) + 1)
        // Ticks that come together are decided on one after the other: what was wanted on one is under way with the next.
        for (const each of unanswered) host.sights.get(each)?.setBusy()
        if (kind === 'tick') host.tick(sight, atMs, bidUnits, offerUnits)
        else sight.take(atMs, bidUnits, offerUnits)
        return
      }
      case 'torn':
        return host.sights.get(news.epic)?.tear()
      case 'past':
        for (const length of news.lengths) host.sights.get(news.epic)?.recall(length, news.past)
        return
      case 'holdings':
        unanswered.delete(news.epic)
        return host.hold(news.epic, holdingsOf(news.holdings))
      case 'deal':
        return host.tell(dealOf(news.deal))
      case 'profit':
        profit.openCents = news.openCents
        profit.bookedCents = news.bookedCents
        return
      case 'stop':
        return host.stop()
      default:
        return unreachable(news)
    }
  }
  function seen({ epic, of }: MarketNeed): number {
    return of === 'tick' ? (ticks.get(epic) ?? 0) : (host.sights.get(epic)?.taken(of) ?? 0)
  }
  return {
    hasEarlierState,
    needs,
    answer(news) {
      wanted = []
      for (const each of news) take(each)
      const told = memory?.look(host.state) ?? null
      if (told?.kind === 'problem') wanted.push({ kind: 'say', text: told.text })
      const warming = slowest(needs, seen)
      return {
        wanted,
        end: host.end,
        ...(told?.kind === 'changed' && { state: told.state }),
        ...(warming && { warming }),
      }
    },
  }
}

function needsOf(sights: Iterable<SightNow>): readonly MarketNeed[] {
  return [...sights].flatMap(({ market: { epic }, needs }) =>
    [...needs].map(([of, need]) => ({ ...need, epic, of, lengthMs: of === 'tick' ? 0 : durationMs(of) })),
  )
}

function slowest(needs: readonly MarketNeed[], seen: (need: MarketNeed) => number): Warming | null {
  let found: Warming | null = null
  for (const need of needs) {
    const { epic, of, ready: needed } = need
    const has = seen(need)
    if (has < needed && (!found || has / needed < found.seen / found.needed)) found = { epic, of, seen: has, needed }
  }
  return found
}

function unreachable(news: never): never {
  throw new Error(`expected known news, but got ${JSON.stringify(news)}`)
}
