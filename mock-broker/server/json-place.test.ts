import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonPlaces, placeAt } from './json-place.ts'

it('counts lines and columns from one', () => {
  expect([0, 2, 3, 5].map(offset => placeAt('ab\ncd\n', offset))).toEqual([
    'line 1, column 1',
    'line 1, column 3',
    'line 2, column 1',
    'line 2, column 3',
  ])
})

it.each([
  ['[1,\n  oops]', 'line 2, column 3'],
  ['[1,\n  {"a": 1', 'line 2, column 10'],
  ['', 'line 1, column 1'],
  ['[1] 2', 'line 1, column 5'],
  ['[1,]', 'line 1, column 4'],
  ['{"a":1,}', 'line 1, column 8'],
  ['{"a" 1}', 'line 1, column 6'],
  ['["a\nb"]', 'line 1, column 2'],
  ['[01]', 'line 1, column 3'],
  ['[}', 'line 1, column 2'],
])('says where %j stops being JSON', (text, place) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(placeAt(text, jsonPlaces(text).brokenAt ?? -1)).toBe(place)
})

it('finds where every element of a list begins, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (values, indent) => {
      const text = JSON.stringify(values, null, indent)
      const { brokenAt, elements } = jsonPlaces(text)
      expect(brokenAt).toBe(null)
      const written = JSON.stringify(values.map(value => JSON.stringify(value)[0]))
      expect(JSON.stringify(elements.map(at => text[at]))).toBe(written)
    }),
  )
})

it('agrees with JSON.parse on what is JSON, wherever it breaks off', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), (json, somewhere, junk) => {
      const cut = somewhere % (json.length + 1)
      const text = json.slice(0, cut) + junk + json.slice(cut)
      expect([text, jsonPlaces(text).brokenAt === null]).toEqual([text, isJson(text)])
    }),
  )
})
