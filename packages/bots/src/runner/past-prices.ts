import type { Resolution } from '@scalpdesk/sdk'
import type { PastBars } from '../candles/past-bar.ts'
import type { Need } from '../indicators/need.ts'

/** What candles and indicators of one market need. Plain data. */
export interface MarketNeed extends Need {
  readonly epic: string
  /** `tick`, or the length of candles. */
  readonly of: string
  /** Of those candles; 0 for ticks, of which no history tells. */
  readonly lengthMs: number
}

/** A question for the broker's price history: the newest bars of a market. */
export interface PastAsk {
  readonly epic: string
  readonly resolution: Resolution
  /** Of each bar. */
  readonly lengthMs: number
  readonly points: number
  /** Which candles are made of them. */
  readonly lengths: readonly string[]
}

export type PastAnswer =
  /** @param words what it cost, for a person */
  | { readonly kind: 'bars'; readonly past: PastBars; readonly words: string }
  | { readonly kind: 'none'; readonly why: string }

/** Those that begin at the same moments in every zone of whole hours. Source: IG Labs, REST API reference, "Prices", resolution. */
const BARS = [
  ['hour', 3_600_000],
  ['minute-30', 1_800_000],
  ['minute-15', 900_000],
  ['minute-10', 600_000],
  ['minute-5', 300_000],
  ['minute-3', 180_000],
  ['minute-2', 120_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const satisfies readonly (readonly [Resolution, number])[]

/**
 * What is asked for the candles of a bot: as little as tells them, because each bar takes a point of the account's week.
 * @param candlesOf how many candles a need asks for
 * @param most points of one market and resolution
 */
export function pastAsks(
  needs: readonly MarketNeed[],
  candlesOf: (need: MarketNeed) => number,
  most: number,
): readonly PastAsk[] {
  const asks = new Map<string, PastAsk>()
  for (const need of needs) {
    const [resolution, lengthMs] = BARS.find(([, ms]) => need.lengthMs >= ms && need.lengthMs % ms === 0) ?? []
    if (resolution === undefined || lengthMs === undefined) continue
    const name = `${need.epic} ${resolution}`
    const before = asks.get(name)
    // One more: the candle that forms. A single bar comes without its time.
    const wanted = Math.max(2, (candlesOf(need) + 1) * (need.lengthMs / lengthMs), before?.points ?? 0)
    const points = Math.min(most, wanted)
    const lengths = [...(before?.lengths ?? []), need.of]
    if (points >= 2) asks.set(name, { epic: need.epic, resolution, lengthMs, points, lengths })
  }
  return [...asks.values()]
}

/**
 * Candles for a need: until it is settled where a few bars make one; where many do, until it is ready.
 * @param nowMs the market's
 */
export function candlesFor({ ready, settled, isOfDay, lengthMs }: MarketNeed, nowMs: number): number {
  const [, barMs = lengthMs] = BARS.find(([, ms]) => lengthMs >= ms && lengthMs % ms === 0) ?? []
  const needed = lengthMs / barMs <= FEW_BARS ? settled : ready
  return Math.max(needed, isOfDay ? Math.floor((nowMs % DAY_MS) / lengthMs) + 1 : 0)
}

/** Candles since a price was seen last, and that one. */
export function candlesSince({ lengthMs }: MarketNeed, seenMs: number, nowMs: number): number {
  return Math.max(0, Math.floor(nowMs / lengthMs) - Math.floor(seenMs / lengthMs))
}

const DAY_MS = 86_400_000
/** Our choice: as an hour makes four. */
const FEW_BARS = 4

type Ask = (ask: PastAsk, withinMs: number) => Promise<PastAnswer>

/** What several bots ask of one market and resolution in one go is asked once, for the one that needs most. */
export function sharedPast(ask: Ask, soon: (run: () => void) => void): Ask {
  const open = new Map<string, { points: number; readonly answer: Promise<PastAnswer> }>()
  return (wanted, withinMs) => {
    const name = `${wanted.epic} ${wanted.resolution}`
    const found = open.get(name)
    if (found) {
      found.points = Math.max(found.points, wanted.points)
      return found.answer
    }
    const asked = {
      points: wanted.points,
      answer: new Promise<PastAnswer>((resolve, reject) => {
        soon(() => {
          open.delete(name)
          ask({ ...wanted, points: asked.points }, withinMs).then(resolve, reject)
        })
      }),
    }
    open.set(name, asked)
    return asked.answer
  }
}
