import type { Tick } from '../../engine/index.ts'
import type { Clock, Timer } from '../clock.ts'
import type { TickBatch, TickSource } from './tick-source.ts'

/** Plays a source of ticks at a pace. */
export interface Player {
  /** The time on the tape now; null before the first tick. Never ahead of the next tick. */
  timeMs(): number | null
  pause(): void
  resume(): void
  stop(): Promise<void>
}

export interface PlayerOptions {
  readonly source: TickSource
  readonly clock: Clock
  /** Tape seconds in one real second; `max` plays as fast as the listeners take it. */
  readonly speed: number | 'max'
  readonly onTick: (tick: Tick) => void
  readonly onEnd: () => void
  readonly onError: (cause: unknown) => void
}

/** The first tick is played at once; every other keeps its distance from it. */
export function startPlayer({ source, clock, speed, onTick, onEnd, onError }: PlayerOptions): Player {
  let phase: 'playing' | 'paused' | 'stopped' = 'playing'
  let batch: TickBatch | null = null
  let index = 0
  let isReading = false
  let lastTick: Tick | null = null
  /** Where the tape's time meets ours. */
  let anchor = { tapeMs: 0, monotonicMs: 0 }
  let pausedAtMs = 0
  let timer: Timer | null = null
  let turn: NodeJS.Immediate | null = null

  function dueMs(tick: Tick): number {
    return speed === 'max' ? 0 : anchor.monotonicMs + (tick.atMs - anchor.tapeMs) / speed
  }

  function play(): void {
    timer = null
    turn = null
    for (let played = 0; phase === 'playing'; played++) {
      const tick = batch?.ticks[index]
      if (!tick) return readOn()
      if (played === TICKS_A_TURN) {
        turn = setImmediate(play)
        return
      }
      const due = dueMs(tick)
      if (due > clock.monotonicMs()) {
        timer = clock.at(due, play)
        return
      }
      index++
      lastTick = tick
      onTick(tick)
    }
  }

  function readOn(): void {
    if (isReading) return
    isReading = true
    source.read().then(take, fail)
  }

  function take(next: TickBatch | null): void {
    isReading = false
    if (phase === 'stopped') return
    const first = next?.ticks[0]
    if (!next || !first) return onEnd()
    batch = next
    index = 0
    if (next.startsAnew) {
      anchor = { tapeMs: first.atMs, monotonicMs: phase === 'paused' ? pausedAtMs : clock.monotonicMs() }
    }
    play()
  }

  function fail(cause: unknown): void {
    isReading = false
    if (phase !== 'stopped') onError(cause)
  }

  function halt(): void {
    timer?.cancel()
    timer = null
    if (turn) clearImmediate(turn)
    turn = null
  }

  play()
  return {
    timeMs() {
      if (!lastTick) return null
      if (speed === 'max') return lastTick.atMs
      const nowMs = phase === 'paused' ? pausedAtMs : clock.monotonicMs()
      const tapeMs = Math.floor(anchor.tapeMs + (nowMs - anchor.monotonicMs) * speed)
      const next = batch?.ticks[index]
      return Math.max(lastTick.atMs, next ? Math.min(tapeMs, next.atMs) : lastTick.atMs)
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
    async stop() {
      phase = 'stopped'
      halt()
      await source.close()
    },
  }
}

/** Ticks played before sockets get their turn. Our choice. */
const TICKS_A_TURN = 256
