/**
 * Turns what a terminal sends into keys: legacy bytes and the kitty keyboard protocol, cut into reads at any place.
 * Nothing here knows what a key means. Sources: ECMA-48 section 5.4 (control sequences), XTerm Control Sequences
 * ("Bracketed Paste Mode", "Mouse Tracking"), and the kitty keyboard protocol (https://sw.kovidgoyal.net/kitty/keyboard-protocol/).
 */
export interface KeyDecoder {
  /** @param atMs monotonic time of the read: a lone Escape or an unfinished sequence is not waited for for ever. */
  decode(chunk: Uint8Array, atMs: number): readonly TerminalInput[]
}

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
  /** A sequence that means nothing to us: arrows, mouse, replies. */
  | { readonly kind: 'other-sequence' }

export interface Key {
  readonly kind: 'key'
  /** `b`, `space`, `left-ctrl`; with modifiers `ctrl+c`, `shift+b`; `U+1F600` for what has no name. */
  readonly name: string
  readonly event: 'press' | 'repeat' | 'release'
  /** `kitty` tells presses from repeats; `legacy` sends the same byte for both. */
  readonly encoding: 'legacy' | 'kitty'
}

/** A sequence whose rest does not come within this is dropped: our choice, long enough for a slow line. */
const SEQUENCE_MS = 500
/** A lone Escape key is one after this: our choice, as terminals write a sequence at once. */
const ESCAPE_MS = 50
/** A paste whose end mark does not come: the keys live again after this silence, or this long in all (our choices). */
const PASTE_SILENCE_MS = 1_000
const PASTE_LONGEST_MS = 5_000
/** The longest sequence kept while its end is awaited. */
const LONGEST_SEQUENCE = 4_096

const ESC = 0x1b
const PASTE_END = '\x1b[201~'

export function createKeyDecoder(): KeyDecoder {
  /** Bytes of an unfinished sequence, as Latin-1 text. */
  let unfinished = ''
  /** When its first byte came: keys that follow must not keep it alive. */
  let unfinishedSinceMs = 0
  let pasted: number | null = null
  let pastedSinceMs = 0
  let lastReadMs = Number.NEGATIVE_INFINITY

  function dropStale(atMs: number): void {
    const silenceMs = atMs - lastReadMs
    if (pasted !== null && (silenceMs > PASTE_SILENCE_MS || atMs - pastedSinceMs > PASTE_LONGEST_MS)) {
      pasted = null
      unfinished = ''
    }
    const limitMs = unfinished === '\x1b' ? ESCAPE_MS : SEQUENCE_MS
    if (pasted === null && atMs - unfinishedSinceMs > limitMs) unfinished = ''
  }

  return {
    decode(chunk, atMs) {
      dropStale(atMs)
      lastReadMs = atMs
      let hasBegunBefore = unfinished !== ''
      let text = unfinished + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
      unfinished = ''
      const inputs: TerminalInput[] = []
      while (text.length > 0) {
        if (pasted !== null) {
          const end = text.indexOf(PASTE_END)
          if (end < 0) {
            const kept = endOfText(text)
            pasted += text.length - kept.length
            unfinished = kept
            break
          }
          inputs.push({ kind: 'paste', size: pasted + end })
          pasted = null
          text = text.slice(end + PASTE_END.length)
          continue
        }
        const token = nextToken(text)
        if (!token) {
          if (text.length <= LONGEST_SEQUENCE) unfinished = text
          if (!hasBegunBefore) unfinishedSinceMs = atMs
          break
        }
        text = text.slice(token.length)
        hasBegunBefore = false
        if (token.input === 'paste-start') {
          pasted = 0
          pastedSinceMs = atMs
        } else inputs.push(token.input)
      }
      return inputs
    },
  }
}

/** The part of pasted text that may be the beginning of the end mark. */
function endOfText(text: string): string {
  for (let length = Math.min(text.length, PASTE_END.length - 1); length > 0; length--)
    if (PASTE_END.startsWith(text.slice(-length))) return text.slice(-length)
  return ''
}

interface Token {
  readonly length: number
  readonly input: TerminalInput | 'paste-start'
}

