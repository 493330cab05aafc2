import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineReader, nextLine } from './line-reader.ts'

const linesOf = (chunks: readonly Uint8Array[]): string[] => {
  const lines: string[] = []
  const reader = new LineReader()
  for (const chunk of chunks) {
    reader.push(chunk, (bytes, start, end) => {
      let at = start
      while (at < end) {
        const next = nextLine(bytes, at, end)
        lines.push(Buffer.from(bytes.subarray(at, next - 2)).toString())
        at = next
      }
    })
  }
  return lines
}

/** Cuts bytes at places of a property's choice. */
function cut(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const ends = [...cuts, bytes.length].map(end => Math.min(end, bytes.length)).sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

it('gives the same lines wherever the bytes are cut, characters included', () => {
  const line = fc
    .string({ unit: 'binary', minLength: 1 })
    .map(text => text.toWellFormed())
    .filter(text => !/\r\n|\r$|^\n/.test(text))
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(400)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map(each => `${each}\r\n`).join(''))
      expect(linesOf(cut(bytes, cuts))).toEqual(lines)
    }),
  )
})

it('ends a line at CR LF only', () => {
  expect(linesOf([Buffer.from('a\nb\rc\r\n\r\nd\r'), Buffer.from('\n')])).toEqual(['a\nb\rc', '', 'd'])
})

it('hands on whole lines where they are, without a copy', () => {
  const chunk = Buffer.from('a\r\nb\r\n')
  const seen: Uint8Array[] = []
  new LineReader().push(chunk, bytes => seen.push(bytes))
  expect(seen).toEqual([chunk])
  expect(seen[0]).toBe(chunk)
})

it('refuses a line without end, also one that comes byte by byte', () => {
  expect(() => new LineReader(10).push(Buffer.from('x'.repeat(11)), () => {})).toThrow(RangeError)
  const reader = new LineReader(10)
  const push = () => {
    for (let count = 0; count < 11; count++) reader.push(Buffer.from('x'), () => {})
  }
  expect(push).toThrow(RangeError)
})
