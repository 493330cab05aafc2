import { epic as epicOf } from '@scalpdesk/sdk'
import type { BotParts, BotPorts } from './bot-parts.ts'
import { candlesFor, candlesSince, type MarketNeed, type PastAnswer, type PastAsk, pastAsks } from './past-prices.ts'
import type { SeatNews, TickNews } from './seat-news.ts'

export interface BotPastParts {
  readonly needs: readonly MarketNeed[]
  /** Of one market and resolution in one question. */
  readonly mostPoints: number
  ask(ask: PastAsk, withinMs: number): Promise<PastAnswer>
  /** The market's own time; null before its first price. */
  nowOf(epic: string): number | null
  nameOf(epic: string): string
  say(text: string): void
}

export function botPast(
  { seat, markets }: Pick<BotParts, 'seat' | 'markets'>,
  { past, desk }: Pick<BotPorts, 'past' | 'desk'>,
  say: (text: string) => void,
): BotPast {
  return new BotPast({
    needs: past ? (seat.needs ?? []) : [],
    mostPoints: past?.mostPoints ?? 0,
    ask: async (ask, withinMs) => past?.ask(ask, withinMs) ?? { kind: 'none', why: 'there is none' },
    nowOf: epic => desk.state.quotes.get(epicOf(epic))?.brokerTimeMs ?? null,
    nameOf: epic => markets.find(market => market.epic === epic)?.name ?? epic,
    say,
  })
}

/** News that wait for the strategy, in their order. */
export type WaitingNews = TickNews | Extract<SeatNews, { kind: 'seen' | 'torn' | 'past' }>

/** What one bot asks of the broker's history: at its start, and where the stream tore. */
export class BotPast {
  readonly #parts: BotPastParts
  #asking = 0
  /** When a price of the market was seen last before the stream tore. */
  readonly #tornSinceMs = new Map<string, number>()
  #told: { readonly ask: PastAsk; readonly past: Extract<PastAnswer, { kind: 'bars' }>['past'] }[] = []

  constructor(parts: BotPastParts) {
    this.#parts = parts
  }

  /** Its strategy is not asked before the answers have come. */
  get isAsking(): boolean {
    return this.#asking > 0
  }

  /** @param then all answers have come, or will not come any more */
  begin(then: () => void): void {
    const { needs, mostPoints, nowOf } = this.#parts
    const asks = pastAsks(needs, need => candlesFor(need, nowOf(need.epic) ?? 0), mostPoints)
    this.#ask(asks, AT_START, then)
  }

  /** @returns whether that is news */
  tear(epic: string, seenMs: number): boolean {
    if (this.#tornSinceMs.has(epic)) return false
    this.#tornSinceMs.set(epic, seenMs)
    return true
  }

  /** A price has come again. */
  mend(epic: string, nowMs: number, then: () => void): void {
    const seenMs = this.#tornSinceMs.get(epic)
    if (seenMs === undefined) return
    this.#tornSinceMs.delete(epic)
    const { needs, mostPoints } = this.#parts
    const own = needs.filter(need => need.epic === epic)
    const since = (need: MarketNeed): number => Math.min(candlesSince(need, seenMs, nowMs), candlesFor(need, nowMs))
    this.#ask(pastAsks(own, since, mostPoints), AT_GAP, then)
  }

  /** What came meanwhile, as it is told: the last price of each market is decided on, those before it are only seen. */
  settled(waiting: readonly WaitingNews[]): WaitingNews[] {
    const told = this.#told
    this.#told = []
    const last = new Map<string, WaitingNews>()
    for (const news of waiting) if (news.kind === 'tick') last.set(news.epic, news)
    const seen = waiting.map(news =>
      news.kind === 'tick' && last.get(news.epic) !== news ? ({ ...news, kind: 'seen' } as const) : news,
    )
    if (told.length === 0) return seen
    const knownToMs = (epic: string): number =>
      Math.max(...told.flatMap(({ ask, past }) => (ask.epic === epic ? (past.bars.at(-1)?.startMs ?? 0) : 0)))
    return [
      ...seen.filter(({ kind }) => kind === 'torn'),
      ...told.map(({ ask: { epic, lengths }, past }) => ({ kind: 'past', epic, lengths, past }) as const),
      ...seen.filter(news => news.kind === 'tick' || (news.kind === 'seen' && news.atMs >= knownToMs(news.epic))),
    ]
  }

  #ask(asks: readonly PastAsk[], { withinMs, why, otherwise }: Occasion, then: () => void): void {
    const { ask, nameOf, say } = this.#parts
    if (asks.length === 0) return
    this.#asking++
    const answers = asks.map(async each => {
      const answer = await ask(each, withinMs)
      const of = `${why}${nameOf(each.epic)}, ${each.lengths.join(' and ')} candles`
      if (answer.kind === 'none') return say(`${of}: no history (${answer.why}); ${otherwise}`)
      this.#told.push({ ask: each, past: answer.past })
      say(`${of}: ${answer.words}`)
    })
    void Promise.all(answers).then(() => {
      this.#asking--
      then()
    })
  }
}

interface Occasion {
  /** Longest it is waited for an answer; nobody is asked meanwhile. */
  readonly withinMs: number
  readonly why: string
  readonly otherwise: string
}

/** Our choices: a start may take its time, a market that goes on not. */
const AT_START: Occasion = { withinMs: 5_000, why: '', otherwise: 'its indicators begin anew' }
const AT_GAP: Occasion = {
  withinMs: 1_000,
  why: 'the stream tore; ',
  otherwise: 'candles of the gap are missing or have a hole',
}
