import type { Clock } from '@scalpdesk/sdk'
import type { Screen } from '../screen/screen.ts'
import type { PastCandle, ScreenView, TimeFrame } from '../screen/view.ts'

export interface LastingScreenParts {
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** Called again when the painting thread dies. */
  readonly openScreen: () => Screen
  /** What is drawn on when the painting thread dies too often. */
  readonly openTextMode: () => Screen
  readonly onPainted: (sequence: number, atMs: number) => void
  /**
   * The one before died, and what it had shown is not on the terminal any more; numbers begin again. `text`: drawing failed too
   * often, and the screen is text from now on.
   */
  readonly onReplaced: (error: Error, by: 'screen' | 'text') => void
}

/** A screen that is opened again when its painter dies, with all that it was told of size and past. */
export interface LastingScreen {
  show(view: ScreenView): number
  resize(columns: number, rows: number): void
  /** Every cell is written anew. */
  redraw(): void
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void
  ring(): void
  /** Asks what the terminal has taken by now. */
  lookPainted(): void
  stopNow(): void
}

/** A painter that dies so often within a minute is not started again: nobody must stay in front of a dead picture (our choice). */
const DEATHS_A_MINUTE = 3
const MINUTE_MS = 60_000

export function lastingScreen(parts: LastingScreenParts): LastingScreen {
  const { clock } = parts
  const seeds = new Map<string, () => void>()
  let deathsMs: readonly number[] = []
  let size: { readonly columns: number; readonly rows: number } | null = null
  let screen = listenTo(parts.openScreen())

  function listenTo(opened: Screen): Screen {
    opened.onPainted(parts.onPainted)
    // Not within the call: a painter may have died before anybody listened.
    opened.onFailure(error => queueMicrotask(() => replace(error)))
    return opened
  }

  function replace(error: Error): void {
    const nowMs = clock.monotonicMs()
    deathsMs = [...deathsMs.filter(atMs => nowMs - atMs < MINUTE_MS), nowMs]
    screen.stopNow()
    if (deathsMs.length >= DEATHS_A_MINUTE) {
      screen = listenTo(parts.openTextMode())
      return parts.onReplaced(error, 'text')
    }
    screen = listenTo(parts.openScreen())
    if (size) screen.resize(size.columns, size.rows)
    for (const seed of seeds.values()) seed()
    parts.onReplaced(error, 'screen')
  }

  return {
    show: view => screen.show(view),
    resize(columns, rows) {
      size = { columns, rows }
      screen.resize(columns, rows)
    },
    redraw() {
      if (size) screen.resize(size.columns, size.rows)
    },
    seed(epic, timeFrame, candles) {
      const seed = (): void => screen.seed(epic, timeFrame, candles)
      seeds.set(`${epic} ${timeFrame}`, seed)
      seed()
    },
    ring: () => screen.ring(),
    lookPainted: () => screen.lookPainted(),
    stopNow: () => void screen.stopNow(),
  }
}
