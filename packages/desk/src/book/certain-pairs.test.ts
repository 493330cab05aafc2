import { expect, it } from 'vitest'
import { certainPairs } from './certain-pairs.ts'

/** Parts that are named by the rows that fit them; rows are alike that begin with the same letter. */
function pairsOf(parts: readonly string[], rows: readonly string[]) {
  const { pairs, taken, isAnyoneElses } = certainPairs({
    parts,
    rows,
    fits: (part, row) => part.split(' ').includes(row),
    areAlike: (one, other) => one[0] === other[0],
  })
  const left = rows.filter(row => !taken.rows.has(row))
  return { pairs: pairs.map(([part, row]) => `${part}: ${row}`).sort(), left, isAnyoneElses }
}

it('pairs a part with the only row that fits', () => {
  expect(pairsOf(['a'], ['a', 'b'])).toEqual({ pairs: ['a: a'], left: ['b'], isAnyoneElses: false })
})

it('leaves the row to the part that has no other', () => {
  expect(pairsOf(['a b', 'b'], ['a', 'b']).pairs).toEqual(['a b: a', 'b: b'])
})

it('pairs nothing where two rows fit that are not alike', () => {
  expect(pairsOf(['a b'], ['a', 'b'])).toEqual({ pairs: [], left: [], isAnyoneElses: true })
  expect(pairsOf(['a b', 'b a'], ['a', 'b'])).toEqual({ pairs: [], left: [], isAnyoneElses: false })
})

it('takes any of those that are alike, however many there are, and leaves the rest', () => {
  const rows = Array.from({ length: 40 }, (_, at) => `a${at}`)
  const parts = Array.from({ length: 39 }, (_, at) => [...rows.slice(at), ...rows.slice(0, at)].join(' '))
  const { pairs, left, isAnyoneElses } = pairsOf(parts, rows)
  expect([pairs.length, new Set(pairs.map(pair => pair.split(': ')[1])).size]).toEqual([39, 39])
  expect([left.length, isAnyoneElses]).toEqual([1, false])
})

it('waits while there are fewer rows than parts: whose is missing nobody knows', () => {
  expect(pairsOf(['a b', 'b a'], ['a'])).toEqual({ pairs: [], left: [], isAnyoneElses: false })
})

it('is sure of one where the others cannot be told apart', () => {
  expect(pairsOf(['a', 'a b c', 'b c'], ['a', 'b', 'c']).pairs).toEqual(['a: a'])
})
