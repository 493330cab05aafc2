import { expect, it, onTestFinished } from 'vitest'
import { paneBoxes } from './arrange/pane-boxes.ts'
import { cellGrid } from './cell-grid.ts'
import { drawInkFrame } from './ink-frame.ts'
import { InkLayout } from './layout/ink-layout.tsx'
import type { Box } from './line.ts'
import { looksOf } from './looks.ts'
import { layOutRows } from './row-layout.ts'
import { CONFIRM_VIEW, FULL_VIEW, HELP_VIEW, PICKER_VIEW } from './test/full-view.ts'
import { FLAT_VIEW, OPEN_VIEW } from './test/sample-view.ts'
import { LAYOUT_NAMES, type ScreenView } from './view.ts'

const VIEWS: Readonly<Record<string, ScreenView>> = {
  flat: FLAT_VIEW,
  open: OPEN_VIEW,
  full: FULL_VIEW,
  french: { ...FULL_VIEW, appearance: { ...FULL_VIEW.appearance, language: 'fr' } },
  question: {
    ...OPEN_VIEW,
    question: { text: 'A position is open. Quit and leave it? y / n', short: 'Quit and leave it open? y / n' },
  },
  'wide letters': { ...FULL_VIEW, account: '株式会社 ABC12', keyboard: '鍵盤 한국어', question: null },
  confirm: CONFIRM_VIEW,
  help: HELP_VIEW,
  picker: PICKER_VIEW,
}
const SIZES = [
  [40, 12],
  [60, 24],
  [80, 24],
  [101, 31],
  [200, 50],
] as const
/** The others leave out panes of these. */
const LAYOUTS_AT = new Set(['80x24', '200x50'])

it.each(Object.entries(VIEWS))(
  'draws what Ink draws, and leaves the same places, in every layout and size: %s',
  (_name, view) => {
    const looks = looksOf('dark', true)
    const ink = new InkLayout(looks)
    onTestFinished(() => ink.close())
    for (const [columns, rows] of SIZES)
      for (const layout of LAYOUTS_AT.has(`${columns}x${rows}`) ? LAYOUT_NAMES : (['auto'] as const)) {
        const shown = { ...view, appearance: { ...view.appearance, layout } }
        const boxes = paneBoxes({ columns, rows, layout, hasOverlay: shown.overlay !== null })
        const drawn = cellGrid(columns, rows, 'x')
        const slots = layOutRows(drawn, shown, boxes, looks)
        const frame = ink.layOut(shown, boxes, columns, rows)
        const wanted = cellGrid(columns, rows, 'x')
        drawInkFrame(wanted, frame.text)
        const at = `${columns}x${rows} ${layout}`
        expect(linesOf(drawn), at).toEqual(linesOf(wanted))
        expect([...drawn.styles], at).toEqual([...wanted.styles])
        expect(sorted(slots), at).toEqual(sorted(frame.slots))
      }
  },
)

function linesOf({ glyphs, columns, rows }: ReturnType<typeof cellGrid>): readonly string[] {
  return Array.from({ length: rows }, (_, y) => glyphs.slice(y * columns, (y + 1) * columns).join(''))
}

const sorted = (slots: ReadonlyMap<string, Box>): readonly unknown[] =>
  [...slots]
    .map(([id, { x, y, width, height }]) => [id, x, y, width, height])
    .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1))
