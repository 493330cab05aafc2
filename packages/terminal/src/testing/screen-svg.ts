import { type SeenCell, seenTerminal } from '@scalpdesk/testkit'
import { brailleDots, lineStrokes } from './drawn-glyphs.ts'

/** What a program wrote to a terminal of this size, and the words in the window's frame. */
export interface ShownScreen {
  readonly raw: string
  readonly columns: number
  readonly rows: number
  readonly title: string
}

/**
 * The screen as an SVG that needs nothing from outside: words stay text, each run at its own place and length so that no
 * font can shift a column; braille and box lines are drawn, as terminals draw them, so that they join.
 */
export async function screenSvg({ raw, columns, rows, title }: ShownScreen): Promise<string> {
  const terminal = seenTerminal(columns, rows)
  terminal.write(raw)
  await terminal.drawn()
  const grounds: string[] = []
  const words: string[] = []
  const dots = new Map<string, string[]>()
  const strokes = new Map<string, string[]>()
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, (_, column) => paintedCell(terminal.cell(column, row), column))
    for (const run of runsOf(cells, cell => cell.ground)) {
      const [first] = run
      if (first?.ground) grounds.push(rectangle(first.column, row, run.length, first.ground))
    }
    for (const run of runsOf(cells, cell => `${cell.kind} ${cell.ink} ${cell.isBold} ${cell.isUnderlined}`)) {
      const [first] = run
      if (!first) continue
      for (const { text, column } of run) {
        if (first.kind === 'dots') push(dots, first.ink, brailleDots(text, boxOf(column, row)))
        if (first.kind === 'lines') push(strokes, first.ink, lineStrokes(text, boxOf(column, row)))
      }
      if (first.kind === 'text') words.push(...textRuns(run, row))
    }
  }
  const width = columns * CELL.width + 2 * MARGIN
  const height = rows * CELL.height + BAR + 2 * MARGIN
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${figure(width)} ${height}" width="${figure(width)}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect x=".5" y=".5" width="${figure(width - 1)}" height="${height - 1}" rx="10" fill="${GROUND}" stroke="#3a424e"/>`,
    `<path d="M1 ${BAR}V10a9 9 0 0 1 9-9H${figure(width - 10)}a9 9 0 0 1 9 9V${BAR}Z" fill="#1c222b"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (colour, at) => `<circle cx="${20 + at * 20}" cy="${BAR / 2}" r="6" fill="${colour}"/>`,
    ),
    `<text x="${figure(width / 2)}" y="${BAR / 2 + 4.5}" text-anchor="middle" font-family="system-ui,sans-serif" font-size="13" fill="#9aa4b2">${escaped(title)}</text>`,
    ...grounds,
    ...[...strokes].map(
      ([ink, paths]) => `<path d="${paths.join('')}" fill="none" stroke="${ink}" stroke-width="1.2"/>`,
    ),
    ...[...dots].map(
      ([ink, paths]) => `<path d="${paths.join('')}" stroke="${ink}" stroke-width="2.6" stroke-linecap="round"/>`,
    ),
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="${INK}">`,
    ...words,
    '</g>',
    '</svg>',
  ].join('\n')}\n`
}

const CELL = { width: 8.43, height: 17 } as const
const MARGIN = 14
const BAR = 34
const GROUND = '#11151b'
const INK = '#d3dae3'
/** The palette's first 16 colours, as a dark theme shows them. */
const PALETTE =
  '#2b313b #ff6b68 #5fd38d #f2c14e #6aa8ff #d58cff #4fd0e0 #d3dae3 #6b7685 #ff8f8c #86e5aa #ffd97a #94c1ff #e3b0ff #86e3ee #ffffff'.split(
    ' ',
  )

interface PaintedCell {
  readonly column: number
  readonly text: string
  readonly kind: 'blank' | 'text' | 'dots' | 'lines'
  readonly ink: string
  /** `''` for the window's own. */
  readonly ground: string
  readonly isBold: boolean
  readonly isUnderlined: boolean
}

function paintedCell(cell: SeenCell, column: number): PaintedCell {
  const [front, back] = [colour(cell.foreground) ?? INK, colour(cell.background) ?? GROUND]
  const [ink, ground] = cell.inverse ? [back, front] : [front, back]
  return {
    column,
    text: cell.text,
    kind: kindOf(cell),
    ink: cell.dim ? mixed(ink, ground) : ink,
    ground: ground === GROUND ? '' : ground,
    isBold: cell.bold,
    isUnderlined: cell.underline,
  }
}

function kindOf({ text, underline }: SeenCell): PaintedCell['kind'] {
  if (text.trim() === '') return underline ? 'text' : 'blank'
  if (/[\u2800-\u28ff]/.test(text)) return 'dots'
  return /[─│╭╮╰╯]/.test(text) ? 'lines' : 'text'
}

function colour(index: number | null): string | null {
  if (index === null) return null
  const found = PALETTE[index]
  if (!found) throw new Error(`expected one of the palette's first 16 colours, but got ${index}; give it one here`)
  return found
}

/** Cells side by side that are alike. */
function runsOf(cells: readonly PaintedCell[], likeness: (cell: PaintedCell) => string): readonly PaintedCell[][] {
  const runs: PaintedCell[][] = []
  for (const cell of cells) {
    const run = runs.at(-1)
    if (run?.[0] && likeness(run[0]) === likeness(cell)) run.push(cell)
    else runs.push([cell])
  }
  return runs
}

/** Words of one look. A sign outside ASCII may come from another font: it stands alone, and shifts nothing. */
function textRuns(run: readonly PaintedCell[], row: number): readonly string[] {
  let alone = 0
  const parts = runsOf(run, ({ text }) => (/^[ -~]+$/.test(text) ? '' : String(++alone)))
  return parts.flatMap(part => {
    const [first] = part
    if (!first) return []
    const { x, y } = boxOf(first.column, row)
    const looks = [
      first.ink === INK ? '' : ` fill="${first.ink}"`,
      first.isBold ? ' font-weight="700"' : '',
      first.isUnderlined ? ' text-decoration="underline"' : '',
    ].join('')
    const text = part.map(cell => cell.text).join('')
    const length = figure(part.length * CELL.width)
    return [
      `<text x="${figure(x)}" y="${figure(y + 12.8)}" textLength="${length}" xml:space="preserve"${looks}>${escaped(text)}</text>`,
    ]
  })
}

const boxOf = (column: number, row: number) => ({
  x: MARGIN + column * CELL.width,
  y: BAR + MARGIN + row * CELL.height,
  width: CELL.width,
  height: CELL.height,
})

function rectangle(column: number, row: number, columns: number, fill: string): string {
  const { x, y } = boxOf(column, row)
  return `<rect x="${figure(x)}" y="${figure(y)}" width="${figure(columns * CELL.width)}" height="${CELL.height}" fill="${fill}"/>`
}

/** Half way and a little more to the ink. */
function mixed(ink: string, ground: string): string {
  const parts = [1, 3, 5].map(at => {
    const [one, other] = [ink, ground].map(hex => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number]
    return Math.round(one * 0.58 + other * 0.42)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${parts.join('')}`
}

function push(paths: Map<string, string[]>, ink: string, path: string): void {
  const same = paths.get(ink)
  if (same) same.push(path)
  else paths.set(ink, [path])
}

const figure = (value: number): string => String(Math.round(value * 100) / 100)

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[&<>"]/g, sign => ENTITIES[sign] ?? sign)
