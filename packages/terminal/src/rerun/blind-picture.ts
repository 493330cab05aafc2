import type { DeskState } from '@scalpdesk/desk'
import type { Clock } from '@scalpdesk/sdk'
import { startFramePump } from '../session/frame-pump.ts'
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
  const pump = startFramePump(clock, atMs => {
    for (const listener of frameListeners) listener()
    if (!state || !scene) return
    painted = { state, look: scene().look }
    for (const listener of paintedListeners) listener(painted, atMs)
  })
  return {
    show(next) {
      state = next
      pump.wake()
      onlooker?.show(next)
    },
    wake() {
      pump.wake()
      onlooker?.wake()
    },
    scene(given) {
      scene = given
      pump.wake()
      onlooker?.scene(given)
    },
    chart: quote => onlooker?.chart(quote),
    seed: (epic, timeFrame, candles) => onlooker?.seed(epic, timeFrame, candles),
    notice(text) {
      pump.wake()
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
    stop: () => pump.stop(),
  }
}
