import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TypedEvent, typedLines } from './typed-line.ts'

function typed(...chunks: readonly string[]): readonly TypedEvent[] {
  const lines = typedLines()
  return chunks.flatMap(chunk => lines.take(Buffer.from(chunk)))
}

const lines = (...chunks: readonly string[]) =>
  typed(...chunks).flatMap(event => (event.kind === 'line' ? [event.text] : []))
const unknownKeys = (text: string) => typed(text).filter(({ kind }) => kind === 'unknown-key').length

describe('a typed line', () => {
  it.each([
    ['ends with Enter', 'secret\r', ['secret']],
    ['ends with a line feed', 'secret\n', ['secret']],
    ['may be empty', '\r', ['']],
    ['may hold any letters', 'pä sswörd🙂\r', ['pä sswörd🙂']],
    ['loses its last character by Backspace', 'secrex\x7ft\r', ['secret']],
    ['loses a whole visible character by Backspace', 'a👩‍👩‍👧\x7fb\r', ['ab']],
    ['is empty again after Ctrl-U', 'wrong\x15right\r', ['right']],
    ['may be pasted, marked as such', '\x1b[200~secret\x1b[201~\r', ['secret']],
    ['may be one of several that are pasted', 'key\ruser\rword\r', ['key', 'user', 'word']],
  ])('%s', (_what, text, expected) => {
    expect(lines(text)).toEqual(expected)
  })

  it.each([
    ['an arrow', '\x1b[A'],
    ['a function key', '\x1bOP'],
    ['Ctrl-Z', '\x1a'],
    ['Tab', '\t'],
    ['a mouse report', '\x1b[<0;1;1M'],
  ])('has nothing of %s, which is told', (_what, key) => {
    expect(lines(`se${key}cret\r`)).toEqual(['secret'])
    expect(unknownKeys(key)).toBe(1)
  })

  it('is given up by Ctrl-C, and by Ctrl-D when it is empty', () => {
    expect(typed('sec\x03').at(-1)).toEqual({ kind: 'interrupted' })
    expect(typed('\x04').at(-1)).toEqual({ kind: 'end' })
    expect(typed('sec\x04').at(-1)).toEqual({ kind: 'unknown-key' })
    expect(lines('sec\x03ret\r')).toEqual(['ret'])
  })

  it('does not grow without end', () => {
    expect(lines(`${'x'.repeat(10_000)}\r`)[0]?.length).toBe(4_096)
  })

  it('is the same however its bytes are split', () => {
    const input = fc.array(
      fc.constantFrom('a', 'ß', '🙂', '\x7f', '\x15', '\r', '\x1b[A', '\x1b[200~', '\x1b[201~', '\x03', '\x1bOP'),
    )
    fc.assert(
      fc.property(input, fc.array(fc.nat(60)), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''))
        const edges = [0, ...cuts.map(cut => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
        const split = typedLines()
        const events = edges.slice(1).flatMap((end, index) => split.take(bytes.subarray(edges[index], end)))
        expect(events).toEqual(typedLines().take(bytes))
      }),
    )
  })
})
