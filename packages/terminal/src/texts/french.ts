import { FRENCH_CHARTS } from './french/charts.ts'
import { FRENCH_LINEAR } from './french/linear.ts'
import { FRENCH_SCREEN } from './french/screen.ts'
import { FRENCH_SESSION } from './french/session.ts'
import type { Texts } from './texts.ts'

export const FRENCH: Texts = {
  ...FRENCH_SCREEN,
  charts: FRENCH_CHARTS,
  session: FRENCH_SESSION,
  linear: FRENCH_LINEAR,
}
