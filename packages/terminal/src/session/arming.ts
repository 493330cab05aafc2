import { type DeskState, lockMessage } from '@scalpdesk/desk'
import type { ArmingView, ScreenView } from '../screen/view.ts'
import type { SessionWords } from './session-words.ts'

export type Environment = ScreenView['environment']

/** Whether entries are sent from the first key on: made-up money only. */
export const startsArmed = (environment: Environment): boolean => environment === 'mock'

/** Real money is armed by a sentence that has to be typed, once a session. */
export const needsConfirmation = (environment: Environment): boolean => environment === 'live'

/** What has to be typed before real money is armed: our choice, nothing that a hand does by itself. */
export const LIVE_SENTENCE = 'TRADE LIVE'

/** Why entries are off, as far as the session knows; the desk itself says whether they are. */
export type DisarmedBecause = 'start' | 'trader' | 'focus' | 'drawing' | 'screen'

/** The state in a word and a reason, for the screen. */
export function armingView(
  { isArmed, memory: { lock } }: Pick<DeskState, 'isArmed' | 'memory'>,
  because: DisarmedBecause,
  words: Pick<SessionWords, 'arming' | 'desk'>,
): ArmingView {
  if (lock) return { kind: 'locked', why: words.desk(lockMessage(lock)) }
  return isArmed ? ARMED : { kind: 'disarmed', why: words.arming[because] }
}

const ARMED: ArmingView = { kind: 'armed' }
