import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyRow, emptyItem, readRowHead } from './row.ts'

const known = () => {
  const item = emptyItem(4)
  applyRow('a|b|c|d', 0, item)
  return item
}

describe('a value list', () => {
  it.each([
    ['names every value', 'w|x|y|z', ['w', 'x', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['an empty token keeps the value', 'w||y|', ['w', 'b', 'y', 'd'], 'good', [1, 0, 1, 0]],
    ['# is null and $ is empty', '#|$|y|z', [null, '', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['^N keeps a run', '^3|z', ['a', 'b', 'c', 'z'], 'good', [0, 0, 0, 1]],
    ['a row may change nothing', '^4', ['a', 'b', 'c', 'd'], 'good', [0, 0, 0, 0]],
    ['a row of bars may change nothing', '|||', ['a', 'b', 'c', 'd'], 'good', [0, 0, 0, 0]],
    [
      'percent codes are decoded',
      '%23x|%24|a%7Cb%2520c,d ^e|%C3%A9',
      ['#x', '$', 'a|b%20c,d ^e', 'é'],
      'good',
      [1, 1, 1, 1],
    ],
    ['## and $$ are texts', '##|$$|y|z', ['##', '$$', 'y', 'z'], 'good', [1, 1, 1, 1]],
    ['a short row keeps the rest', 'w|x', ['w', 'x', 'c', 'd'], 'short', [1, 1, 0, 0]],
    ['a long row loses its end', 'w|x|y|z|!', ['w', 'x', 'y', 'z'], 'long', [1, 1, 1, 1]],
    ['a run past the end stops there', 'w|^9', ['w', 'b', 'c', 'd'], 'long', [1, 0, 0, 0]],
  ])('%s', (_title, row, values, outcome, changed) => {
    const item = known()
    expect(applyRow(row, 0, item)).toBe(outcome)
    expect(item.values).toEqual(values)
    expect([...item.changed]).toEqual(changed)
  })

  it.each(['^P[]|x|y|z', '^Tbd|x|y|z', '^|x|y|z', '%zz|x|y|z', '%E9|x|y|z'])('cannot be read: %s', row => {
    expect(applyRow(row, 0, known())).toBe('bad')
  })

  it.each(['|b|c|d', '^2|c|d', 'a|b', ''])('a first row must name every field: %s', row => {
    expect(applyRow(row, 0, emptyItem(4))).toBe('bad')
  })

  it('gives back what any encoder of the specification wrote', () => {
    const value = fc.option(fc.string({ unit: 'binary' }), { nil: null })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), values => {
        const item = emptyItem(values.length)
        expect(applyRow(values.map(encode).join('|'), 0, item)).toBe('good')
        expect(item.values).toEqual(values)
      }),
    )
  })

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.string(), row => void applyRow(row, 0, known())))
  })
})

describe('the head of a row', () => {
  it('has the subscription, the item and where the values start', () => {
    const head = { subId: 0, item: 0, from: 0 }
    expect(readRowHead('U,12,3,a|b', head)).toBe(true)
    expect(head).toEqual({ subId: 12, item: 3, from: 7 })
  })

  it.each(['U,', 'U,1', 'U,1,', 'U,1,2', 'U,,2,a', 'U,x,2,a', 'U,1,,a', 'U,1,2.5,a'])('cannot be read: %s', line => {
    expect(readRowHead(line, { subId: 0, item: 0, from: 0 })).toBe(false)
  })
})

/** TLCP specification, "Data updates": the shortest encoding. Independent of the decoder. */
function encode(value: string | null): string {
  if (value === null) return '#'
  if (value === '') return '$'
  const text = value.toWellFormed().replace(/[%|\r\n]/g, encodeURIComponent)
  return /^[#$^]/.test(text) ? `%${text.charCodeAt(0).toString(16)}${text.slice(1)}` : text
}
