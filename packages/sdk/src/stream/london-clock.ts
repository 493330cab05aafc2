import { localToUtcMs, utcToLocal } from '../account-zone.ts'
import type { Clock } from '../ports.ts'

const LONDON = 'Europe/London'
const HOUR_MS = 3_600_000
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** Our choice: the nearest of three days stays among them for so long. */
const KEPT_MS = 6 * HOUR_MS

/** Finds the instant of a time that IG tells without its day. Source: IG Labs, Streaming API reference, UPDATE_TIME: UK time. */
export class LondonClock {
  readonly #clock: Pick<Clock, 'nowMs'>
  /** When each hour begins, around when it was asked for: looking it up in the zone costs a hundred times as much. */
  readonly #hours = new Map<string, { readonly beginsMs: readonly number[]; readonly foundAtMs: number }>()

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock
  }

  /** The one that is nearest to now, also of an hour that the clocks show twice; `null` for anything but `hh:mm:ss`. */
  nearest(text: string | null): number | null {
    if (text === null || !TIME.test(text)) return null
    const nowMs = this.#clock.nowMs()
    const intoHourMs = Number(text.slice(3, 5)) * 60_000 + Number(text.slice(6)) * 1_000
    let nearest: number | null = null
    for (const beginsMs of this.#beginsOf(text.slice(0, 2), nowMs)) {
      const atMs = beginsMs + intoHourMs
      if (nearest === null || Math.abs(nowMs - atMs) < Math.abs(nowMs - nearest)) nearest = atMs
    }
    return nearest
  }

  #beginsOf(hour: string, nowMs: number): readonly number[] {
    const known = this.#hours.get(hour)
    if (known !== undefined && Math.abs(nowMs - known.foundAtMs) < KEPT_MS) return known.beginsMs
    const beginsMs = [-1, 0, 1].flatMap(day => {
      const local = {
        ...utcToLocal(nowMs + day * 24 * HOUR_MS, LONDON),
        hour: Number(hour),
        minute: 0,
        second: 0,
        ms: 0,
      }
      return [localToUtcMs(local, LONDON, 'first'), localToUtcMs(local, LONDON, 'second')]
    })
    this.#hours.set(hour, { beginsMs, foundAtMs: nowMs })
    return beginsMs
  }
}
