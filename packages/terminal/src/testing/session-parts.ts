import type { DeskState } from '@scalpdesk/desk'
import { profileTable } from '../keys/key-table.ts'
import { SILENT } from '../session/outcome-signals.ts'
import type { Picture, Scene } from '../session/picture.ts'
import { NOTHING_REMEMBERED } from '../session/screen-memory.ts'
import type { PaintedFrame } from '../session/selection.ts'
import { sessionWords } from '../session/session-words.ts'
import { ENGLISH } from '../texts/english.ts'

/** A session as it is without settings, for whoever starts one by hand. */
export const PLAIN_SESSION = {
  environment: 'mock',
  texts: ENGLISH,
  words: sessionWords('en'),
  table: profileTable('scalper'),
  appearance: { language: 'en', theme: 'dark', layout: 'auto', timeFrame: 'ticks', isMotionReduced: false },
  remembered: NOTHING_REMEMBERED,
  remember() {},
  setup: {},
  disarmsOnFocusLoss: false,
  sounds: SILENT,
  player: null,
  recovered: null,
} as const

export interface UnseenPicture {
  readonly asPicture: Picture
  readonly state: DeskState | null
  readonly said: readonly string[]
  /** What would be drawn now. */
  readonly scene: Scene
  /** Frames reach the terminal only when {@link paint} is called, instead of at once. */
  hold(): void
  paint(): void
  /** Settles with the first state that fits, looking at the present one first. */
  until(fits: (state: DeskState) => boolean): Promise<void>
}

/** In the place of the screen: keeps what would be drawn, and takes it for painted. */
export function unseenPicture(chart: Picture['chart'] = () => {}): UnseenPicture {
  let state: DeskState | null = null
  let scene: (() => Scene) | null = null
  let painted: PaintedFrame | null = null
  let isHeld = false
  let look = (): void => {}
  const said: string[] = []
  const nothing = (): void => {}
  function sceneNow(): Scene {
    if (!scene) throw new Error('expected a session to have said what to show, but none has; start one')
    return scene()
  }
  function paint(): void {
    if (state && scene) painted = { state, look: sceneNow().look }
  }
  const asPicture: Picture = {
    show(next) {
      state = next
      if (!isHeld) paint()
      look()
    },
    wake() {
      if (!isHeld) paint()
    },
    scene(given) {
      scene = given
      if (!isHeld) paint()
    },
    chart,
    seed: nothing,
    notice: text => void said.push(text),
    ring: nothing,
    resize: nothing,
    redraw: nothing,
    onFrame: nothing,
    onPainted: nothing,
    get painted() {
      return painted
    },
    onTextMode: nothing,
    stop: nothing,
  }
  return {
    asPicture,
    get state() {
      return state
    },
    said,
    get scene() {
      return sceneNow()
    },
    hold() {
      isHeld = true
    },
    paint,
    until: fits =>
      new Promise(resolve => {
        look = () => {
          if (state === null || !fits(state)) return
          look = nothing
          resolve()
        }
        look()
      }),
  }
}
