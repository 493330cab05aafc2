import { type DeskUnderTest, REAL_DESK } from './program.ts'
import { type Failure, play, shrink } from './simulate.ts'
import { stepWords } from './step.ts'

/** What a person needs to see of a session that went wrong: the fewest steps that do it, and all that happened then. */
export function failureReport(failure: Failure, desk: DeskUnderTest = REAL_DESK): string {
  const { seed } = failure.plan
  const least = shrink(failure, desk)
  const lines: string[] = []
  play(least.plan, line => lines.push(line), desk)
  const { mode, listLagMs, cash } = least.plan
  return [
    `seed ${seed}: ${failure.words}`,
    `${least.plan.steps.length} of ${failure.plan.steps.length} steps are needed, in ${mode} mode with ${cash} euros and lists that are ${listLagMs} ms late:`,
    ...least.plan.steps.map(step => `  ${stepWords(step)}`),
    'what happened then:',
    ...lines.map(line => `  ${line}`),
    `again: pnpm simulate --seed ${seed} --runs 1 --trace`,
  ].join('\n')
}
