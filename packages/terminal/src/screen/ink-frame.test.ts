import { expect, it } from 'vitest'
import { type CellGrid, cellGrid, putText } from './cell-grid.ts'
import { drawInkFrame } from './ink-frame.ts'
import { BOLD, background, DIM, foreground, INVERSE, PLAIN, type Style, UNDERLINE } from './style.ts'

function drawn(frame: string, columns = 12, rows = 2): CellGrid {
  const grid = cellGrid(columns, rows)
  drawInkFrame(grid, frame)
  return grid
}

function row(grid: CellGrid, y: number): string {
  return grid.glyphs.slice(y * grid.columns, (y + 1) * grid.columns).join('')
}

it.each<[string, string, Style]>([
  ['a colour', '\x1b[31mx\x1b[39m', foreground(1)],
  ['a bright colour', '\x1b[92mx', foreground(10)],
  ['a palette colour', '\x1b[38;5;208mx', foreground(208)],
  ['a background', '\x1b[44mx\x1b[49m', background(4)],
  ['bold', '\x1b[1mx\x1b[22m', BOLD],
  ['dim', '\x1b[2mx\x1b[22m', DIM],
  ['inverse', '\x1b[7mx', INVERSE],
  ['underline', '\x1b[4mx', UNDERLINE],
  ['several at once', '\x1b[1;31;7mx\x1b[0m', BOLD | foreground(1) | INVERSE],
  ['several one by one', '\x1b[1m\x1b[31mx', BOLD | foreground(1)],
  ['an end in short form', '\x1b[1m\x1b[mx', PLAIN],
])('reads %s', (_title, frame, style) => {
  expect(drawn(frame).styles[0]).toBe(style)
})

it('keeps a style over the end of a line until it is taken back', () => {
  const grid = drawn('\x1b[1ma\nb\x1b[22mc')
  expect([grid.styles[0], grid.styles[12], grid.styles[13]]).toEqual([BOLD, BOLD, PLAIN])
})

it('blanks what the frame does not reach and leaves out what lies outside', () => {
  const grid = cellGrid(6, 2)
  putText(grid, 0, 1, 6, 'before', BOLD)
  drawInkFrame(grid, 'wider than it\n\nand\nlonger')
  expect([row(grid, 0), row(grid, 1)]).toEqual(['wider ', '      '])
  expect(grid.styles[6]).toBe(PLAIN)
})

it('gives wide letters two cells', () => {
  expect(drawn('日経 a').glyphs.slice(0, 6)).toEqual(['日', '', '経', '', ' ', 'a'])
})

it('drops every other control sequence', () => {
  expect(row(drawn('\x1b[?25la\x1b[2Jb\x1b[3;4Hc\x1b7d'), 0)).toBe('abcd        ')
})
