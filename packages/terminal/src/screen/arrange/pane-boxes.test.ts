import { expect, it } from 'vitest'
import { LAYOUT_NAMES, SMALLEST_SCREEN } from '../view.ts'
import { paneBoxes, type ScreenShape } from './pane-boxes.ts'
import type { PaneName } from './pane-name.ts'

/** What is seen at every size that the screen is laid out for, under an overlay too. */
const ALWAYS_SEEN: readonly PaneName[] = ['header', 'outcome', 'exposure', 'hints']
/** What is seen at every size as long as nothing lies over it. */
const SEEN_UNCOVERED: readonly PaneName[] = [...ALWAYS_SEEN, 'tabs', 'quote', 'preset', 'positions']

const LARGEST = { columns: 240, rows: 70 }

const SHAPES = LAYOUT_NAMES.flatMap(layout => [false, true].map(hasOverlay => ({ layout, hasOverlay })))

function* everySize(): Generator<{ readonly columns: number; readonly rows: number }> {
  for (let columns: number = SMALLEST_SCREEN.columns; columns <= LARGEST.columns; columns += 1)
    for (let rows: number = SMALLEST_SCREEN.rows; rows <= LARGEST.rows; rows += 1) yield { columns, rows }
}

/** What is wrong with the places of a shape, in words; nothing when all is well. */
function faultOf(shape: ScreenShape): string | null {
  const boxes = paneBoxes(shape)
  const usedRows = new Set<number>()
  for (const box of boxes) {
    if (box.width < 1 || box.height < 1) return `${box.pane} has no room`
    if (box.x < 0 || box.y < 0 || box.x + box.width > shape.columns || box.y + box.height > shape.rows)
      return `${box.pane} leaves the screen`
    for (const other of boxes) {
      const isApart =
        other === box ||
        other.x >= box.x + box.width ||
        box.x >= other.x + other.width ||
        other.y >= box.y + box.height ||
        box.y >= other.y + other.height
      if (!isApart) return `${box.pane} lies over ${other.pane}`
      if (other !== box && other.pane === box.pane) return `${box.pane} stands twice`
    }
    for (let row = box.y; row < box.y + box.height; row += 1) usedRows.add(row)
  }
  if (usedRows.size !== shape.rows) return `${shape.rows - usedRows.size} rows are left empty`
  const missing = (shape.hasOverlay ? ALWAYS_SEEN : SEEN_UNCOVERED).find(pane => !boxes.some(box => box.pane === pane))
  return missing ? `${missing} is missing` : null
}

it.each(SHAPES)('no pane overlaps, leaves the screen, or leaves a row empty, at any size: %o', shape => {
  for (const size of everySize()) {
    const fault = faultOf({ ...shape, ...size })
    if (fault !== null) throw new Error(`at ${size.columns}x${size.rows}: ${fault}`)
  }
})

it.each(LAYOUT_NAMES)(
  'columns of layout %s stand side by side with one column between, down to the same row',
  layout => {
    for (const size of everySize()) {
      const boxes = paneBoxes({ ...size, layout, hasOverlay: false })
      for (let row = 0; row < size.rows; row += 1) {
        const across = boxes.filter(({ y, height }) => y <= row && row < y + height).toSorted((a, b) => a.x - b.x)
        const width = across.reduce((sum, box) => sum + box.width, 0) + across.length - 1
        if (width !== size.columns)
          throw new Error(`at ${size.columns}x${size.rows}, row ${row}: ${width} columns used`)
      }
    }
  },
)

const panesAt = (columns: number, rows: number, layout: ScreenShape['layout'] = 'auto') =>
  paneBoxes({ columns, rows, layout, hasOverlay: false }).map(({ pane }) => pane)

it.each([
  [40, 12, ['header', 'tabs', 'outcome', 'exposure', 'quote', 'preset', 'positions', 'hints']],
  [60, 24, ['chart']],
  [60, 30, ['chart', 'orders', 'guard']],
  [80, 24, ['chart', 'ladder']],
  [120, 40, ['chart', 'ladder', 'tape', 'guard', 'orders', 'deals', 'log', 'latency']],
  [200, 50, ['chart', 'ladder', 'tape', 'guard', 'latency', 'orders', 'deals', 'log']],
] as const)('at %dx%d there are at least %s', (columns, rows, panes) => {
  expect(panesAt(columns, rows)).toEqual(expect.arrayContaining([...panes]))
})

it('gives each layout what it is named after', () => {
  for (const [columns, rows] of [
    [60, 24],
    [80, 24],
    [120, 40],
    [200, 50],
  ] as const) {
    expect(panesAt(columns, rows, 'price')).toContain('chart')
    expect(panesAt(columns, rows, 'ladder')).toContain('ladder')
    expect(panesAt(columns, rows, 'blotter')).toEqual(expect.arrayContaining(['orders', 'deals']))
    expect(panesAt(columns, rows, 'markets')).toContain('markets')
  }
})

it('covers no price where there is room beneath for what lies over the panes', () => {
  const boxes = paneBoxes({ columns: 120, rows: 40, layout: 'auto', hasOverlay: true })
  expect(boxes.map(({ pane }) => pane)).toEqual(expect.arrayContaining(['quote', 'positions', 'overlay']))
})
