import { localToUtcMs, utcToLocal } from '../account-zone.ts'
import type { Clock } from '../ports.ts'

const LONDON = 'Europe/London'
const HOUR_MS = 3_600_000
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** Finds the instant of a time that IG tells without its day. Source: IG Labs, Streaming API reference, UPDATE_TIME: UK time. */
export class LondonClock {
  readonly #clock: Pick<Clock, 'nowMs'>
  /** When each hour begins that was asked for: looking it up in the zone costs a hundred times as much. */
  readonly #hours = new Map<string, number>()

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.#clock = clock
  }

  /** The one that is nearest to now; `null` for anything but `hh:mm:ss`. */
  nearest(text: string | null): number | null {
    if (text === null || !TIME.test(text)) return null
    return this.#hour(text.slice(0, 2)) + Number(text.slice(3, 5)) * 60_000 + Number(text.slice(6)) * 1_000
  }

  #hour(hour: string): number {
    const nowMs = this.#clock.nowMs()
    const known = this.#hours.get(hour)
    if (known !== undefined && Math.abs(nowMs - known) < 11 * HOUR_MS) return known
    const days = [-1, 0, 1].map(day => {
      const local = utcToLocal(nowMs + day * 24 * HOUR_MS, LONDON)
      return localToUtcMs({ ...local, hour: Number(hour), minute: 0, second: 0, ms: 0 }, LONDON)
    })
    const distance = (ms: number) => Math.abs(nowMs - ms)
    const nearest = days.reduce((best, each) => (distance(each) < distance(best) ? each : best))
    this.#hours.set(hour, nearest)
    return nearest
  }
}
