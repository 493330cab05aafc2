import type { Desk } from '@scalpdesk/desk'
import type { Clock } from '@scalpdesk/sdk'

/** Our choice: far below the pause that the desk takes for a stop. */
const BEAT_MS = 500

/** Tells a desk without a screen, whose frames do it elsewhere, that the program runs. */
export function startBeats(desk: Pick<Desk, 'beat'>, clock: Pick<Clock, 'monotonicMs' | 'at'>): { stop(): void } {
  let next = later()
  function later() {
    return clock.at(clock.monotonicMs() + BEAT_MS, () => {
      desk.beat()
      next = later()
    })
  }
  desk.beat()
  return { stop: () => next.cancel() }
}
