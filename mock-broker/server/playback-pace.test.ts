import { manualClock } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  cashAccount,
  createEngine,
  type EngineEvent,
  markets,
  seededRandom,
  syntheticTicks,
  type Tick,
} from '../engine/index.ts'
import { startPlayer } from './playback/player.ts'
import type { TickSource } from './playback/tick-source.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'
const START_MS = Date.UTC(2024, 5, 14, 8)

type Move = { readonly do: 'wait'; readonly ms: number } | { readonly do: 'step' | 'pause' | 'resume' }

/** How a tape is played: in pieces of this many ticks, at speeds that change, with pauses and steps between. */
const paces = fc.record({
  pieces: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 10 }),
  speeds: fc.array(fc.oneof(fc.constant('max' as const), fc.double({ min: 0.5, max: 5000, noNaN: true })), {
    minLength: 1,
    maxLength: 4,
  }),
  moves: fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
      fc.record({ do: fc.constantFrom('step' as const, 'pause' as const, 'resume' as const) }),
    ),
    { maxLength: 25 },
  ),
})

it('gives the same event log at any speed, however the tape is cut, paused and stepped', async () => {
  const ticks = tape(600)
  const alone = desk()
  for (const tick of ticks) alone.take(tick)
  const expected = alone.log()
  expect(expected.filter(line => line.includes('"kind":"fill"')).length).toBeGreaterThan(20)
  await fc.assert(
    fc.asyncProperty(paces, async pace => {
      expect(await playedAt(pace, ticks)).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

async function playedAt(
  { pieces, speeds, moves }: { pieces: readonly number[]; speeds: readonly (number | 'max')[]; moves: readonly Move[] },
  ticks: readonly Tick[],
): Promise<readonly string[]> {
  const clock = manualClock(START_MS)
  const played = desk()
  let hasEnded = false
  const player = startPlayer({
    source: sourceOf(ticks, pieces),
    clock,
    speed: speeds[0] ?? 1,
    onInput(input) {
      if (input.kind === 'tick') played.take(input)
    },
    onEnd: () => {
      hasEnded = true
    },
    onError: cause => {
      throw cause
    },
  })
  for (const [index, move] of moves.entries()) {
    await turn()
    if (move.do === 'wait') clock.advance(move.ms)
    else if (move.do === 'step') await player.step(3)
    else player[move.do]()
    player.setSpeed(speeds[index % speeds.length] ?? 1)
  }
  player.resume()
  player.setSpeed('max')
  while (!hasEnded) await turn()
  await player.stop()
  return played.log()
}

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** An account with orders all around the market from the first tick on, and one more deal with every fiftieth. */
function desk() {
  const account = cashAccount(new Decimal(1_000_000))
  const engine = createEngine({ markets, accounts: [account], random: seededRandom(1) })
  const events: EngineEvent[] = []
  let count = 0
  const order = { account: account.id, epic: EPIC, expiry: '-', currency: 'USD', size: new Decimal(1) } as const

  function take(tick: Tick): void {
    events.push(...engine.process(tick))
    if (count++ % 50 !== 0) return
    const { atMs } = tick
    const points = { by: 'distance', points: new Decimal(5 + (count % 30)) } as const
    events.push(
      ...engine.process({
        ...order,
        kind: 'open',
        atMs,
        reference: `open-${count}`,
        direction: count % 100 === 1 ? 'BUY' : 'SELL',
        price: { type: 'MARKET' },
        timeInForce: 'FILL_OR_KILL',
        mode: 'force',
        stop: { ...points, kind: 'trailing', stepPoints: new Decimal(2) },
        limit: points,
        losesStop: false,
      }),
      ...engine.process({
        ...order,
        kind: 'place-order',
        atMs,
        reference: `place-${count}`,
        direction: 'BUY',
        type: 'LIMIT',
        level: new Decimal(tick.offerUnits - 100).div(100_000),
        goodTillMs: atMs + 20_000,
        mode: 'force',
        stop: { ...points, kind: 'normal' },
        limit: points,
      }),
    )
  }
  return { take, log: () => events.map(event => JSON.stringify(event)) }
}

function tape(count: number): readonly Tick[] {
  const moves = syntheticTicks({ startUnits: 108_420, spreadUnits: 6, moveUnits: 20, pauseMs: 350 }, seededRandom(11))
  let atMs = START_MS
  return Array.from({ length: count }, () => {
    const { afterMs, bidUnits, offerUnits } = moves.next()
    atMs += afterMs
    return { kind: 'tick', epic: EPIC, atMs, bidUnits, offerUnits }
  })
}

function sourceOf(ticks: readonly Tick[], pieces: readonly number[]): TickSource {
  let from = 0
  let count = 0
  return {
    async read() {
      if (from >= ticks.length) return null
      const piece = ticks.slice(from, from + (pieces[count % pieces.length] ?? 1))
      const startsAnew = count === 0
      from += piece.length
      count++
      return { inputs: piece, startsAnew, part: [0, 0] }
    },
    close: async () => {},
  }
}
