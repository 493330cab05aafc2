import { median, spread } from './statistics.ts'

/** A goal that a bench decides. All of them are upper bounds. */
export interface Target {
  /** `O1`; the summary of `run.ts` finds verdicts by it. */
  readonly id: string
  readonly what: string
  readonly goal: number
  /** Better than asked for; not reaching it is no miss. */
  readonly stretch?: number
  readonly decimals?: number
}

/**
 * Prints what was measured and whether the median reaches the goal.
 * @param noise the largest factor between the floor and itself in the same run: a miss by less is none.
 */
export function judge(target: Target, values: readonly number[], noise = 1): void {
  const { id, what, goal, stretch, decimals = 2 } = target
  const measured = median(values)
  const isMissed = !(measured <= goal * noise)
  if (isMissed) process.exitCode = 1
  const verdict =
    measured <= goal ? 'met' : isMissed ? 'MISSED' : 'not missed: within what the floor differs from itself'
  const further = stretch === undefined ? '' : `; stretch <= ${stretch}: ${measured <= stretch ? 'met' : 'not met'}`
  const tolerance = noise === 1 ? '' : ` (the floor differs from itself by up to x${noise.toFixed(2)})`
  console.log(`${id} ${what}: ${spread(values, decimals)}; goal <= ${goal}: ${verdict}${further}${tolerance}`)
}
