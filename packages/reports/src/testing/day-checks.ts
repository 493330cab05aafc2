import { Decimal } from '@scalpdesk/sdk'
import { changeOf } from '../bridge/balance-bridge.ts'
import type { Report } from '../report.ts'
import { reportOf } from '../report-of.ts'
import type { MadeDay } from './engine-year.ts'

/** What is wrong with the report of a made day, by the engine's own books; empty: nothing. Tests only. */
export function dayProblems(
  { day, facts, change, truth }: MadeDay,
  report: Report = reportOf(facts),
): readonly string[] {
  const { bridge, findings } = report
  const of = (...causes: readonly string[]) =>
    sum(bridge.parts.filter(({ cause }) => causes.includes(cause)).map(({ amount }) => amount))
  const charged = (cause: string) => truth.charges.get(cause) ?? new Decimal(0)
  const isEuro = facts.account.currency === 'EUR'
  const pairs: readonly (readonly [string, Decimal, Decimal])[] = [
    ['sum of parts', changeOf(bridge), change],
    ['closing less opening', (bridge.closing ?? ZERO).minus(bridge.opening ?? ZERO), change],
    ['results', of('price', 'spread', 'slippage', 'conversion', 'result'), truth.results.minus(truth.converted)],
    // Rates against the euro are exact at the engine; those of other pairs have five decimals, which moves single cents.
    ['conversion', isEuro ? of('conversion') : ZERO, isEuro ? truth.converted.negated() : ZERO],
    ['commission', of('commission'), charged('commission')],
    ['funding', of('funding'), charged('overnight-funding')],
    ['guaranteed stops', of('guaranteed-stop'), charged('guaranteed-stop-premium')],
    ['paid in and else', of('deposit', 'withdrawal', 'dividend', 'correction', 'other'), truth.paidIn],
    ['days', sum(report.days.map(line => line.change)), change.minus(of('deposit', 'withdrawal'))],
  ]
  const wrong = pairs.filter(([, ours, theirs]) => !ours.eq(theirs))
  const expected = new Set(['small-sample', 'missing-in-journal'])
  return [
    ...wrong.map(([what, ours, theirs]) => `${day}, ${what}: expected ${theirs.toFixed()}, but got ${ours.toFixed()}`),
    ...findings.filter(({ kind }) => !expected.has(kind)).map(({ kind, words }) => `${day}, ${kind}: ${words}`),
  ]
}

const ZERO = new Decimal(0)

const sum = (amounts: readonly Decimal[]): Decimal => amounts.reduce((total, amount) => total.plus(amount), ZERO)
