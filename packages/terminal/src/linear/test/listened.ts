import { manualClock } from '@scalpdesk/testkit'
import type { ScreenView } from '../../screen/view.ts'
import { type LinearScreenOptions, startLinearScreen } from '../linear-screen.ts'
import { linearTextsOf } from '../linear-texts.ts'

/** A linear screen on a clock of its own, and what it has said. */
export function listened(options: Partial<LinearScreenOptions> = {}) {
  const clock = manualClock()
  let said = ''
  const screen = startLinearScreen({
    write: text => {
      said += text
    },
    texts: linearTextsOf('en'),
    clock,
    ...options,
  })
  /** What was said since the last time. */
  const since = (): readonly string[] => {
    const lines = said.split('\n').slice(0, -1)
    said = ''
    return lines
  }
  return {
    screen,
    clock,
    since,
    /** Shows a view after some time. @returns what was said for it */
    hear(view: ScreenView, afterMs = 16): readonly string[] {
      clock.advance(afterMs)
      screen.show(view)
      return since()
    },
  }
}
