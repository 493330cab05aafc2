import { expect, it } from 'vitest'
import { PaintedMark } from './painted-mark.ts'

it('tells the last frame that was noted, to whoever shares its memory', () => {
  const mark = new PaintedMark()
  const other = new PaintedMark(mark.memory)
  expect(other.read()).toBeNull()
  mark.note(1, 1_700_000_000_000.25)
  mark.note(7, 1_700_000_000_016.5)
  expect(other.read()).toEqual({ sequence: 7, atMs: 1_700_000_000_016.5 })
})
