import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fadingMap } from './fading-map.ts'

it('keeps each entry for its time, and the first of a key until then', () => {
  const clock = manualClock()
  const map = fadingMap<number>(clock, 1000)
  map.put('a', 1)
  clock.advance(999)
  map.put('a', 2)
  expect(map.get('a')).toBe(1)
  clock.advance(1)
  expect(map.get('a')).toBeUndefined()
  map.put('a', 3)
  expect(map.get('a')).toBe(3)
  map.clear()
  expect(map.get('a')).toBeUndefined()
})

it('remembers what a plain list with times would', () => {
  const act = fc.record({ key: fc.constantFrom('a', 'b', 'c'), waitMs: fc.integer({ min: 0, max: 1500 }) })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), acts => {
      const clock = manualClock()
      const map = fadingMap<number>(clock, 1000)
      const list: { readonly key: string; readonly value: number; readonly atMs: number }[] = []
      for (const [value, { key, waitMs }] of acts.entries()) {
        clock.advance(waitMs)
        const nowMs = clock.monotonicMs()
        const known = list.findLast(entry => entry.key === key && nowMs - entry.atMs < 1000)
        expect(map.get(key)).toBe(known?.value)
        expect(map.put(key, value)).toBe(known?.value)
        if (!known) list.push({ key, value, atMs: nowMs })
      }
    }),
  )
})
