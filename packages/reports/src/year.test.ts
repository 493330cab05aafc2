import { describe, expect, it } from 'vitest'
import { dayProblems } from './testing/day-checks.ts'
import { engineYear } from './testing/engine-year.ts'

/** The short form of `pnpm report-year`: the same year, thinner. */
const YEAR = { seed: 7, deals: 1_500, from: '2026-01-01', days: 365, elsewhere: 0.3 } as const

/** A second of work on a machine with nothing else to do. */
const LONG_MS = 120_000

describe.each([
  ['EUR', 'Europe/Paris'],
  ['GBP', 'America/New_York'],
] as const)('a generated year of an account in %s in %s', (currency, zone) => {
  it(
    'adds up to the change of the balance, to the cent, every day, with every cause as the engine booked it',
    () => {
      const problems: string[] = []
      let closes = 0
      for (const day of engineYear({ ...YEAR, currency, zone })) {
        problems.push(...dayProblems(day))
        closes += day.truth.closes
      }
      expect(problems).toEqual([])
      expect(closes).toBeGreaterThan(1_200)
    },
    LONG_MS,
  )
})
