import type { Random } from '@scalpdesk/sdk'
import type { KeyAction } from '../keys/key-action.ts'

/** What a trader is asked to do. */
export type DrillAction = Extract<KeyAction, 'buy' | 'sell' | 'flatten' | 'close-half' | 'breakeven'>

export interface Drill {
  readonly asked: DrillAction
  /** How long nothing is asked before. */
  readonly waitMs: number
}

/** Everything that can be asked. */
export const DRILL_ACTIONS: readonly DrillAction[] = ['buy', 'sell', 'flatten', 'close-half', 'breakeven']

export const isDrillAction = (text: string): text is DrillAction => DRILL_ACTIONS.some(action => action === text)

/** Sides most of all: that is where a slip costs most (our choice). */
const SHARES: readonly (readonly [DrillAction, number])[] = [
  ['buy', 35],
  ['sell', 35],
  ['flatten', 14],
  ['close-half', 8],
  ['breakeven', 8],
]
/** Long enough not to be guessed, and short enough to stay awake (our choice). */
const SHORTEST_WAIT_MS = 700
const LONGEST_WAIT_MS = 2_200

/** The drills of a run: the random numbers alone decide them. */
export function drillPlan(random: Random, count: number): readonly Drill[] {
  return Array.from({ length: count }, () => ({
    asked: pick(random),
    waitMs: Math.round(SHORTEST_WAIT_MS + random.next() * (LONGEST_WAIT_MS - SHORTEST_WAIT_MS)),
  }))
}

function pick(random: Random): DrillAction {
  let point = random.next() * SHARES.reduce((sum, [, share]) => sum + share, 0)
  for (const [action, share] of SHARES) {
    point -= share
    if (point < 0) return action
  }
  return 'buy'
}
