import type { Tick } from '../../engine/index.ts'
import type { Clock, Timer } from '../clock.ts'
import type { TickBatch, TickSource } from './tick-source.ts'

/** Plays a source of ticks at a pace. */
export interface Player {
  /** The time on the tape now; null before the first tick. Never ahead of the next tick. */
  timeMs(): number | null
  pause(): void
  resume(): void
  /** Plays the next ticks one by one, however far apart they are; only while paused. */
  step(ticks: number): Promise<void>
  setSpeed(speed: number | 'max'): void
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
export function startPlayer({ source, clock, onTick, onEnd, onError, ...options }: PlayerOptions): Player {
  let speed = options.speed
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
  let hasEnded = false
  /** Steps that wait for the next ticks to be read. */
  const readers: (() => void)[] = []

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

  function wakeReaders(): void {
    for (const wake of readers.splice(0)) wake()
  }

  /** The tape's time now; null before the first tick. Never ahead of the next tick. */
  function timeMs(): number | null {
    if (!lastTick) return null
    if (speed === 'max') return lastTick.atMs
    const nowMs = phase === 'paused' ? pausedAtMs : clock.monotonicMs()
    const tapeMs = Math.floor(anchor.tapeMs + (nowMs - anchor.monotonicMs) * speed)
    const next = batch?.ticks[index]
    return Math.max(lastTick.atMs, next ? Math.min(tapeMs, next.atMs) : lastTick.atMs)
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
      for (let stepped = 0; stepped < ticks && phase === 'paused'; stepped++) {
        while (!batch?.ticks[index] && !hasEnded && phase === 'paused') {
          const read = new Promise<void>(resolve => readers.push(resolve))
          readOn()
          await read
        }
        const tick = batch?.ticks[index]
        if (!tick || phase !== 'paused') return
        index++
        lastTick = tick
        // From here it goes on when it is resumed.
        anchor = { tapeMs: tick.atMs, monotonicMs: pausedAtMs }
        onTick(tick)
      }
    },
    setSpeed(next) {
      const tapeMs = timeMs()
      if (tapeMs !== null) anchor = { tapeMs, monotonicMs: phase === 'paused' ? pausedAtMs : clock.monotonicMs() }
      speed = next
      halt()
      if (phase === 'playing') play()
    },
    async stop() {
      phase = 'stopped'
      halt()
      wakeReaders()
      await source.close()
    },
  }
}

/** Ticks played before sockets get their turn. Our choice. */
const TICKS_A_TURN = 256
