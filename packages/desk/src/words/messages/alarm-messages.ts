import type { AlarmKind } from '../../guard/watchdogs/alarm.ts'
import type { HeldText, PositionText } from '../things.ts'

/** What the watchdogs see, and that it is over. */
export interface AlarmMessages {
  'no-stop': { readonly position: PositionText; readonly isWanted: boolean }
  'stop-not-known': { readonly position: PositionText }
  'not-ours': { readonly position: PositionText }
  'order-not-ours': { readonly held: HeldText }
  'stop-removed': { readonly position: PositionText; readonly was: string | null }
  'stop-moved-away': { readonly position: PositionText; readonly was: string | null; readonly level: string }
  'resting-while-locked': { readonly count: number }
  'margin-low': { readonly percent: string; readonly leastPercent: string }
  'clock-skew': { readonly seconds: string; readonly isAhead: boolean }
  'silent-feed': { readonly seconds: number }
  'alarm-over': { readonly alarm: AlarmKind }
}
