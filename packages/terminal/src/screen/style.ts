/**
 * How one cell is drawn, packed into 24 bits so that two styles compare as two numbers:
 * foreground (bits 0–8) and background (bits 9–17), each 0 for the terminal's own or 1 + a palette index, then one bit
 * for each attribute. Colours come from the terminal's palette, so the trader's own theme holds; 24-bit colours are not used.
 */
export type Style = number

/** The terminal's own colours, no attribute. */
export const PLAIN: Style = 0

export const BOLD: Style = 1 << 18
export const DIM: Style = 1 << 19
export const ITALIC: Style = 1 << 20
export const UNDERLINE: Style = 1 << 21
export const INVERSE: Style = 1 << 22
const STRIKE: Style = 1 << 23

const COLOUR_BITS = 0x1ff
const BACKGROUND_SHIFT = 9

/** @param index of the 256-colour palette; the first 8 are the terminal's named colours, the next 8 their bright ones */
export function foreground(index: number): Style {
  return index + 1
}

/** @param index of the 256-colour palette */
export function background(index: number): Style {
  return (index + 1) << BACKGROUND_SHIFT
}

/** The same style without colours: what `NO_COLOR` leaves. */
export function withoutColour(style: Style): Style {
  return style & ~(COLOUR_BITS | (COLOUR_BITS << BACKGROUND_SHIFT))
}

/**
 * The shortest "select graphic rendition" sequence that changes a terminal from one style to another.
 * @see ECMA-48, 8.3.117 (SGR); the 256-colour forms 38;5 and 48;5 are those of ITU-T T.416.
 */
export function styleChange(from: Style, to: Style): string {
  if (from === to) return ''
  if (to === PLAIN) return '\x1b[m'
  const pair = from * STYLES + to
  const known = changes.get(pair)
  if (known !== undefined) return known
  const change = sequenceOf(from, to)
  if (changes.size >= CHANGES_KEPT) changes.clear()
  changes.set(pair, change)
  return change
}

/** The same few changes are written again and again. More of them than a screen has is somebody else's text (our choice). */
const changes = new Map<number, string>()
const CHANGES_KEPT = 4096
/** How many styles 24 bits can tell apart. */
const STYLES = 1 << 24

function sequenceOf(from: Style, to: Style): string {
  const hasLost = (ATTRIBUTES & from & ~to) !== 0
  const isPlain = hasLost || from === PLAIN
  const codes = codesOf(to, isPlain ? PLAIN : from)
  return hasLost ? `\x1b[0;${codes}m` : `\x1b[${codes}m`
}

/** Follows one SGR sequence's parameters; what is not drawn here (fonts, 24-bit colours) leaves the style as it was. */
export function styleAfter(style: Style, parameters: readonly number[]): Style {
  let next = style
  for (let at = 0; at < parameters.length; at += 1) {
    const code = parameters[at] ?? 0
    if (code === 38 || code === 48) {
      const index = parameters[at + 2]
      if (parameters[at + 1] === 5 && index !== undefined && index < 256) {
        next = code === 38 ? withForeground(next, foreground(index)) : withBackground(next, background(index))
      }
      at += parameters[at + 1] === 2 ? 4 : 2
    } else {
      next = afterCode(next, code)
    }
  }
  return next
}

const ATTRIBUTES = BOLD | DIM | ITALIC | UNDERLINE | INVERSE | STRIKE

const ON: ReadonlyMap<number, Style> = new Map([
  [1, BOLD],
  [2, DIM],
  [3, ITALIC],
  [4, UNDERLINE],
  [7, INVERSE],
  [9, STRIKE],
])

const OFF: ReadonlyMap<number, Style> = new Map([
  [22, BOLD | DIM],
  [23, ITALIC],
  [24, UNDERLINE],
  [27, INVERSE],
  [29, STRIKE],
])

function afterCode(style: Style, code: number): Style {
  if (code === 0) return PLAIN
  const on = ON.get(code)
  if (on !== undefined) return style | on
  const off = OFF.get(code)
  if (off !== undefined) return style & ~off
  if (code >= 30 && code <= 37) return withForeground(style, foreground(code - 30))
  if (code >= 90 && code <= 97) return withForeground(style, foreground(code - 82))
  if (code >= 40 && code <= 47) return withBackground(style, background(code - 40))
  if (code >= 100 && code <= 107) return withBackground(style, background(code - 92))
  if (code === 39) return withForeground(style, 0)
  if (code === 49) return withBackground(style, 0)
  return style
}

function withForeground(style: Style, colour: Style): Style {
  return (style & ~COLOUR_BITS) | colour
}

function withBackground(style: Style, colour: Style): Style {
  return (style & ~(COLOUR_BITS << BACKGROUND_SHIFT)) | colour
}

function codesOf(style: Style, from: Style): string {
  const codes: string[] = []
  for (const [code, bit] of ON) if ((style & ~from & bit) !== 0) codes.push(String(code))
  const fore = style & COLOUR_BITS
  const back = (style >> BACKGROUND_SHIFT) & COLOUR_BITS
  if (fore !== (from & COLOUR_BITS)) codes.push(colourCode(fore, 30))
  if (back !== ((from >> BACKGROUND_SHIFT) & COLOUR_BITS)) codes.push(colourCode(back, 40))
  return codes.join(';')
}

/** @param base 30 for a foreground, 40 for a background */
function colourCode(colour: number, base: 30 | 40): string {
  if (colour === 0) return String(base + 9)
  const index = colour - 1
  if (index < 8) return String(base + index)
  if (index < 16) return String(base + 60 + index - 8)
  return `${base + 8};5;${index}`
}
