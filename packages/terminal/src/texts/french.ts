import { FRENCH_CHARTS } from './french/charts.ts'
import { FRENCH_LINEAR } from './french/linear.ts'
import { FRENCH_REPLAY } from './french/replay.ts'
import { FRENCH_SCREEN } from './french/screen.ts'
import { FRENCH_SESSION } from './french/session.ts'
import { FRENCH_TRAINING } from './french/training.ts'
import type { Texts } from './texts.ts'

export const FRENCH: Texts = {
  ...FRENCH_SCREEN,
  charts: FRENCH_CHARTS,
  session: FRENCH_SESSION,
  linear: FRENCH_LINEAR,
  training: FRENCH_TRAINING,
  replay: FRENCH_REPLAY,
}
