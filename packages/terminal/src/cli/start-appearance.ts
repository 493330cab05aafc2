import type { Appearance } from '../screen/view.ts'
import type { Environment } from '../session/arming.ts'
import type { Remembered } from '../session/screen-memory.ts'
import type { FoundSettings } from '../settings/found-settings.ts'

/** What was switched to on the screen is as it was left; the rest is as the settings say. */
export function appearanceOf({ screen }: FoundSettings, { layout, timeFrame }: Remembered): Appearance {
  return {
    language: screen.language,
    theme: screen.theme,
    layout: layout ?? screen.layout,
    timeFrame: timeFrame ?? screen.timeFrame,
    isMotionReduced: screen.reducedMotion,
  }
}

/** As the settings say, else where real money is at stake. */
export function disarmsOnFocusLoss({ keys, from }: FoundSettings, environment: Environment): boolean {
  const isSaid = from.placeOf(['keys', 'disarmOnFocusLoss']) !== null
  return isSaid ? keys.disarmOnFocusLoss : environment === 'live'
}
