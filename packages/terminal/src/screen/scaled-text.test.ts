import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestUnits, scaledFromText, sumOfTexts, textFromScaled } from './scaled-text.ts'

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

it.each([
  ['1.08521', 5, 108521],
  ['1.08521', 6, 1085210],
  ['1.085215', 5, 108522],
  ['1.085214', 5, 108521],
  ['-0.5', 0, 0],
  ['-0.6', 0, -1],
  ['none', 2, null],
])('places %j with %d decimals at %s', (text, decimals, units) => {
  const placed = nearestUnits(text, decimals)
  expect(placed === null ? null : placed + 0).toBe(units)
})

it.each([
  [['1', '0.25', '-0.5'], '0.75'],
  [['0.1', '0.2'], '0.3'],
  [[], '0'],
  [['1', 'much'], null],
  [['9007199254740991', '1'], null],
])('adds %j up to %s', (texts, sum) => {
  expect(sumOfTexts(texts)).toBe(sum)
})
