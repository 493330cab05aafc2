import { type PastAnswer, type PastAsk, type PastBar, type PastPort, pastBars } from '@scalpdesk/bots/runner'
import type { DeskState } from '@scalpdesk/desk'
import { type CandleList, type Clock, epic as epicOf, type Ig, type Market } from '@scalpdesk/sdk'
import type { KeptBars } from './kept-bars.ts'

export interface PastPortParts {
  readonly prices: Pick<Ig['prices'], 'list'>
  readonly marketOf: (epic: string) => Pick<Market, 'decimals' | 'name'> | undefined
  readonly state: () => Pick<DeskState, 'quotes'>
  readonly clock: Pick<Clock, 'monotonicMs' | 'at'>
  readonly mostPoints: number
  /** Null at a broker whose past is another one with each start. */
  readonly kept: KeptBars | null
}

/** The broker's price history for bots. Its points are rationed: what was told once is kept, and only what came since is asked for. */
export function pastPort(parts: PastPortParts): PastPort {
  const { clock, mostPoints } = parts
  return {
    mostPoints,
    ask(ask, withinMs) {
      const late = Promise.withResolvers<PastAnswer>()
      const timer = clock.at(clock.monotonicMs() + withinMs, () =>
        late.resolve({ kind: 'none', why: `the broker did not answer within ${withinMs / 1_000} s` }),
      )
      const asked = answered(parts, ask, withinMs).catch((error): PastAnswer => ({ kind: 'none', why: wordsOf(error) }))
      return Promise.race([asked, late.promise]).finally(() => timer.cancel())
    },
  }
}

async function answered(parts: PastPortParts, ask: PastAsk, withinMs: number): Promise<PastAnswer> {
  const { prices, marketOf, state, kept } = parts
  const { lengthMs, points, resolution } = ask
  const epic = epicOf(ask.epic)
  const market = marketOf(epic)
  const quote = state().quotes.get(epic)
  if (!market || !quote?.bid || !quote.offer || quote.brokerTimeMs === null)
    return { kind: 'none', why: 'it has no price yet' }
  const toMs = quote.brokerTimeMs
  const known = kept?.of(ask, market.decimals) ?? []
  const latest = lacking(known, { points, lengthMs, toMs })
  const list = await prices.list({ epic, resolution, latest }, { waitWithinMs: withinMs })
  const read = pastBars({ candles: list.candles, lengthMs, market, mid: quote.bid.plus(quote.offer).div(2) })
  if (read.kind === 'none') return read
  const bars = joined(known, read.bars, lengthMs)
  kept?.keep(
    ask,
    market.decimals,
    bars.filter(({ startMs }) => startMs + lengthMs <= toMs),
  )
  const told = bars.slice(-points)
  return { kind: 'bars', past: { lengthMs, bars: told, toMs }, words: costWords(told.length, ask, latest, list) }
}

/** As few as join what is known to now; all where that is not enough. */
function lacking(
  known: readonly PastBar[],
  { points, lengthMs, toMs }: Pick<PastAsk, 'points' | 'lengthMs'> & { readonly toMs: number },
): number {
  const newest = known.at(-1)
  if (!newest || newest.startMs > toMs) return points
  // The newest known one once more, so that the two are seen to meet; a single bar comes without its time.
  const since = Math.max(2, Math.floor((toMs - newest.startMs) / lengthMs) + 1)
  return since < points && known.length + since > points ? since : points
}

function joined(known: readonly PastBar[], fresh: readonly PastBar[], lengthMs: number): readonly PastBar[] {
  const [first] = fresh
  const newest = known.at(-1)
  if (!first || !newest || newest.startMs + lengthMs < first.startMs) return fresh
  return [...known.filter(({ startMs }) => startMs < first.startMs), ...fresh]
}

function costWords(bars: number, { resolution }: PastAsk, points: number, { allowance }: CandleList): string {
  const left =
    allowance === null
      ? ''
      : `; ${allowance.remaining.toLocaleString('en')} of ${allowance.total.toLocaleString('en')} left this week`
  return `${bars} bars of the broker's history (${resolution}) for ${points} price points${left}`
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
