import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { clipped, type Line } from '../line.ts'
import { type Look, type Span, span } from '../looks.ts'
import { unreachable } from '../unreachable.ts'
import type { HelpRow, OverlayView, PickerRow } from '../view.ts'
import { wrappedWords } from '../wrapped-words.ts'
import type { Room, Row } from './row.ts'
import { titleLine } from './title-line.ts'

/** What lies over the panes, in its room. */
export function overlayRows(overlay: OverlayView, room: Room, texts: Texts): readonly Row[] {
  switch (overlay.kind) {
    case 'help':
      return [helpTitle(room.width, texts), ...helpTable(overlay, room.width, room.height - 1, texts)]
    case 'picker': {
      const note = wholeWords(overlay.note ?? '', room.width - 2, 'wait')
      return [
        titleLine(texts.panes.picker, room.width),
        typedRow(overlay.typed, texts),
        ...pickerList(overlay.rows, room.width, room.height - 2 - note.length, texts),
        ...note.map(line => [span(' '), ...line]),
      ]
    }
    case 'confirm':
      return [
        titleLine(texts.panes.confirm, room.width),
        ...wrappedWords(overlay.ask, room.width - 2, Math.max(1, room.height - 2)).map(text => [
          span(` ${text}`, 'question' as const),
        ]),
        typedRow(overlay.typed, texts),
      ]
    default:
      return unreachable(overlay)
  }
}

function typedRow(typed: string, texts: Texts): Row {
  return [span(` ${texts.panes.typed} `, 'label'), span(typed, 'strong'), span('_', 'strong')]
}

/** What the marks before the keys mean, where there is room to say it. */
function helpTitle(width: number, { panes }: Texts): Line {
  const room = width - textWidth(panes.help) - 5
  return titleLine(panes.help, width, textWidth(panes.dangers) <= room ? [span(panes.dangers, 'label')] : [])
}

/** What a key does at the broker, without colours. */
const MARKS: Readonly<Record<HelpRow['kind'] | 'changes', string>> = { entry: '!', exit: '×', changes: '~', other: ' ' }

type Help = Extract<OverlayView, { kind: 'help' }>

const LOOKS: Readonly<Record<HelpRow['kind'], Look>> = { entry: 'entryKey', exit: 'exitKey', other: 'otherKey' }
const GAP = 3

/** Every key, in as many columns and pages as it takes. Exits and entries come first: they are looked for in a hurry. */
function helpTable({ rows, page, turn }: Help, width: number, height: number, texts: Texts): readonly Row[] {
  const weight = { exit: 0, entry: 1, other: 2 }
  const sorted = rows.toSorted((one, other) => weight[one.kind] - weight[other.kind])
  const chords = Math.min(26, Math.max(0, ...rows.map(({ chords: text }) => textWidth(text) + 2)))
  const labels = Math.max(0, ...rows.map(row => textWidth(labelOf(row))))
  const columns = Math.max(1, Math.floor((width - 1) / (chords + labels + GAP)))
  const isFull = sorted.length > columns * height
  const perColumn = isFull ? Math.max(1, height - 1) : Math.ceil(sorted.length / columns)
  const pages = Math.ceil(sorted.length / (columns * perColumn))
  const shown = turn === null ? 0 : ((page % pages) + pages) % pages
  const onPage = sorted.slice(shown * columns * perColumn, (shown + 1) * columns * perColumn)
  const label = columns === 1 ? Math.max(0, width - chords - GAP) : labels
  const table = Array.from({ length: Math.min(perColumn, onPage.length) }, (_, at) =>
    Array.from({ length: columns }, (_none, column) => onPage[column * perColumn + at]).flatMap(row =>
      row ? helpCells(row, chords, label) : [],
    ),
  )
  if (pages < 2) return table
  const rest =
    turn === null ? texts.panes.more(sorted.length - onPage.length) : texts.panes.turn(turn, shown + 1, pages)
  return [...table, [span(` ${rest}`, 'wait')]]
}

/** When it holds is said where it is not always. */
function labelOf({ label, context }: HelpRow): string {
  return context === '' ? label : `${label} (${context})`
}

function helpCells(row: HelpRow, chords: number, labels: number): readonly Span[] {
  const chord = clipped(` ${row.chords} `, chords)
  const label = clipped(labelOf(row), labels)
  const mark = row.kind === 'other' && row.danger === 'changes' ? 'changes' : row.kind
  return [
    span(MARKS[mark], LOOKS[row.kind]),
    span(chord, LOOKS[row.kind]),
    span(' '.repeat(Math.max(0, chords - textWidth(chord) + 1))),
    span(label),
    span(' '.repeat(Math.max(0, labels - textWidth(label) + 1))),
  ]
}

/** No note and no market's rules take more on the narrowest screen (our choice). */
const WORDS_ROWS = 4

/** A text in as many rows as it takes; none for an empty one. */
function wholeWords(text: string, width: number, look: Look): readonly Line[] {
  return text === '' ? [] : wrappedWords(text, Math.max(1, width), WORDS_ROWS).map(words => [span(words, look)])
}

/** The markets that were found, the chosen one always in sight, its rules whole: under it where they do not fit beside it. */
function pickerList(rows: readonly PickerRow[], width: number, height: number, texts: Texts): readonly Row[] {
  if (rows.length === 0) return [[span(` ${texts.panes.noMatch}`, 'label')]]
  const names = Math.min(28, Math.max(...rows.map(({ name }) => textWidth(name))), width - 3)
  const epics = width >= 80 ? Math.min(28, Math.max(...rows.map(({ epic }) => textWidth(epic)))) : 0
  const selected = rows.findIndex(({ isSelected }) => isSelected)
  const detail = rows[selected]?.detail ?? ''
  const fits = names + 4 + (epics > 0 ? epics + 2 : 0) + textWidth(detail) <= width
  const under = fits ? [] : wholeWords(detail, width - 3, 'label').map(line => [span('   '), ...line])
  // The chosen one comes first of all, then what is said of it.
  const shown = Math.max(1, height - under.length)
  const first = Math.max(0, Math.min(selected - shown + 1, rows.length - shown))
  return rows.slice(first, first + shown).flatMap(row => {
    const name = clipped(row.name, names)
    const epic = clipped(row.epic, epics)
    const line = [
      span(row.isSelected ? '› ' : '  ', 'strong'),
      span(name, row.isSelected ? 'chosen' : 'plain'),
      span(' '.repeat(names - textWidth(name) + 2)),
      ...(epics > 0 ? [span(epic + ' '.repeat(epics - textWidth(epic) + 2), 'label')] : []),
      ...(row.isSelected && under.length > 0 ? [] : [span(row.detail, 'label')]),
    ]
    return row.isSelected ? [line, ...under] : [line]
  })
}
