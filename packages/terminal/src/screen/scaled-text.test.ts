import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scaledFromText, textFromScaled } from './scaled-text.ts'

it.each([
  ['1.08521', 5, 108521],
  ['1.0852', 5, 108520],
  ['24123', 1, 241230],
  ['-0.5', 1, -5],
  ['1.0852100', 5, 108521],
  ['1.085215', 5, null],
  ['1,085.2', 5, null],
  ['', 2, null],
  ['–', 2, null],
  ['99999999999999999', 2, null],
])('reads %j with %d decimals as %s', (text, decimals, value) => {
  expect(scaledFromText(text, decimals)).toBe(value)
})

it('gives back the very number that it wrote', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(8), (value, decimals) => {
      expect(scaledFromText(textFromScaled(value, decimals), decimals)).toBe(value === 0 ? 0 : value)
    }),
  )
})
