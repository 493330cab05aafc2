/** Where something stands in a text, as an editor shows it: `line 3, column 5`, counted from one. */
export function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset)
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`
}

export interface JsonPlaces {
  /** Offset of the first letter that cannot stand there, or of the end when the text breaks off; null when it is JSON. */
  readonly brokenAt: number | null
  /** Offsets of the elements of the list that the text is. */
  readonly elements: readonly number[]
}

/** `JSON.parse` tells what is wrong but seldom where, and of what is right never. Grammar: RFC 8259. */
export function jsonPlaces(text: string): JsonPlaces {
  const elements: number[] = []
  /** What is open: lists and objects, the outermost first. */
  const open: ('[' | '{')[] = []
  let at = passSpace(text, 0)
  let expects: 'value' | 'first value' | 'name' | 'first name' | 'comma' = 'value'

  const broken = (): JsonPlaces => ({ brokenAt: at, elements })
  while (expects !== 'comma' || open.length > 0) {
    const inside = open.at(-1)
    const letter = text[at]
    const closes = inside === '{' ? '}' : ']'
    if (letter === closes && inside && (expects === 'comma' || expects === 'first value' || expects === 'first name')) {
      open.pop()
      at++
      expects = 'comma'
    } else if (expects === 'comma') {
      if (letter !== ',') return broken()
      at++
      expects = inside === '{' ? 'name' : 'value'
    } else if (expects === 'name' || expects === 'first name') {
      const nameEnd = endOf(STRING, text, at)
      if (nameEnd < 0) return broken()
      at = passSpace(text, nameEnd)
      if (text[at] !== ':') return broken()
      at++
      expects = 'value'
    } else {
      if (open.length === 1 && inside === '[') elements.push(at)
      if (letter === '[' || letter === '{') {
        open.push(letter)
        at++
        expects = letter === '[' ? 'first value' : 'first name'
      } else {
        const end = endOf(SCALAR, text, at)
        if (end < 0) return broken()
        at = end
        expects = 'comma'
      }
    }
    at = passSpace(text, at)
  }
  return { brokenAt: at === text.length ? null : at, elements }
}

/** @returns -1 when none begins at the offset. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

const passSpace = (text: string, at: number): number => endOf(SPACE, text, at)

const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
const SCALAR = new RegExp(`${STRING.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`, 'uy')
