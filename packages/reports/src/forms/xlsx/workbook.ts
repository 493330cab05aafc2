import { type ZipPart, zipBytes } from './zip.ts'

/** A cell as a workbook keeps it. */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string; readonly look: CellLook }
  | { readonly kind: 'number'; readonly value: number; readonly format: string }
  | { readonly kind: 'flag'; readonly value: boolean }

type CellLook = 'plain' | 'right' | 'wrapped' | 'title' | 'title-right'

export interface WorkbookSheet {
  readonly name: string
  /** In characters. */
  readonly widths: readonly number[]
  /** The first stays in sight. */
  readonly rows: Iterable<readonly (SheetCell | null)[]>
}

/**
 * A workbook, written as text: a cell costs a few characters and no object of its own, so that a year of trades takes seconds. No cell is a
 * formula: none of its kinds has one.
 * @see ECMA-376-1, section 18 "SpreadsheetML Reference Material"; ECMA-376-2, "Open Packaging Conventions"
 */
export function workbookBytes(sheets: readonly WorkbookSheet[]): Uint8Array {
  return zipBytes(parts(sheets, styleBook(), stringTable()))
}

/** Sheet by sheet, so that no more than one is in memory before it is packed; what they need of styles and strings is known at their end. */
function* parts(sheets: readonly WorkbookSheet[], styles: StyleBook, strings: StringTable): Generator<ZipPart> {
  const root = link(1, 'officeDocument', 'xl/workbook.xml')
  yield { name: '[Content_Types].xml', text: contentTypes(sheets.length) }
  yield { name: '_rels/.rels', text: `${XML}<Relationships xmlns="${PACKAGE}/relationships">${root}</Relationships>` }
  yield { name: 'xl/workbook.xml', text: workbookXml(sheets) }
  yield { name: 'xl/_rels/workbook.xml.rels', text: workbookLinks(sheets.length) }
  for (const [at, sheet] of sheets.entries())
    yield { name: `xl/worksheets/sheet${at + 1}.xml`, text: sheetXml(sheet, styles, strings) }
  yield { name: 'xl/styles.xml', text: styles.xml() }
  yield { name: 'xl/sharedStrings.xml', text: strings.xml() }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const PARTS = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function sheetXml({ rows, widths }: WorkbookSheet, styles: StyleBook, strings: StringTable): string {
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
  const names = widths.map((_width, at) => columnName(at))
  const lines: string[] = []
  for (const row of rows) {
    const number = lines.length + 1
    let line = `<row r="${number}">`
    for (const [at, cell] of row.entries())
      if (cell !== null) line += cellXml(cell, `${names[at]}${number}`, styles, strings)
    lines.push(`${line}</row>`)
  }
  const still = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  return `${XML}<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0">${still}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function cellXml(cell: SheetCell, place: string, styles: StyleBook, strings: StringTable): string {
  switch (cell.kind) {
    case 'text':
      return `<c r="${place}" s="${styles.of(cell.look)}" t="s"><v>${strings.of(cell.text)}</v></c>`
    case 'number':
      return `<c r="${place}" s="${styles.ofFormat(cell.format)}"><v>${cell.value}</v></c>`
    case 'flag':
      return `<c r="${place}" t="b"><v>${cell.value ? 1 : 0}</v></c>`
  }
}

/** `A` to `Z`, then `AA`. */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : `${columnName(Math.floor(at / 26) - 1)}${letter}`
}

interface StyleBook {
  of(look: CellLook): number
  ofFormat(format: string): number
  xml(): string
}

/** Numbers of formats of one's own begin here. @see ECMA-376-1, section 18.8.30 "numFmt" */
const FIRST_FORMAT = 164

function styleBook(): StyleBook {
  const right = '<alignment horizontal="right"/>'
  const looks: Readonly<Record<CellLook, string>> = {
    plain: '<xf numFmtId="0" fontId="0"/>',
    right: `<xf numFmtId="0" fontId="0" applyAlignment="1">${right}</xf>`,
    wrapped: '<xf numFmtId="0" fontId="0" applyAlignment="1"><alignment wrapText="1"/></xf>',
    title: '<xf numFmtId="0" fontId="1" applyFont="1"/>',
    'title-right': `<xf numFmtId="0" fontId="1" applyFont="1" applyAlignment="1">${right}</xf>`,
  }
  const names = Object.keys(looks)
  const formats = new Map<string, number>()
  return {
    of: look => names.indexOf(look),
    ofFormat(format) {
      const known = formats.get(format)
      if (known !== undefined) return known
      const made = names.length + formats.size
      formats.set(format, made)
      return made
    },
    xml() {
      const own = [...formats.keys()]
      const numbers = own.map(
        (format, at) => `<numFmt numFmtId="${FIRST_FORMAT + at}" formatCode="${escaped(format)}"/>`,
      )
      const cells = own.map((_format, at) => `<xf numFmtId="${FIRST_FORMAT + at}" fontId="0" applyNumberFormat="1"/>`)
      const all = [...Object.values(looks), ...cells]
      const font = '<sz val="11"/><name val="Calibri"/>'
      return `${XML}<styleSheet xmlns="${SHEET}">${own.length > 0 ? `<numFmts count="${own.length}">${numbers.join('')}</numFmts>` : ''}<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${all.length}">${all.join('')}</cellXfs></styleSheet>`
    },
  }
}

interface StringTable {
  of(text: string): number
  xml(): string
}

/** Each text once. */
function stringTable(): StringTable {
  const places = new Map<string, number>()
  return {
    of(text) {
      const known = places.get(text)
      if (known !== undefined) return known
      places.set(text, places.size)
      return places.size - 1
    },
    xml() {
      const items = [...places.keys()].map(text => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
      return `${XML}<sst xmlns="${SHEET}" uniqueCount="${items.length}">${items.join('')}</sst>`
    },
  }
}

/** A carriage return that stands as it is would be read as a line feed. @see XML 1.0, section 2.11 "End-of-Line Handling" */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}

function workbookXml(sheets: readonly WorkbookSheet[]): string {
  const listed = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  return `${XML}<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets></workbook>`
}

function workbookLinks(sheets: number): string {
  const pages = Array.from({ length: sheets }, (_, at) => link(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`))
  const rest = [link(sheets + 1, 'styles', 'styles.xml'), link(sheets + 2, 'sharedStrings', 'sharedStrings.xml')]
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${[...pages, ...rest].join('')}</Relationships>`
}

const link = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`

function contentTypes(sheets: number): string {
  const page = (name: string, type: string): string =>
    `<Override PartName="/xl/${name}.xml" ContentType="${PARTS}.${type}+xml"/>`
  const pages = Array.from({ length: sheets }, (_, at) => page(`worksheets/sheet${at + 1}`, 'worksheet'))
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${page('workbook', 'sheet.main')}${page('styles', 'styles')}${page('sharedStrings', 'sharedStrings')}${pages.join('')}</Types>`
}
