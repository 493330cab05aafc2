import { expect, it } from 'vitest'
import { FuzzClient } from './testing/fuzz-client.ts'

it.each([1, 2, 3])('ten thousand mutated lines: no crash, no hang, no timer left (seed %i)', async seed => {
  const client = new FuzzClient(seed)
  await client.feed(10_000)
  const report = await client.close()
  expect(report.lines).toBe(10_000)
  // They did reach the decoder.
  expect(report.rows).toBeGreaterThan(1_000)
})
