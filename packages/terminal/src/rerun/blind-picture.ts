import type { DeskState } from '@scalpdesk/desk'
import type { Clock } from '@scalpdesk/sdk'
import type { Picture, Scene } from '../session/picture.ts'
import type { PaintedFrame } from '../session/selection.ts'

/** Somebody who looks on: gets what there is to be seen, and has no say in what the session takes for seen. */
export type Onlooker = Omit<Picture, 'onFrame' | 'onPainted' | 'painted' | 'stop'>

/**
 * A picture whose frames are painted in the instant in which they are due: what the trader has seen depends on the session's
 * clock alone, not on how fast a terminal takes bytes.
 * @param onlooker the screen of the trader, where there is one.
 */
export function blindPicture(clock: Clock, onlooker: Onlooker | null): Picture {
  const frameListeners: (() => void)[] = []
  const paintedListeners: ((frame: PaintedFrame, atMs: number) => void)[] = []
  let state: DeskState | null = null
  let scene: (() => Scene) | null = null
  let painted: PaintedFrame | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  let due: { cancel(): void } | null = null

  /** Where nothing happens nothing is painted: nobody is there to see a price grow old. */
  function wake(): void {
    due ??= clock.at(Math.max(clock.monotonicMs(), lastMs + FRAME_MS), paint)
  }

  function paint(): void {
    due = null
    lastMs = clock.monotonicMs()
    for (const listener of frameListeners) listener()
    if (!state || !scene) return
    painted = { state, look: scene().look }
    for (const listener of paintedListeners) listener(painted, lastMs)
  }

  return {
    show(next) {
      state = next
      wake()
      onlooker?.show(next)
    },
    wake() {
      wake()
      onlooker?.wake()
    },
    scene(given) {
      scene = given
      wake()
      onlooker?.scene(given)
    },
    chart: quote => onlooker?.chart(quote),
    seed: (epic, timeFrame, candles) => onlooker?.seed(epic, timeFrame, candles),
    notice(text) {
      wake()
      onlooker?.notice(text)
    },
    ring: () => onlooker?.ring(),
    resize: (columns, rows) => onlooker?.resize(columns, rows),
    redraw: () => onlooker?.redraw(),
    onFrame: listener => void frameListeners.push(listener),
    onPainted: listener => void paintedListeners.push(listener),
    get painted() {
      return painted
    },
    onTextMode: listener => onlooker?.onTextMode(listener),
    stop: () => due?.cancel(),
  }
}

/** As often as the screen paints at most, in whole milliseconds. */
const FRAME_MS = 17
