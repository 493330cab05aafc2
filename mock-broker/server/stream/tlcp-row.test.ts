import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeArgument, encodeRow, type RowValue } from './tlcp-row.ts'

/** A decoder written from the specification for this test, to judge the encoder by. */
function decode(row: string, before: readonly (string | null)[]): (string | null)[] {
  const after = [...before]
  let field = 0
  for (const token of row.split('|')) {
    if (token === '') field++
    else if (/^\^\d+$/.test(token)) field += Number(token.slice(1))
    else after[field++] = token === '#' ? null : token === '$' ? '' : decodeURIComponent(token)
  }
  expect(field).toBe(before.length)
  return after
}

const value = fc.option(
  fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('#', '$', '^', '|', '%', '\r', '\n', ',', '7', 'é') })),
)

it('survives a round trip for any values, changed or not', () => {
  const row = fc.array(fc.tuple(value, value, fc.boolean()), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(row, fields => {
      const before = fields.map(([old]) => old)
      const sent = fields.map(([, now, isChanged]): RowValue => (isChanged ? now : undefined))
      const after = fields.map(([old, now, isChanged]) => (isChanged ? now : old))
      const text = encodeRow(sent)
      expect(text).not.toMatch(/[\r\n]/)
      expect(decode(text, before)).toEqual(after)
    }),
  )
})

it.each<[readonly RowValue[], string]>([
  [['1.1', null, '', 'x'], '1.1|#|$|x'],
  [['1.1', undefined, 'x'], '1.1||x'],
  [[undefined, undefined, 'x', undefined, undefined, undefined], '^2|x|^3'],
  [[undefined, undefined], '^2'],
  [['#x', '$', 'a|b%20c,d ^e'], '%23x|%24|a%7Cb%2520c,d ^e'],
  [['^3'], '%5E3'],
])('writes %j as the specification has it', (values, text) => {
  expect(encodeRow(values)).toBe(text)
})

it('encodes commas in the text of other lines', () => {
  expect(encodeArgument('failed, 100% sure')).toBe('failed%2C 100%25 sure')
})
