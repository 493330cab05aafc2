import { expect, it } from 'vitest'
import { refusal } from '../../src/testing/after-screen.ts'
import { atBroker, died, READY, SHOWN, twoRuns } from './two-runs.ts'

/** One program trades on an account. */

it('keeps a second program out while the first runs, in words, and not once that was killed', async () => {
  await using runs = await twoRuns()
  const first = runs.startToDie('entry sent, no answer')
  await first.waitForScreen(/FLAT[\s\S]*READY/)
  const second = runs.startAgain()
  expect(await refusal(second, 1)).toContain(
    `expected to be the only one that trades on this account, but process ${first.processId}, since `,
  )
  runs.deals.hold()
  first.type('b')
  await died(first, 'entry sent, no answer')

  // What it left is taken over with the journal.
  const third = runs.startAgain()
  await third.waitForScreen(READY)
  await third.waitForScreen(SHOWN.checking)
  runs.deals.letGo()
  await third.waitForScreen('FILLED: BOUGHT')
  expect(atBroker(runs.broker)).toMatchObject({ opens: 1, closes: 0, positions: 1 })
  expect(runs.journal().filter(({ kind }) => kind === 'started')).toHaveLength(2)
})
