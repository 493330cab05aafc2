/** A line of values as rows of braille dots, two values wide and four high in each character, and the row on which zero lies. */
export interface BrailleCurve {
  readonly rows: readonly string[]
  readonly low: number
  readonly high: number
}

const DOTS_PER_ROW = 4

export function brailleCurve(values: readonly number[], columns: number, height: number): BrailleCurve {
  const low = values.reduce((least, value) => Math.min(least, value), 0)
  const high = values.reduce((most, value) => Math.max(most, value), 0)
  const dots = height * DOTS_PER_ROW
  const masks = Array.from({ length: height }, () => new Array<number>(columns).fill(0))
  const dotOf = (value: number): number =>
    high === low ? dots - 1 : Math.round(((high - value) / (high - low)) * (dots - 1))
  let before: number | null = null
  for (let x = 0; x < columns * 2; x += 1) {
    const slice = sliceOf(values, x, columns * 2)
    if (slice.length === 0) continue
    const start = before ?? slice[0]!
    const top = dotOf(slice.reduce((most, value) => Math.max(most, value), start))
    const bottom = dotOf(slice.reduce((least, value) => Math.min(least, value), start))
    for (let dot = top; dot <= bottom; dot += 1)
      masks[Math.floor(dot / DOTS_PER_ROW)]![x >> 1]! |= BITS[x % 2]![dot % DOTS_PER_ROW]!
    before = slice.at(-1)!
  }
  return { rows: masks.map(row => row.map(mask => String.fromCharCode(BLANK + mask)).join('')), low, high }
}

/** The values that fall on one column of dots; a column that has none shows the value before it. */
function sliceOf(values: readonly number[], x: number, columns: number): readonly number[] {
  const from = Math.floor((x * values.length) / columns)
  const to = Math.floor(((x + 1) * values.length) / columns)
  return values.slice(from, Math.max(from + 1, to))
}

/** @see Unicode Standard, block "Braille Patterns" (U+2800): the low eight bits number the dots */
const BLANK = 0x2800
const BITS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const