/** The first input of the text; null when more bytes are needed to tell. */
function nextToken(text: string): Token | null {
  const code = text.charCodeAt(0)
  if (code !== ESC) return plainKey(text, code)
  if (text.length === 1) return null
  switch (text[1]) {
    case '[':
      return controlSequence(text)
    case 'O':
      return text.length < 3 ? null : other(3)
    case ']':
    case 'P':
    case '_':
    case '^':
    case 'X':
      return controlString(text)
    case '\x1b':
      return { length: 1, input: legacy('escape') }
    default:
      // Escape and a character in one go: Alt held with a key, which is no key of ours.
      return { length: 1 + characterLength(text, 1), input: legacy(`alt+${asciiName(text.charCodeAt(1))}`) }
  }
}

function plainKey(text: string, code: number): Token | null {
  if (code >= 0x80) {
    const length = characterLength(text, 0)
    return { length, input: legacy('non-ascii') }
  }
  return { length: 1, input: legacy(asciiName(code)) }
}

function asciiName(code: number): string {
  if (code === 0x20) return 'space'
  // Ctrl+Space is NUL where keys come as bytes.
  if (code === 0) return 'ctrl+space'
  if (code === 0x7f) return 'backspace'
  if (code === 0x0d) return 'enter'
  if (code === 0x09) return 'tab'
  if (code < 0x20) return `ctrl+${String.fromCharCode(code + 0x60)}`
  return String.fromCharCode(code)
}

/** Bytes of the UTF-8 character at `start`, as far as they are there. */
function characterLength(text: string, start: number): number {
  let length = 1
  while (start + length < text.length && (text.charCodeAt(start + length) & 0xc0) === 0x80) length++
  return length
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
  // Old mouse reports put three raw bytes behind the final one: they look like keys and are none.
  if (final === 'M' && body === '') return text.length < length + 3 ? null : other(length + 3)
  if (final === '~' && body === '200') return { length, input: 'paste-start' }
  if (final === '~' && body === '201') return { length, input: { kind: 'paste-end' } }
  if (final === 'u' && body.startsWith('?'))
    return { length, input: { kind: 'kitty-flags', flags: Number(body.slice(1)) } }
  if (final === 'c' && body.startsWith('?')) return { length, input: { kind: 'device-attributes' } }
  if (final === 'u') return { length, input: kittyKey(body) }
  return other(length)
}

/** OSC, DCS, APC, PM, SOS: text up to BEL or `ESC \`. */
function controlString(text: string): Token | null {
  const end = text.slice(2).search(/\x07|\x1b\\/)
  if (end < 0) return null
  return other(2 + end + (text[2 + end] === '\x07' ? 1 : 2))
}

const EVENTS = { '1': 'press', '2': 'repeat', '3': 'release' } as const
const KITTY_NAMES: Readonly<Record<number, string>> = {
  27: 'escape',
  13: 'enter',
  9: 'tab',
  127: 'backspace',
  32: 'space',
  57442: 'left-ctrl',
  57448: 'right-ctrl',
}

/** `code : alternates ; modifiers : event ; text u`, parts optional. */
function kittyKey(body: string): TerminalInput {
  const [codes = '', modifiers = '', ..._text] = body.split(';')
  const code = Number(codes.split(':')[0])
  const [modifierText = '', eventText = '1'] = modifiers.split(':')
  const event = EVENTS[eventText as keyof typeof EVENTS]
  const bits = modifierText === '' ? 0 : Number(modifierText) - 1
  if (!Number.isInteger(code) || code < 0 || code > 0x10ffff || !event || !Number.isInteger(bits))
    return { kind: 'other-sequence' }
  const plain = KITTY_NAMES[code] ?? characterName(code)
  // A bare Ctrl key carries its own bit, on one side only and not in every terminal: its code alone names it.
  const name = plain.endsWith('-ctrl') ? plain : `${modifierPrefix(bits)}${plain}`
  return { kind: 'key', name, event, encoding: 'kitty' }
}

function characterName(code: number): string {
  const isPlain = code > 0x20 && code < 0x7f
  return isPlain ? String.fromCharCode(code) : `U+${code.toString(16).toUpperCase()}`
}

/** Shift 1, alt 2, ctrl 4, super 8, hyper 16, meta 32; caps lock (64) and num lock (128) disturb no key. */
function modifierPrefix(bits: number): string {
  const names = ['shift', 'alt', 'ctrl', 'super', 'hyper', 'meta']
  return names.map((name, bit) => (bits & (1 << bit) ? `${name}+` : '')).join('')
}

const legacy = (name: string): Key => ({ kind: 'key', name, event: 'press', encoding: 'legacy' })
const other = (length: number): Token => ({ length, input: { kind: 'other-sequence' } })
