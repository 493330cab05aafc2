import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { goldenDay } from './golden-day.ts'

it('is lived through exactly as it is written down, event by event', async () => {
  const stored = JSON.parse(await readFile(new URL('golden-day.json', import.meta.url), 'utf8'))
  const lived = goldenDay()
  // The first that differs says between which inputs to look.
  expect(lived.waypoints).toEqual(stored.waypoints)
  expect(lived).toEqual(stored)
})
