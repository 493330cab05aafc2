import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyTextDiff } from './text-diff.ts'

// TLCP specification, "TLCP-diff".

it.each([
  ['foobar', 'bdzapcd', 'fzapbar'],
  ['fzapbar', 'Adaab', 'fzap'],
  ['foobar', '', ''],
  ['foobar', 'g', 'foobar'],
  ['foobar', 'acne', 'ne'],
  ['foobar', 'dacb', 'foor'],
  ['x'.repeat(30), 'Ba', 'x'.repeat(26)],
])('%s with %s is %s', (old, diff, expected) => {
  expect(applyTextDiff(old, diff)).toBe(expected)
})

it.each([
  ['copies more than there is', 'abc', 'd!'],
  ['adds more than it brings', 'abc', 'bdx'],
  ['deletes more than there is', 'abc', 'baz'],
  ['a number that does not end', 'abc', 'AB'],
  ['no number', 'abc', '7'],
  ['a number beyond all lengths', 'abc', 'ZZZZZZZZZZZZZZZZZZZZa'],
])('does not fit: %s', (_title, old, diff) => {
  expect(applyTextDiff(old, diff)).toBeNull()
})

it('gives back what an encoder made', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(20), fc.nat(20), (old, text, copied, deleted) => {
      const head = old.slice(0, copied)
      const rest = old.slice(head.length + deleted)
      const gone = old.length - head.length - rest.length
      const diff = `${number(head.length)}${number(text.length)}${text}${number(gone)}${number(rest.length)}`
      expect(applyTextDiff(old, diff)).toBe(head + text + rest)
    }),
  )
})

it('never throws', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (old, diff) => void applyTextDiff(old, diff)))
})

/** Base 26, the last digit in lower case. */
function number(value: number): string {
  const last = String.fromCharCode(0x61 + (value % 26))
  let high = ''
  for (let rest = Math.floor(value / 26); rest > 0; rest = Math.floor(rest / 26)) {
    high = String.fromCharCode(0x41 + (rest % 26)) + high
  }
  return high + last
}
