import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lineSplitter } from './line-splitter.ts'

const linesOf = (chunks: readonly string[]): string[] => {
  const lines: string[] = []
  const splitter = lineSplitter()
  for (const chunk of chunks) splitter.push(chunk, line => lines.push(line))
  return lines
}

it('gives the same lines wherever the text is cut', () => {
  const line = fc.string({ minLength: 1 }).filter(text => !/[\r\n]/.test(text))
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(400)), (lines, cuts) => {
      const text = lines.map(each => `${each}\r\n`).join('')
      const ends = [...cuts, text.length].map(cut => Math.min(cut, text.length)).sort((a, b) => a - b)
      const chunks = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))
      expect(linesOf(chunks)).toEqual(lines)
    }),
  )
})

it('ends a line at CR LF only, and drops empty ones', () => {
  expect(linesOf(['a\nb\rc\r\n\r\nd\r', '\n'])).toEqual(['a\nb\rc', 'd'])
})

it('refuses a line without end', () => {
  const splitter = lineSplitter(10)
  expect(() => splitter.push('x'.repeat(11), () => {})).toThrow(RangeError)
})
