import type { Market } from '../market.ts'
import { seededRandom } from '../random.ts'
import { syntheticTicks } from '../synthetic-ticks.ts'
import type { Tick } from '../tick.ts'
import { tapeWriter } from './scalpdesk-writer.ts'

export interface SampleTapeOptions {
  /** Those without prices of their own are left out. */
  readonly markets: readonly Market[]
  readonly seed: number
  /** UTC, milliseconds since 1970. */
  readonly startMs: number
  readonly minutes: number
}

/** The lines of a tape of made-up prices, which seed and markets decide for ever. */
export function* sampleTape({ markets: wanted, seed, startMs, minutes }: SampleTapeOptions): Generator<string, void> {
  const markets = wanted.filter(({ synthetic }) => synthetic !== null)
  const writer = tapeWriter({ startMs, markets })
  yield writer.header
  const endMs = startMs + minutes * 60_000
  const walks = markets.flatMap((market, index) => {
    if (!market.synthetic) return []
    const moves = syntheticTicks(market.synthetic, seededRandom(seed + index))
    return [walkFrom(market.epic, startMs, moves)]
  })
  for (;;) {
    const [first, ...others] = walks
    if (!first) return
    const next = others.reduce(
      (earliest, walk) => (walk.upcoming().atMs < earliest.upcoming().atMs ? walk : earliest),
      first,
    )
    const tick = next.upcoming()
    if (tick.atMs >= endMs) return
    next.go()
    yield writer.line(tick)
  }
}

interface Walk {
  upcoming(): Tick
  go(): void
}

function walkFrom(epic: string, startMs: number, moves: ReturnType<typeof syntheticTicks>): Walk {
  function after(atMs: number): Tick {
    const { afterMs, bidUnits, offerUnits } = moves.next()
    return { kind: 'tick', epic, atMs: atMs + afterMs, bidUnits, offerUnits }
  }
  let tick: Tick = { ...after(startMs), atMs: startMs }
  return {
    upcoming: () => tick,
    go() {
      tick = after(tick.atMs)
    },
  }
}
