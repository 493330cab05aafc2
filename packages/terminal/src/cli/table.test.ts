import { expect, it } from 'vitest'
import { printable } from '../printable.ts'
import { textWidth } from '../screen/glyphs.ts'
import { sheet, table } from './table.ts'

const HOSTILE = [
  'Gold\x1b]0;owned\x07',
  '\x9b2J',
  'a\nFLAT: nothing is open',
  '\u202eTALF',
  '金'.repeat(3),
  '\u200b\ufeff',
]

it('no cell commands the terminal, begins a line of its own, or moves what stands beside it', () => {
  const lines = table(
    [{ title: 'NAME' }, { title: 'BID', side: 'right' }],
    HOSTILE.map(name => [name, '1.5']),
  )
  expect(lines).toHaveLength(HOSTILE.length + 1)
  expect(lines.map(printable)).toEqual(lines)
  expect(new Set(lines.map(textWidth)).size).toBe(1)
})

it('no line of a sheet does', () => {
  const lines = sheet(HOSTILE.map(text => ['name', text]))
  expect(lines).toHaveLength(HOSTILE.length)
  expect(lines.map(printable)).toEqual(lines)
})
