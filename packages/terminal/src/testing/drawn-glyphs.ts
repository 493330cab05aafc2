/** Where a cell lies in a picture. */
export interface CellBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The raised dots of a braille cell as an SVG path of points. @see Unicode Standard, block "Braille Patterns" */
export function brailleDots(glyph: string, { x, y, width, height }: CellBox): string {
  const mask = (glyph.codePointAt(0) ?? 0x2800) - 0x2800
  return DOTS.map(([column, row], bit) =>
    mask & (1 << bit)
      ? `M${figure(x + (width * (2 * column + 1)) / 4)} ${figure(y + (height * (2 * row + 1)) / 8)}h0`
      : '',
  ).join('')
}

/** Column and row of the dot that each bit stands for. */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const

/** A box line as an SVG path from edge to edge of its cell, so that neighbours join. */
export function lineStrokes(glyph: string, { x, y, width, height }: CellBox): string {
  const [left, middle, right] = [x, x + width / 2, x + width].map(figure)
  const [top, centre, bottom] = [y, y + height / 2, y + height].map(figure)
  switch (glyph) {
    case '─':
      return `M${left} ${centre}H${right}`
    case '│':
      return `M${middle} ${top}V${bottom}`
    case '╭':
      return `M${middle} ${bottom}Q${middle} ${centre} ${right} ${centre}`
    case '╮':
      return `M${left} ${centre}Q${middle} ${centre} ${middle} ${bottom}`
    case '╰':
      return `M${middle} ${top}Q${middle} ${centre} ${right} ${centre}`
    case '╯':
      return `M${left} ${centre}Q${middle} ${centre} ${middle} ${top}`
    default:
      throw new Error(`expected a box line that can be drawn, but got ${glyph}; add it here`)
  }
}

const figure = (value: number): string => String(Math.round(value * 100) / 100)
