import { characterName, type Key, legacyKey } from './key.ts'
import { CONSOLE_NAMES, SS3_NAMES } from './key-names.ts'
import { functionKey, kittyKey } from './kitty-key.ts'

export type TerminalInput =
  | Key
  /** Text that the terminal marked as pasted; `size` in bytes. */
  | { readonly kind: 'paste'; readonly size: number }
  /** The end of a paste whose beginning is long gone: what came before it was part of that paste. */
  | { readonly kind: 'paste-end' }
  /** The terminal speaks the kitty protocol, with these flags on. */
  | { readonly kind: 'kitty-flags'; readonly flags: number }
  /** Answer to the question that every terminal answers (`CSI c`). */
  | { readonly kind: 'device-attributes' }
  /** The window got the keyboard, or lost it. */
  | { readonly kind: 'focus'; readonly isFocused: boolean }
  /** A sequence that means nothing to us: mouse, replies, and bytes that are no text. */
  | { readonly kind: 'other-sequence' }

export interface Token {
  readonly length: number
  readonly input: TerminalInput | 'paste-start'
}

const ESC = 0x1b

/** The first input of the bytes (as Latin-1 text, not empty); null when more bytes are needed to tell. */
export function nextToken(text: string): Token | null {
  if (text.charCodeAt(0) !== ESC) return plainKey(text)
  if (text.length === 1) return null
  switch (text[1]) {
    case '[':
      return controlSequence(text)
    case 'O':
      return text.length < 3 ? null : keyOr(3, SS3_NAMES[text[2] ?? ''])
    case ']':
    case 'P':
    case '_':
    case '^':
    case 'X':
      return controlString(text)
    case '\x1b':
      return afterEscape(text)
    default:
      return alt(plainKey(text.slice(1)))
  }
}

/** Two escapes: Alt held with a key that is a sequence, as some terminals write it; or Escape pressed, and something else. */
function afterEscape(text: string): Token | null {
  const isEscape = { length: 1, input: legacyKey('escape') }
  if (text.length === 2) return null
  if (text[2] !== '[' && text[2] !== 'O') return isEscape
  const inner = nextToken(text.slice(1))
  if (inner === null) return null
  return typeof inner.input === 'object' && inner.input.kind === 'key' && inner.input.encoding !== 'kitty'
    ? alt(inner)
    : isEscape
}

/** Escape and a key in one go: Alt held with it. */
function alt(token: Token | null): Token | null {
  if (token === null || typeof token.input !== 'object') return token
  const { input } = token
  const length = token.length + 1
  if (input.kind !== 'key') return { length, input }
  const isUpper = /^[A-Z]$/.test(input.name)
  // Shift, alt, ctrl is the order of names.
  const name = isUpper
    ? `shift+alt+${input.name.toLowerCase()}`
    : input.name.startsWith('shift+')
      ? `shift+alt+${input.name.slice('shift+'.length)}`
      : input.name.startsWith('alt+')
        ? input.name
        : `alt+${input.name}`
  return { length, input: { ...input, name, text: null } }
}

function plainKey(text: string): Token | null {
  const code = text.charCodeAt(0)
  if (code < 0x80) return { length: 1, input: asciiKey(code) }
  const length = code >= 0xf0 && code < 0xf5 ? 4 : code >= 0xe0 ? 3 : 2
  if (code < 0xc2 || code >= 0xf5) return other(1)
  const bytes = text.slice(0, length)
  const followers = /^[\x80-\xbf]*/.exec(bytes.slice(1))?.[0].length ?? 0
  if (followers < length - 1) return bytes.length - 1 > followers ? other(1 + followers) : null
  try {
    const character = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'))
    return { length, input: legacyKey(characterName(character), /\p{C}/u.test(character) ? null : character) }
  } catch {
    // Continued because such bytes are no text: halves of characters, or spelled longer than they are.
    return other(length)
  }
}

function asciiKey(code: number): Key {
  // Ctrl+Space is NUL where keys come as bytes.
  if (code === 0) return legacyKey('ctrl+space')
  // Some terminals send the one, some the other.
  if (code === 0x7f || code === 0x08) return legacyKey('backspace')
  if (code === 0x0d) return legacyKey('enter')
  if (code === 0x09) return legacyKey('tab')
  if (code < 0x20) return legacyKey(`ctrl+${String.fromCharCode(code + 0x40).toLowerCase()}`)
  const character = String.fromCharCode(code)
  return legacyKey(characterName(character), character)
}

/** ECMA-48: `ESC [`, parameter bytes 30–3F, intermediate bytes 20–2F, one final byte 40–7E. */
function controlSequence(text: string): Token | null {
  let end = 2
  while (end < text.length && text.charCodeAt(end) >= 0x20 && text.charCodeAt(end) <= 0x3f) end++
  if (end >= text.length) return null
  const final = text[end] ?? ''
  const body = text.slice(2, end)
  const length = end + 1
  // A byte that cannot be part of a sequence ends it: what came so far is dropped, the byte stands for itself.
  if (final < '@' || final > '~') return other(end)
  if (body === '') {
    if (final === 'M') return oldMouseReport(text)
    if (final === '[') return text.length < 4 ? null : keyOr(4, CONSOLE_NAMES[text[3] ?? ''])
    if (final === 'I' || final === 'O') return { length, input: { kind: 'focus', isFocused: final === 'I' } }
  }
  if (final === '~' && body === '200') return { length, input: 'paste-start' }
  if (final === '~' && body === '201') return { length, input: { kind: 'paste-end' } }
  if (body.startsWith('?')) return { length, input: reply(body.slice(1), final) }
  const key = final === 'u' ? kittyKey(body) : functionKey(body, final)
  return key ? { length, input: key } : other(length)
}

function reply(body: string, final: string): TerminalInput {
  if (final === 'u' && /^\d{1,3}$/.test(body)) return { kind: 'kitty-flags', flags: Number(body) }
  return final === 'c' ? { kind: 'device-attributes' } : { kind: 'other-sequence' }
}

/**
 * Three raw bytes, or three characters of UTF-8, behind the final one: they look like keys and are none.
 * @see XTerm Control Sequences, "Mouse Tracking": X10 and UTF-8 (1005) coordinates
 */
function oldMouseReport(text: string): Token | null {
  let length = 3
  for (let value = 0; value < 3; value++) {
    if (length >= text.length) return null
    const isWide = text.charCodeAt(length) >= 0xc2 && text.charCodeAt(length) <= 0xdf
    if (isWide && length + 1 >= text.length) return null
    length += isWide && (text.charCodeAt(length + 1) & 0xc0) === 0x80 ? 2 : 1
  }
  return other(length)
}

/** OSC, DCS, APC, PM, SOS: text up to BEL or `ESC \`. */
function controlString(text: string): Token | null {
  const end = text.slice(2).search(/\x07|\x1b\\/)
  if (end < 0) return null
  return other(2 + end + (text[2 + end] === '\x07' ? 1 : 2))
}

const other = (length: number): Token => ({ length, input: { kind: 'other-sequence' } })

function keyOr(length: number, name: string | undefined): Token {
  return name === undefined ? other(length) : { length, input: { ...legacyKey(name, name.length === 1 ? name : null) } }
}
