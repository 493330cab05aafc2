import { expect, it } from 'vitest'
import { listOf, maybe, mismatches, number, orNull, type Shape, text } from './json-shape.ts'

const shape: Shape = { id: text, deals: listOf({ level: orNull(number) }), legs: maybe({ stop: number }) }
const right = { id: 'a', deals: [{ level: 1 }, { level: null }], legs: null }

it('finds nothing to say about a value of its shape', () => {
  expect(mismatches(right, shape)).toEqual([])
  expect(mismatches({ ...right, legs: { stop: 2 } }, shape)).toEqual([])
})

it.each([
  ['a key that is missing', { deals: right.deals, legs: null }, 'expected the answer.id, but it is missing'],
  ['a key too many', { ...right, extra: 1 }, 'expected nothing at the answer.extra, but got 1'],
  ['another kind', { ...right, id: 7 }, 'expected a text at the answer.id, but got 7'],
  [
    'an element of another kind',
    { ...right, deals: [{ level: 1 }, { level: '2' }] },
    'expected a number or null at the answer.deals[1].level, but got "2"',
  ],
  ['too few elements', { ...right, deals: [] }, 'expected at least 1 elements at the answer.deals, but got 0'],
  ['no object', null, 'expected an object at the answer, but got null'],
  ['an inner object that is wrong', { ...right, legs: {} }, 'expected an object of its shape, or null'],
])('tells of %s', (_what, value, sentence) => {
  expect(mismatches(value, shape).join()).toContain(sentence)
})
