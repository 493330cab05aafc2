import type { GuardSaid } from '../host/screen-message.ts'
import type { ScreenView } from '../screen/view.ts'
import { changedParts, mergedFeeds } from '../screen/view-changes.ts'

/** The way of views to one screen. A screen that hangs slows nobody: few views wait for it, and the newest takes the place of the one before. */
export interface ScreenLink {
  /** To be sent now, or as soon as the screen takes more. */
  offer(sequence: number, view: ScreenView): void
  /** What is drawn once and needs no haste, such as the past of a chart: one goes with each view that the screen has taken. */
  later(said: readonly GuardSaid[]): void
  /** The screen has taken a view. */
  taken(): void
}

/** Views on their way to a screen; more would only be old ones when it gets to them (our choice, as to the painting thread). */
const IN_FLIGHT_MAX = 4

export function screenLink(tell: (said: GuardSaid) => void): ScreenLink {
  let sent: ScreenView | null = null
  let inFlight = 0
  let waiting: { readonly sequence: number; readonly view: ScreenView } | null = null
  const unhurried: GuardSaid[] = []

  function send(sequence: number, view: ScreenView): void {
    tell({ kind: 'view', sequence, changed: changedParts(sent, view) })
    sent = view
    inFlight += 1
  }

  return {
    offer(sequence, view) {
      if (inFlight < IN_FLIGHT_MAX) return send(sequence, view)
      const feeds = waiting === null ? view.feeds : mergedFeeds(waiting.view.feeds, view.feeds)
      waiting = { sequence, view: feeds === view.feeds ? view : { ...view, feeds } }
    },
    later: said => void unhurried.push(...said),
    taken() {
      inFlight = Math.max(0, inFlight - 1)
      const next = unhurried.shift()
      if (next) tell(next)
      if (waiting === null) return
      const { sequence, view } = waiting
      waiting = null
      send(sequence, view)
    },
  }
}
