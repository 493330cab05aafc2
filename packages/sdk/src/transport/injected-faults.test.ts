import { expect, it } from 'vitest'
import { injectFaults } from '../testing/inject-faults.ts'

it.each([1, 2, 3])('an order is sent once and told truly, whatever happens to 500 of them (seed %i)', async seed => {
  const report = await injectFaults({ orders: 500, seed })
  expect(report).toMatchObject({
    seenTwice: [],
    unsentButSeen: [],
    acknowledgedButUnseen: [],
    rejectedButBooked: [],
    neverTold: [],
  })
  expect(report.acknowledged + report.rejected + report.unknown + report.unsent).toBe(500)
  // Of each outcome there is enough for the rest to mean something.
  for (const count of [report.acknowledged, report.rejected, report.unknown, report.unsent]) {
    expect(count).toBeGreaterThan(5)
  }
  // What is neither unsent nor seen was lost on a connection that had just been reset: few.
  expect(report.seen).toBeGreaterThan(0.9 * (500 - report.unsent))
})
