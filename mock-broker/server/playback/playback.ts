import {
  type Market,
  markets,
  type Random,
  type ReplayFile,
  type SyntheticShape,
  seededRandom,
} from '../../engine/index.ts'
import type { BrokerState } from '../broker-state.ts'
import type { Clock } from '../clock.ts'
import { type Player, startPlayer } from './player.ts'
import type { LoadingProgress, ReplayProgress } from './replay-progress.ts'
import { openChains, type TapeChain } from './tape-chain.ts'
import { type TapeSource, tapeSource } from './tape-source.ts'
import { firstOf, syntheticSource } from './tick-source.ts'

/** Every market's prices: from its tapes where there are some, else synthetic. */
export interface Playback {
  /** The time on a market's own clock: its tape's, or the wall's. */
  timeOf(epic: string | undefined): number
  /** The earliest of them. */
  earliestMs(): number
  pause(): void
  resume(): void
  isPaused(): boolean
  /** Plays the next ticks of every market, or of one; only while paused. */
  step(ticks: number, epic?: string): Promise<void>
  speed(): number | 'max'
  /** Of tapes; synthetic markets keep the wall's pace. */
  setSpeed(speed: number | 'max'): void
  progress(): ReplayProgress
  /** A file is being read for the next ticks. */
  isReading(): boolean
  stop(): Promise<void>
}

export interface PlaybackOptions {
  readonly state: BrokerState
  readonly clock: Clock
  readonly seed: number
  readonly replay: readonly (string | ReplayFile)[]
  readonly from: string | undefined
  readonly speed: number | 'max'
  readonly loop: boolean
  /** A market deals on at its last price when its tape is over. */
  readonly staysOpen: boolean
  /** Markets without a tape show their first price for ever. */
  readonly isSyntheticStill: boolean
  readonly strict: boolean
  readonly gapMinutes: number
  readonly onNotice: (text: string) => void
  readonly onLoading: ((progress: LoadingProgress) => void) | undefined
}

/** @throws TapeError when a tape cannot be played. */
export async function startPlayback(options: PlaybackOptions): Promise<Playback> {
  const { replay, from, strict, onLoading, onNotice } = options
  const chains = await openChains(replay, {
    markets,
    from,
    strict,
    onProgress: onLoading && ((file, fraction) => onLoading({ file, fraction })),
  })
  for (const { tape } of chains.flatMap(({ tapes }) => tapes)) {
    if (tape.passedOver.length > 0)
      onNotice(`${tape.file} also holds ${tape.passedOver.join(', ')}, which the mock broker does not have: not played`)
  }
  const reels = chains.map(chain => playChain(chain, options))
  const onTape = new Map(reels.flatMap(reel => reel.epics.map(epic => [epic, reel.player] as const)))
  const byEpic = new Map(onTape)
  for (const market of markets) {
    const { epic, startState, synthetic } = market
    if (onTape.has(epic)) continue
    if (synthetic) byEpic.set(epic, playSynthetic(market, synthetic, options))
    else options.state.process({ kind: 'market-state', atMs: options.clock.nowMs(), epic, state: startState })
  }
  // Once each: the markets of one tape share a player.
  const players = [...new Set(byEpic.values())]
  let isPaused = false
  let speed = options.speed
  return {
    earliestMs: () =>
      Math.min(options.clock.nowMs(), ...reels.map(({ player }) => player.timeMs() ?? Number.POSITIVE_INFINITY)),
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
      for (const { player } of reels) player.setSpeed(next)
    },
    progress: () => ({
      speed,
      isPaused,
      tapes: reels.map(({ epics, source, player, hasEnded }) => ({
        epics,
        file: source.file(),
        fraction: hasEnded() ? 1 : player.fraction(),
        atMs: player.timeMs(),
        hasEnded: hasEnded(),
      })),
    }),
    isReading: () => players.some(player => player.isReading()),
    async stop() {
      await Promise.all(players.map(player => player.stop()))
    },
  }
}

/** A chain of tapes that plays. */
interface Reel {
  readonly epics: readonly string[]
  readonly source: TapeSource
  readonly player: Player
  hasEnded(): boolean
}

function playChain(chain: TapeChain, options: PlaybackOptions): Reel {
  const { state, clock, speed, loop, strict, from, gapMinutes, onNotice } = options
  const epics = chain.markets.map(({ epic }) => epic)
  const source = tapeSource(chain, { markets, from, strict, loop, gapMs: gapMinutes * 60_000, onNotice })
  let lastMs = clock.nowMs()
  let hasEnded = false
  /** No more prices will come: nothing can be dealt on these markets any longer. */
  function closeMarkets(why: string): void {
    hasEnded = true
    const crossed = epics.reduce((sum, epic) => sum + (state.engine.book(epic)?.crossed ?? 0), 0)
    const held = crossed === 0 ? '' : ` (crossed quotes held back: ${crossed})`
    const names = chain.markets.map(({ name }) => name).join(', ')
    onNotice(`${why}; ${names} ${epics.length === 1 ? 'takes' : 'take'} no more deals${held}`)
    for (const epic of epics) state.process({ kind: 'market-state', atMs: lastMs, epic, state: 'EDITS_ONLY' })
  }
  const player = startPlayer({
    source,
    clock,
    speed,
    onInput(input) {
      lastMs = input.atMs
      state.process(input)
    },
    onEnd() {
      if (!options.staysOpen) return closeMarkets(`the tape ${source.file()} has ended`)
      hasEnded = true
    },
    onError: cause => closeMarkets(cause instanceof Error ? cause.message : String(cause)),
  })
  return { epics, source, player, hasEnded: () => hasEnded }
}

/**
 * A market of its own for each seed and epic, always at the wall's pace and dates. One that starts closed shows its last price,
 * and goes on once it is opened.
 */
function playSynthetic(
  market: Market,
  shape: SyntheticShape,
  { state, clock, seed, isSyntheticStill, onNotice }: PlaybackOptions,
): Player {
  const { epic, startState } = market
  let isFirst = true
  const source = syntheticSource(epic, shape, randomOf(seed, epic), clock.nowMs())
  return startPlayer({
    source: isSyntheticStill ? firstOf(source) : source,
    clock,
    speed: 1,
    onInput(tick) {
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
