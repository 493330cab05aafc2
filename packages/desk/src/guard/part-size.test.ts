import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Part, partSize } from './part-size.ts'
import { d } from './testing/guard-fixtures.ts'

const steps = { minSize: d('0.5'), sizeStep: d('0.1') }

it.each<[string, string, Part, string]>([
  ['all of it', '3', 'all', '3'],
  ['a half', '3', 'half', '1.5'],
  ['a quarter, down to the step', '3', 'quarter', '0.7'],
  ['a size, down to the step', '3', { size: d('1.29') }, '1.2'],
  ['the smallest size when the part is smaller', '1.5', 'quarter', '0.5'],
  ['everything when the rest would be too small to close', '0.9', 'half', '0.9'],
  ['everything when less than the smallest size is held', '0.3', 'quarter', '0.3'],
  ['never more than is held', '1', { size: d(5) }, '1'],
])('closes %s', (_, held, part, size) => {
  expect(partSize(d(held), part, steps)?.toFixed()).toBe(size)
})

it('takes multiples of the smallest size where the step is not known', () => {
  expect(partSize(d(3), 'half', { minSize: d('0.4'), sizeStep: null })?.toFixed()).toBe('1.2')
})

it('divides as it is asked to where the market is not known', () => {
  expect(partSize(d('0.3'), 'quarter', null)?.toFixed()).toBe('0.075')
})

it.each([d(0), d(-1), new Decimal(Number.NaN), new Decimal(Number.POSITIVE_INFINITY)])('is no part: %s', size => {
  expect(partSize(d(1), { size }, steps)).toBeNull()
})

const figure = fc.integer({ min: 1, max: 100_000 }).map(units => new Decimal(units).div(100))
const part: fc.Arbitrary<Part> = fc.oneof(fc.constantFrom('all', 'half', 'quarter'), fc.record({ size: figure }))

it('is always more than nothing and never more than what is held', () => {
  fc.assert(
    fc.property(
      figure,
      part,
      fc.option(fc.record({ minSize: figure, sizeStep: fc.option(figure) })),
      (held, of, rules) => {
        const size = partSize(held, of, rules)
        expect(size?.gt(0) && size.lte(held)).toBe(true)
      },
    ),
  )
})
