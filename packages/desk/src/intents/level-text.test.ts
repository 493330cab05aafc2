import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { levelText } from './level-text.ts'

it('writes what Decimal.toFixed() writes', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 12 }), (units, decimals) => {
      expect(levelText(units, decimals)).toBe(new Decimal(`${units}e-${decimals}`).toFixed())
    }),
  )
})

it.each([
  [0, 5, '0'],
  [-0, 2, '0'],
  [100_000, 5, '1'],
  [-5, 1, '-0.5'],
  [250_010, 2, '2500.1'],
  [7, 0, '7'],
])('%s at %s decimals is %s', (units, decimals, text) => {
  expect(levelText(units, decimals)).toBe(text)
})
