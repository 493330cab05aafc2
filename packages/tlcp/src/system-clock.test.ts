import { expect, it } from 'vitest'
import { systemClock } from './system-clock.ts'

it('does not run at once what is due in ages', async () => {
  let hasRun = false
  const timer = systemClock.at(systemClock.monotonicMs() + 1e12, () => {
    hasRun = true
  })
  await new Promise<void>(resolve => systemClock.at(systemClock.monotonicMs() + 20, resolve))
  timer.cancel()
  expect(hasRun).toBe(false)
})
