import { StrategyHost } from '../host/strategy-host.ts'
import { strategyRandom } from '../host/strategy-random.ts'
import type { ParameterSchema, ParameterValues } from '../strategy/parameter.ts'
import type { Strategy } from '../strategy/strategy.ts'
import type { MarketView } from '../strategy/view.ts'
import { dealOf, holdingsOf, plainIntent, type SeatAnswer, type SeatNews, type SeatWish } from './seat-news.ts'

/** Where a strategy sits: in a process of its own, or in this one. */
export interface Seat {
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
}

/** A strategy in this process: for tests and replays, where nobody else waits for it. */
export function seatHere(strategy: Strategy, setup: SeatSetup): Seat {
  const seated = seatStrategy(strategy, setup)
  return { ask: async news => seated(news), close: async () => {} }
}

/** @throws StrategyError for candles, indicators or a state that cannot be */
export function seatStrategy(
  strategy: Strategy,
  { parameters, markets, seed }: SeatSetup,
): (news: readonly SeatNews[]) => SeatAnswer {
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
  })
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
  return news => {
    wanted = []
    for (const each of news) take(each)
    return { wanted, end: host.end }
  }
}

function unreachable(news: never): never {
  throw new Error(`expected known news, but got ${JSON.stringify(news)}`)
}
