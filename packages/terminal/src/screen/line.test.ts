import { describe, expect, it } from 'vitest'
import { cellGrid } from './cell-grid.ts'
import { type Align, clipped, clippedLine, fittingLine, lineWidth, putLine, wholeFigure } from './line.ts'
import { span } from './looks.ts'

describe('words', () => {
  it.each([
    ['Filled', 6, 'Filled'],
    ['Filled', 5, 'Fill…'],
    ['Filled', 1, '…'],
    ['Filled', 0, ''],
    ['日経225', 4, '日…'],
    ['日経225', 5, '日経…'],
    ['bought 1 at 1.08521', 16, 'bought 1 at…'],
    ['bought 1 at 1.08521', 18, 'bought 1 at…'],
    ['bought 1 at 1.08521 now', 20, 'bought 1 at 1.08521…'],
    ['-12.50 today', 4, '…'],
  ])('%j in %d columns: %j', (text, width, shown) => {
    expect(clipped(text, width)).toBe(shown)
  })
})

it('is said in the fullest way that fits', () => {
  const [long, short] = [[span('day P/L -3.10')], [span('-3.10')]]
  expect(fittingLine(13, long, short)).toEqual(long)
  expect(fittingLine(12, long, short)).toEqual(short)
  expect(fittingLine(4, long, short)).toEqual([span('…')])
})

describe('a figure', () => {
  it.each([
    ['+3.2 points', 11, '+3.2 points'],
    ['+3.2 points', 10, '+3.2'],
    ['+3.2 points', 4, '+3.2'],
    ['+3.2 points', 3, '…'],
    ['1.08512', 7, '1.08512'],
    ['1.08512', 6, '…'],
    ['-12345.67 EUR', 9, '-12345.67'],
    ['1', 0, ''],
  ])('is whole or absent: %j in %d columns: %j', (text, width, shown) => {
    expect(wholeFigure(text, width)).toBe(shown)
  })
})

describe('a line', () => {
  const line = [span('abc', 'label'), span('def', 'up'), span('ghi')]

  it.each([
    [9, 'abcdefghi'],
    [8, 'abcdefg…'],
    [6, 'abcde…'],
    [4, 'abc…'],
    [3, 'ab…'],
    [1, '…'],
  ])('in %d columns: %j', (width, shown) => {
    const cut = clippedLine(line, width)
    expect(cut.map(piece => piece.text).join('')).toBe(shown)
    expect(lineWidth(cut)).toBeLessThanOrEqual(width)
  })

  it.each<[Align, string]>([
    ['left', '.ab    .'],
    ['centre', '.  ab  .'],
    ['right', '.    ab.'],
  ])('stands %s in its box and blanks the rest', (align, shown) => {
    const grid = cellGrid(8, 1, '.')
    putLine(grid, { x: 1, y: 0, width: 6, height: 1 }, 0, [span('ab')], align, true)
    expect(grid.glyphs.join('')).toBe(shown)
  })

  it('stays inside a box that reaches over the edge of the grid', () => {
    const grid = cellGrid(4, 1, '.')
    putLine(grid, { x: 2, y: 0, width: 9, height: 3 }, 0, [span('abcdef')], 'left', true)
    putLine(grid, { x: 2, y: 0, width: 9, height: 3 }, 2, [span('xyz')], 'left', true)
    expect(grid.glyphs.join('')).toBe('..a…')
  })
})
