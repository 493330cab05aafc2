import type { MockBroker } from '@scalpdesk/mock-broker'
import type { Clock } from '@scalpdesk/sdk'
import { unreachable } from '../screen/unreachable.ts'
import type { TapeControl } from './session-input.ts'

/** Drives the tape of a session: pause, step, speed, and on to a time. */
export interface TapeDriver {
  take(control: TapeControl): void
  readonly position: TapePosition
}

export interface TapePosition {
  /** UTC, milliseconds since 1970; null before its first price. */
  readonly atMs: number | null
  /** From 0 to 1. */
  readonly fraction: number
  readonly isPaused: boolean
  readonly hasEnded: boolean
  readonly speed: number
  /** Where it is on its way to; null while it plays. */
  readonly goingOnToMs: number | null
}

/** While it goes on to a time: an hour in a second and some, and then slower, so as not to overshoot (our choice). */
const GOING_ON = { speed: 3_000, slow: 100, slowFromMs: 6_000, lookMs: 1 } as const

export function tapeDriver(
  broker: Pick<MockBroker, 'pause' | 'resume' | 'step' | 'setSpeed' | 'replay'>,
  clock: Clock,
  startSpeed: number,
): TapeDriver {
  let speed = startSpeed
  let goingOn: { readonly untilMs: number; timer: { cancel(): void } } | null = null

  const tapeMs = (): number | null => {
    const times = broker.replay().tapes.flatMap(({ atMs, hasEnded }) => (atMs === null || hasEnded ? [] : [atMs]))
    return times.length === 0 ? null : Math.min(...times)
  }

  function goOn(untilMs: number): void {
    goingOn?.timer.cancel()
    if (broker.replay().isPaused) broker.resume()
    broker.setSpeed(GOING_ON.speed)
    const look = (): void => {
      const atMs = tapeMs()
      if (atMs === null || atMs >= untilMs) return arrive()
      if (untilMs - atMs <= GOING_ON.slowFromMs) broker.setSpeed(GOING_ON.slow)
      goingOn = { untilMs, timer: clock.at(clock.monotonicMs() + GOING_ON.lookMs, look) }
    }
    look()
  }

  function arrive(): void {
    goingOn?.timer.cancel()
    goingOn = null
    broker.setSpeed(speed)
  }

  return {
    take(control) {
      const { isPaused } = broker.replay()
      switch (control.kind) {
        case 'pause':
          arrive()
          if (!isPaused) broker.pause()
          return
        case 'resume':
          if (isPaused) broker.resume()
          return
        case 'step':
          arrive()
          if (!isPaused) broker.pause()
          return void broker.step(1)
        case 'speed':
          speed = control.speed
          if (!goingOn) broker.setSpeed(speed)
          return
        case 'go-on':
          return goOn(control.untilMs)
        default:
          return unreachable(control)
      }
    },
    get position() {
      const { tapes, isPaused } = broker.replay()
      const running = tapes.filter(({ hasEnded }) => !hasEnded)
      return {
        atMs: tapeMs() ?? Math.max(0, ...tapes.map(({ atMs }) => atMs ?? 0)),
        fraction: Math.min(1, ...tapes.map(({ fraction }) => fraction)),
        isPaused,
        hasEnded: running.length === 0,
        speed,
        goingOnToMs: goingOn?.untilMs ?? null,
      }
    },
  }
}
