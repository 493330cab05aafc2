import {
  type Market,
  markets,
  type Random,
  type SyntheticShape,
  seededRandom,
  type Tape,
  type Tick,
} from '../../engine/index.ts'
import type { BrokerState } from '../broker-state.ts'
import type { Clock } from '../clock.ts'
import { type Player, startPlayer } from './player.ts'
import { openTapes, syntheticSource, tapeSource } from './tick-source.ts'

/** Every market's prices: from its tapes where there are some, else synthetic. */
export interface Playback {
  /** The time on a market's own clock: its tape's, or the wall's. */
  timeOf(epic: string | undefined): number
  pause(): void
  resume(): void
  isPaused(): boolean
  /** Plays the next ticks of every market, or of one; only while paused. */
  step(ticks: number, epic?: string): Promise<void>
  speed(): number | 'max'
  /** Of tapes; synthetic markets keep the wall's pace. */
  setSpeed(speed: number | 'max'): void
  stop(): Promise<void>
}

export interface PlaybackOptions {
  readonly state: BrokerState
  readonly clock: Clock
  readonly seed: number
  readonly replay: readonly string[]
  readonly from: string | undefined
  readonly speed: number | 'max'
  readonly loop: boolean
  readonly strict: boolean
  readonly onNotice: (text: string) => void
}

/** @throws TapeError when a tape cannot be played. */
export async function startPlayback(options: PlaybackOptions): Promise<Playback> {
  const { replay, from, strict } = options
  const tapes = await openTapes(replay, { markets, from, strict })
  const byMarket = Map.groupBy(tapes, ({ market }) => market.epic)
  const onTape = new Map([...byMarket].map(([epic, ofMarket]) => [epic, playTapes(epic, ofMarket, options)]))
  const byEpic = new Map(onTape)
  for (const market of markets) {
    const { epic, startState, synthetic } = market
    if (onTape.has(epic)) continue
    if (synthetic) byEpic.set(epic, playSynthetic(market, synthetic, options))
    else options.state.process({ kind: 'market-state', atMs: options.clock.nowMs(), epic, state: startState })
  }
  const players = [...byEpic.values()]
  let isPaused = false
  let speed = options.speed
  return {
    timeOf: epic => (epic === undefined ? undefined : onTape.get(epic)?.timeMs()) ?? options.clock.nowMs(),
    pause() {
      isPaused = true
      for (const player of players) player.pause()
    },
    resume() {
      isPaused = false
      for (const player of players) player.resume()
    },
    isPaused: () => isPaused,
    async step(ticks, epic) {
      const chosen = epic === undefined ? players : [byEpic.get(epic)].filter(player => player !== undefined)
      await Promise.all(chosen.map(player => player.step(ticks)))
    },
    speed: () => speed,
    setSpeed(next) {
      speed = next
      for (const player of onTape.values()) player.setSpeed(next)
    },
    async stop() {
      await Promise.all(players.map(player => player.stop()))
    },
  }
}

function playTapes(epic: string, tapes: readonly Tape[], options: PlaybackOptions): Player {
  const { state, clock, speed, loop, strict, from, onNotice } = options
  let lastMs = clock.nowMs()
  /** No more prices will come: nothing can be dealt on this market any longer. */
  function closeMarket(why: string): void {
    const crossed = state.engine.book(epic)?.crossed ?? 0
    const held = crossed === 0 ? '' : ` (crossed quotes held back: ${crossed})`
    onNotice(`${why}; ${nameOf(epic)} takes no more deals${held}`)
    state.process({ kind: 'market-state', atMs: lastMs, epic, state: 'EDITS_ONLY' })
  }
  return startPlayer({
    source: tapeSource(tapes, { markets, from, strict, loop, onNotice }),
    clock,
    speed,
    onTick(tick) {
      lastMs = tick.atMs
      state.process(tick)
    },
    onEnd: () => closeMarket(`the tape ${tapes.at(-1)?.file ?? ''} has ended`),
    onError: cause => closeMarket(cause instanceof Error ? cause.message : String(cause)),
  })
}

/**
 * A market of its own for each seed and epic, always at the wall's pace and dates. One that starts closed shows its last price,
 * and goes on once it is opened.
 */
function playSynthetic(
  market: Market,
  shape: SyntheticShape,
  { state, clock, seed, onNotice }: PlaybackOptions,
): Player {
  const { epic, startState } = market
  let isFirst = true
  return startPlayer({
    source: syntheticSource(epic, shape, randomOf(seed, epic), clock.nowMs()),
    clock,
    speed: 1,
    onTick(tick: Tick) {
      state.process({ ...tick, atMs: clock.nowMs() })
      if (isFirst) state.process({ kind: 'market-state', atMs: clock.nowMs(), epic, state: startState })
      isFirst = false
    },
    onEnd: () => {},
    onError: cause => onNotice(String(cause)),
  })
}

function randomOf(seed: number, epic: string): Random {
  let mixed = seed | 0
  for (const letter of epic) mixed = (Math.imul(mixed, 31) + letter.charCodeAt(0)) | 0
  return seededRandom(mixed)
}

function nameOf(epic: string): string {
  return markets.find(market => market.epic === epic)?.name ?? epic
}
