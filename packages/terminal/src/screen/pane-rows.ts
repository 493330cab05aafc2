import type { Texts } from '../texts/texts.ts'
import type { PaneBox } from './arrange/pane-name.ts'
import { plainText, textWidth } from './glyphs.ts'
import { clippedLine } from './line.ts'
import { span } from './looks.ts'
import { paneFailure } from './pane-failure.ts'
import { headerRow } from './panes/header-row.ts'
import { hintLine, questionLine } from './panes/hint-line.ts'
import { overlayRows } from './panes/overlay-rows.ts'
import { positionRows } from './panes/position-rows.ts'
import { presetLine } from './panes/preset-line.ts'
import { quoteRows } from './panes/quote-rows.ts'
import { isSlot, type Row, type SlotPiece } from './panes/row.ts'
import { titleLine } from './panes/title-line.ts'
import type { RareParts } from './rare-parts.ts'
import { unreachable } from './unreachable.ts'
import type { QuestionView } from './view.ts'

/** What Ink is to draw in a pane's place: rows that fit it. A pane that fails says so in its place, and the others go on. */
export function paneRows(box: PaneBox, parts: RareParts, hasKeyboardRow: boolean, texts: Texts): readonly Row[] {
  try {
    const rows = rowsOf(box, parts, hasKeyboardRow, texts).slice(0, box.height)
    return rows.map(row => fittedRow(row, box.width))
  } catch (error) {
    return [fittedRow(paneFailure(error, texts), box.width)]
  }
}

function rowsOf(box: PaneBox, parts: RareParts, hasKeyboardRow: boolean, texts: Texts): readonly Row[] {
  const { pane, width, height } = box
  const whole: SlotPiece = { slot: pane, width, height }
  const titled = (title: string, detail = ''): readonly Row[] => [
    titleLine(title, width, detail === '' ? [] : [span(detail)]),
    [{ ...whole, height: height - 1 }],
  ]
  switch (pane) {
    case 'header':
      return [headerRow(parts, width, texts)]
    case 'quote':
      return quoteRows(box, texts)
    case 'preset':
      return [presetLine(parts.preset, parts.arming, width, texts)]
    case 'positions':
      return positionRows(parts.positions, box, texts)
    case 'keyboard':
      return parts.question === null
        ? [[span(` ${parts.keyboard}`, 'label')]]
        : [questionLine(asked(parts.question, width), [], width)]
    case 'hints':
      return parts.question === null || hasKeyboardRow
        ? [hintLine(parts.keys, width)]
        : [questionLine(asked(parts.question, width), parts.keys, width)]
    case 'overlay':
      return parts.overlay === null ? [] : overlayRows(parts.overlay, box, texts)
    case 'chart':
      return titled(texts.panes.chart, frameName(parts, texts))
    case 'ladder':
    case 'tape':
    case 'markets':
    case 'guard':
    case 'latency':
    case 'log':
      return titled(texts.panes[pane])
    case 'tabs':
    case 'outcome':
    case 'exposure':
    case 'orders':
    case 'deals':
      return [[whole]]
    default:
      return unreachable(pane)
  }
}

/** A question that is cut is none. */
function asked({ text, short }: QuestionView, width: number): string {
  return textWidth(text) + 2 <= width ? text : short
}

function frameName({ appearance }: RareParts, texts: Texts): string {
  return texts.charts.frames[appearance.timeFrame]
}

/** Printable, since Ink measures it, and no wider than its place. A row with slots was made to measure. */
function fittedRow(row: Row, width: number): Row {
  const words = row.flatMap(piece => (isSlot(piece) ? [] : [span(plainText(piece.text), piece.look)]))
  if (words.length === row.length) return clippedLine(words, width)
  return row.map(piece => (isSlot(piece) ? piece : span(plainText(piece.text), piece.look)))
}
