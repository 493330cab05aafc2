import { type SeenTerminal, seenTerminal } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CellGrid, cellGrid, putBlank, putCell, putText } from './cell-grid.ts'
import { forgetShown, writeDifference } from './grid-difference.ts'
import { BOLD, background, DIM, foreground, INVERSE, PLAIN, type Style } from './style.ts'

const COLUMNS = 24
const ROWS = 5

interface Edit {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly style: Style
}

const pieces = fc.constantFrom('a', '7', ' ', '.', '—', '⣿', '経', '한', 'é', 'q\u0323', '│', '▲', '�')
const edits: fc.Arbitrary<Edit> = fc.record({
  x: fc.nat(COLUMNS - 1),
  y: fc.nat(ROWS - 1),
  text: fc.array(pieces, { minLength: 1, maxLength: COLUMNS }).map(all => all.join('')),
  style: fc.constantFrom(PLAIN, BOLD, DIM, INVERSE | foreground(1), foreground(208), background(4) | BOLD),
})
const frames = fc.array(fc.array(edits, { maxLength: 6 }), { minLength: 1, maxLength: 6 })

describe('the difference between two grids', () => {
  it('makes a terminal that shows the one show the other, cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(frames, async all => {
        const terminal = seenTerminal(COLUMNS, ROWS)
        const shown = cellGrid(COLUMNS, ROWS)
        const next = cellGrid(COLUMNS, ROWS)
        terminal.write('\x1b[31mwhat was there before'.repeat(5))
        forgetShown(shown, next)
        for (const frame of all) {
          for (const edit of frame) putText(next, edit.x, edit.y, COLUMNS, edit.text, edit.style)
          terminal.write(writeDifference(shown, next))
          await terminal.drawn()
          expectShown(terminal, next)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is empty when nothing changed, also after a change and its undoing', () => {
    const shown = cellGrid(COLUMNS, ROWS)
    const next = cellGrid(COLUMNS, ROWS)
    putText(next, 3, 2, COLUMNS, 'abc', BOLD)
    writeDifference(shown, next)
    putText(next, 3, 2, COLUMNS, 'xyz', PLAIN)
    putText(next, 3, 2, COLUMNS, 'abc', BOLD)
    expect(writeDifference(shown, next)).toBe('')
  })

  it.each([
    ['one digit', '1.08512', '1.08513', '\x1b[1;7H3'],
    ['digits with a short gap are written through', '1.08512', '1.19513', '\x1b[1;3H19513'],
    ['a long gap is jumped', '1aaaaaaaaaaa1', '2aaaaaaaaaaa2', '\x1b[1;1H2\x1b[11C2'],
  ])('takes few bytes: %s', (_title, before, after, bytes) => {
    const shown = cellGrid(COLUMNS, ROWS)
    const next = cellGrid(COLUMNS, ROWS)
    putText(next, 0, 0, COLUMNS, before, PLAIN)
    writeDifference(shown, next)
    putText(next, 0, 0, COLUMNS, after, PLAIN)
    expect(writeDifference(shown, next)).toBe(bytes)
  })

  it('is bracketed as one frame when it is long, and not when it is short', () => {
    const shown = cellGrid(120, 40)
    const next = cellGrid(120, 40)
    forgetShown(shown, next)
    expect(writeDifference(shown, next)).toMatch(/^\x1b\[\?2026h[\s\S]*\x1b\[\?2026l$/)
    putCell(next, 0, 0, 'x', PLAIN)
    expect(writeDifference(shown, next)).toBe('\x1b[1;1Hx')
  })
})

describe('a grid', () => {
  it('never holds half of a wide letter', () => {
    const whole = fc.array(edits, { maxLength: 12 })
    fc.assert(
      fc.property(whole, fc.nat(COLUMNS), fc.nat(COLUMNS), (all, from, to) => {
        const grid = cellGrid(COLUMNS, ROWS)
        for (const edit of all) putText(grid, edit.x, edit.y, COLUMNS, edit.text, edit.style)
        putBlank(grid, Math.min(from, to), 1, Math.max(from, to))
        for (let at = 0; at < grid.glyphs.length; at += 1) {
          const isWide = /^[経한]$/.test(grid.glyphs[at] ?? '')
          const isFollowed = (at + 1) % COLUMNS !== 0 && grid.glyphs[at + 1] === ''
          expect(isWide).toBe(isFollowed)
        }
      }),
    )
  })

  it('cuts a text at the end it is given', () => {
    const grid = cellGrid(COLUMNS, ROWS)
    expect(putText(grid, 0, 0, 4, 'abc経', PLAIN)).toBe(4)
    expect(grid.glyphs.slice(0, 6)).toEqual(['a', 'b', 'c', ' ', ' ', ' '])
  })
})

function expectShown(terminal: SeenTerminal, grid: CellGrid): void {
  for (let y = 0; y < grid.rows; y += 1) {
    for (let x = 0; x < grid.columns; x += 1) {
      const at = y * grid.columns + x
      const seen = terminal.cell(x, y)
      const style = grid.styles[at]!
      expect({ x, y, text: seen.text }).toEqual({ x, y, text: grid.glyphs[at] })
      // The second column of a wide letter has no look of its own.
      if (seen.text !== '') expect(seenStyle(seen)).toBe(style)
    }
  }
}

function seenStyle(seen: ReturnType<SeenTerminal['cell']>): Style {
  return (
    (seen.bold ? BOLD : 0) |
    (seen.dim ? DIM : 0) |
    (seen.inverse ? INVERSE : 0) |
    (seen.foreground === null ? 0 : foreground(seen.foreground)) |
    (seen.background === null ? 0 : background(seen.background))
  )
}
