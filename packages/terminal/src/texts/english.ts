import { ENGLISH_CHARTS } from './english/charts.ts'
import { ENGLISH_LINEAR } from './english/linear.ts'
import { ENGLISH_REPLAY } from './english/replay.ts'
import { ENGLISH_SCREEN } from './english/screen.ts'
import { ENGLISH_SESSION } from './english/session.ts'
import { ENGLISH_TRAINING } from './english/training.ts'

/**
 * Every word that the screen, drawn or as lines, the key trainer and a replay say of themselves. A figure comes in as text that is
 * final; a count as a number, for its plural.
 */
export const ENGLISH = {
  ...ENGLISH_SCREEN,
  charts: ENGLISH_CHARTS,
  session: ENGLISH_SESSION,
  linear: ENGLISH_LINEAR,
  training: ENGLISH_TRAINING,
  replay: ENGLISH_REPLAY,
}
