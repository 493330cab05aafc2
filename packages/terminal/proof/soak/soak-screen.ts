import type { Clock } from '@scalpdesk/sdk'
import { type SeenTerminal, seenTerminal } from '@scalpdesk/testkit'
import { Painting } from '../../src/screen/painting.ts'
import type { Screen } from '../../src/screen/screen.ts'
import type { ScreenView } from '../../src/screen/view.ts'
import { changedParts, withChanges } from '../../src/screen/view-changes.ts'

/** The screen in this process: what the painting thread keeps and does, on a terminal that nobody sees. What lies over the panes is laid out by rows, without Ink. */
export interface SoakScreen extends Screen {
  /** Frames that have been drawn. */
  readonly frames: number
  /** What a person would see once all of it is drawn. */
  seen(): Promise<string>
}

const SIZE = { columns: 120, rows: 36 }

export function soakScreen(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>): SoakScreen {
  const terminal: SeenTerminal = seenTerminal(SIZE.columns, SIZE.rows)
  const painting = new Painting({ ...SIZE, useColour: true })
  const paintedListeners: ((sequence: number, atMs: number) => void)[] = []
  let sent: ScreenView | null = null
  let taken: ScreenView | null = null
  let frames = 0
  let told = 0

  return {
    show(view) {
      // As between two threads: nothing of a view is shared.
      taken = withChanges(taken, structuredClone(changedParts(sent, view)))
      sent = view
      painting.take(taken, clock.monotonicMs())
      terminal.write(painting.frame(clock.monotonicMs()))
      frames += 1
      return frames
    },
    lookPainted() {
      if (told === frames) return
      told = frames
      for (const listener of paintedListeners) listener(told, clock.nowMs())
    },
    resize(columns, rows) {
      terminal.resize(columns, rows)
      painting.resize(columns, rows)
    },
    seed: (epic, timeFrame, candles) => painting.seed(epic, timeFrame, structuredClone(candles)),
    ring() {},
    stopNow: () => true,
    onFailure() {},
    onPainted: listener => void paintedListeners.push(listener),
    get frames() {
      return frames
    },
    async seen() {
      await terminal.drawn()
      return terminal.screen()
    },
  }
}
