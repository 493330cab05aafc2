import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printable, printableJson } from './printable.ts'

it('shows control characters instead of obeying them, and leaves text as it is', () => {
  expect(printable('Gold\x1b[2J\u202e é 金')).toBe('Gold\\u{1b}[2J\\u{202e} é 金')
})

it('writes them into JSON as escapes, and leaves text as it is', () => {
  expect(printableJson({ name: 'Gold\x1b[2J\x9b2J\u202e\u{e0001} é 金' })).toBe(
    '{"name":"Gold\\u001b[2J\\u009b2J\\u202e\\udb40\\udc01 é 金"}',
  )
})

const TEXT = fc.string({ unit: 'binary', maxLength: 12 })

it('gives back any document as it was to who reads the JSON, with nothing in it that a terminal obeys', () => {
  fc.assert(
    fc.property(fc.dictionary(TEXT, TEXT), document => {
      const line = printableJson(document)
      expect(JSON.parse(line)).toEqual(document)
      expect(printable(line)).toBe(line)
    }),
  )
})
