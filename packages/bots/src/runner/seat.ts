import { StrategyHost } from '../host/strategy-host.ts'
import { strategyRandom } from '../host/strategy-random.ts'
import type { ParameterSchema, ParameterValues } from '../strategy/parameter.ts'
import type { Strategy } from '../strategy/strategy.ts'
import type { MarketView } from '../strategy/view.ts'
import { isSameShape, SeatMemory } from './seat-memory.ts'
import { dealOf, holdingsOf, plainIntent, type SeatAnswer, type SeatNews, type SeatWish } from './seat-news.ts'

/** Where a strategy sits: in a process of its own, or in this one. */
export interface Seat {
  /** It goes on with the state that it was given; false where that does not fit what the strategy begins with. */
  readonly hasEarlierState?: boolean
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
  const { hasEarlierState, answer } = seatStrategy(strategy, setup)
  return { hasEarlierState, ask: async news => answer(news), close: async () => {} }
}

export interface Seated {
  readonly hasEarlierState: boolean
  answer(news: readonly SeatNews[]): SeatAnswer
}

/** @throws StrategyError for candles, indicators or a state that cannot be */
export function seatStrategy(
  strategy: Strategy,
  { parameters, markets, seed, state, isKept = false }: SeatSetup,
): Seated {
  const hasEarlierState = state !== undefined && isSameShape(strategy.state(parameters), state)
  let wanted: SeatWish[] = []
  const profit = { openCents: 0, bookedCents: 0 }
  const host = new StrategyHost({
    strategy,
    parameters,
    markets,
    ports: {
      want: (intent, epic) => void wanted.push({ kind: 'trade', epic, intent: plainIntent(intent) }),
      say: text => void wanted.push({ kind: 'say', text }),
      profit,
      random: strategyRandom(seed),
    },
    ...(hasEarlierState && { state }),
  })
  const memory = isKept ? new SeatMemory(host.state) : null
  function take(news: SeatNews): void {
    switch (news.kind) {
      case 'tick': {
        const sight = host.sights.get(news.epic)
        if (sight) host.tick(sight, news.atMs, news.bidUnits, news.offerUnits)
        return
      }
      case 'holdings':
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
  return {
    hasEarlierState,
    answer(news) {
      wanted = []
      for (const each of news) take(each)
      const told = memory?.look(host.state) ?? null
      if (told?.kind === 'problem') wanted.push({ kind: 'say', text: told.text })
      return { wanted, end: host.end, ...(told?.kind === 'changed' && { state: told.state }) }
    },
  }
}

function unreachable(news: never): never {
  throw new Error(`expected known news, but got ${JSON.stringify(news)}`)
}
