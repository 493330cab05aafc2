import { hasLivePrices, type TapeInput } from '../../engine/index.ts'
import type { Clock, Timer } from '../clock.ts'
import type { TickBatch, TickSource } from './tick-source.ts'

/** Plays a source of ticks at a pace. */
export interface Player {
  /** The time on the tape now; null before the first tick. Never ahead of the next tick. */
  timeMs(): number | null
  /** How much of the source was played, from 0 to 1. */
  fraction(): number
  pause(): void
  resume(): void
  /** Plays the next ticks one by one, however far apart they are, and what happens with them; only while paused. */
  step(ticks: number): Promise<void>
  setSpeed(speed: number | 'max'): void
  /** The next ticks are on their way. */
  isReading(): boolean
  stop(): Promise<void>
}

export interface PlayerOptions {
  readonly source: TickSource
  readonly clock: Clock
  /** Tape seconds in one real second; `max` plays as fast as the listeners take it. */
  readonly speed: number | 'max'
  readonly onInput: (input: TapeInput) => void
  readonly onEnd: () => void
  readonly onError: (cause: unknown) => void
}

/**
 * The first tick is played at once; every other keeps its distance from it. Only while a market is closed time is shortened: it opens
 * again ten seconds of the tape later.
 */
export function startPlayer({ source, clock, onInput, onEnd, onError, ...options }: PlayerOptions): Player {
  let speed = options.speed
  let phase: 'playing' | 'paused' | 'stopped' = 'playing'
  let batch: TickBatch | null = null
  let index = 0
  let isReading = false
  let last: TapeInput | null = null
  /** Where the tape's time meets ours. */
  let anchor = { tapeMs: 0, monotonicMs: 0 }
  let pausedAtMs = 0
  let timer: Timer | null = null
  let turn: NodeJS.Immediate | null = null
  let hasEnded = false
  /** Steps that wait for the next ticks to be read. */
  const readers: (() => void)[] = []

  function dueMs(input: TapeInput): number {
    if (speed === 'max') return 0
    const dueMs = anchor.monotonicMs + (input.atMs - anchor.tapeMs) / speed
    const isOpening = input.kind === 'market-state' && hasLivePrices(input.state)
    const latestMs = clock.monotonicMs() + CLOSED_MS / speed
    if (!isOpening || dueMs <= latestMs) return dueMs
    anchor = { tapeMs: input.atMs - CLOSED_MS, monotonicMs: clock.monotonicMs() }
    return latestMs
  }

  function playNext(input: TapeInput): void {
    index++
    last = input
    onInput(input)
  }

  function play(): void {
    timer = null
    turn = null
    for (let played = 0; phase === 'playing'; played++) {
      const input = batch?.inputs[index]
      if (!input) return readOn()
      if (played === TICKS_A_TURN) {
        turn = setImmediate(play)
        return
      }
      const due = dueMs(input)
      if (due > clock.monotonicMs()) {
        timer = clock.at(due, play)
        return
      }
      playNext(input)
    }
  }

  function readOn(): void {
    if (isReading || hasEnded) return
    isReading = true
    source.read().then(take, fail)
  }

  function take(next: TickBatch | null): void {
    isReading = false
    if (phase === 'stopped') return
    const first = next?.inputs[0]
    if (!next || !first) {
      hasEnded = true
      wakeReaders()
      return onEnd()
    }
    batch = next
    index = 0
    if (next.startsAnew) {
      anchor = { tapeMs: first.atMs, monotonicMs: phase === 'paused' ? pausedAtMs : clock.monotonicMs() }
    }
    wakeReaders()
    play()
  }

  function fail(cause: unknown): void {
    isReading = false
    hasEnded = true
    wakeReaders()
    if (phase !== 'stopped') onError(cause)
  }

  /** What comes next, read when it must be; undefined at the end, or when it is paused no longer. */
  async function upcoming(): Promise<TapeInput | undefined> {
    while (!batch?.inputs[index] && !hasEnded && phase === 'paused') {
      const read = new Promise<void>(resolve => readers.push(resolve))
      readOn()
      await read
    }
    return batch?.inputs[index]
  }

  function wakeReaders(): void {
    for (const wake of readers.splice(0)) wake()
  }

  /** The tape's time now; null before the first tick. Never ahead of the next tick. */
  function timeMs(): number | null {
    if (!last) return null
    if (speed === 'max') return last.atMs
    const nowMs = phase === 'paused' ? pausedAtMs : clock.monotonicMs()
    const tapeMs = Math.floor(anchor.tapeMs + (nowMs - anchor.monotonicMs) * speed)
    const next = batch?.inputs[index]
    return Math.max(last.atMs, next ? Math.min(tapeMs, next.atMs) : last.atMs)
  }

  function halt(): void {
    timer?.cancel()
    timer = null
    if (turn) clearImmediate(turn)
    turn = null
  }

  play()
  return {
    timeMs,
    fraction() {
      if (!batch) return 0
      const [from, to] = batch.part
      return from + ((to - from) * index) / batch.inputs.length
    },
    pause() {
      if (phase !== 'playing') return
      phase = 'paused'
      pausedAtMs = clock.monotonicMs()
      halt()
    },
    resume() {
      if (phase !== 'paused') return
      phase = 'playing'
      anchor = { ...anchor, monotonicMs: anchor.monotonicMs + clock.monotonicMs() - pausedAtMs }
      play()
    },
    async step(ticks) {
      for (let left = ticks; phase === 'paused'; ) {
        const input = await upcoming()
        // What follows from the last tick at once, such as the close of its market, belongs to its step.
        if (!input || phase !== 'paused' || (left === 0 && (input.kind === 'tick' || input.atMs > (last?.atMs ?? 0))))
          return
        // From here it goes on when it is resumed.
        anchor = { tapeMs: input.atMs, monotonicMs: pausedAtMs }
        playNext(input)
        if (input.kind === 'tick') left--
      }
    },
    setSpeed(next) {
      const tapeMs = timeMs()
      if (tapeMs !== null) anchor = { tapeMs, monotonicMs: phase === 'paused' ? pausedAtMs : clock.monotonicMs() }
      speed = next
      halt()
      if (phase === 'playing') play()
    },
    isReading: () => isReading && phase !== 'stopped',
    async stop() {
      phase = 'stopped'
      halt()
      wakeReaders()
      await source.close()
    },
  }
}

/** What is left of the time that a market is closed, in the time of the tape. Our choice. */
const CLOSED_MS = 10_000
/** Ticks played before sockets get their turn. Our choice. */
const TICKS_A_TURN = 256
