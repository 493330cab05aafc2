import { nextToken, type TerminalInput } from './control-sequence.ts'
import { legacyKey } from './key.ts'

/**
 * Turns what a terminal sends into keys: legacy bytes and the kitty keyboard protocol, cut into reads at any place.
 * Nothing here knows what a key means. Sources: ECMA-48 section 5.4 (control sequences), XTerm Control Sequences
 * ("Bracketed Paste Mode", "Mouse Tracking"), and the kitty keyboard protocol (https://sw.kovidgoyal.net/kitty/keyboard-protocol/).
 */
export interface KeyDecoder {
  /**
   * @param chunk may be empty, to hear of an Escape key whose time is over.
   * @param atMs monotonic time of the read: a lone Escape or an unfinished sequence is not waited for for ever.
   */
  decode(chunk: Uint8Array, atMs: number): readonly TerminalInput[]
  /** When (monotonic) the byte that waits turns out to have been the Escape key; null when none waits. */
  readonly escapeDueMs: number | null
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
/** How long after a sequence was given up its rest is still known for one: our choice, for lines that stall. */
const REST_MS = 2_000

const PASTE_END = '\x1b[201~'

export function createKeyDecoder(): KeyDecoder {
  /** Bytes of an unfinished sequence, as Latin-1 text. */
  let unfinished = ''
  /** When its first byte came: keys that follow must not keep it alive. */
  let unfinishedSinceMs = 0
  let pasted: number | null = null
  let pastedSinceMs = 0
  let lastReadMs = Number.NEGATIVE_INFINITY
  /** What was given up while its rest was on its way, and when it began. */
  let givenUp: { readonly text: string; readonly sinceMs: number } | null = null

  function dropStale(atMs: number): readonly TerminalInput[] {
    const silenceMs = atMs - lastReadMs
    if (pasted !== null && (silenceMs > PASTE_SILENCE_MS || atMs - pastedSinceMs > PASTE_LONGEST_MS)) {
      pasted = null
      unfinished = ''
    }
    if (pasted !== null || atMs - unfinishedSinceMs < (isEscape() ? ESCAPE_MS : SEQUENCE_MS)) return []
    const escapes = isEscape() ? [...unfinished].map(() => legacyKey('escape')) : []
    if (unfinished !== '') givenUp = { text: unfinished, sinceMs: unfinishedSinceMs }
    unfinished = ''
    return escapes
  }

  /** What comes first after a stall may be the rest of a sequence: its digits and letters are no keys. */
  function withoutRest(text: string, atMs: number): string {
    const before = givenUp
    givenUp = null
    if (!before || atMs - before.sinceMs > REST_MS) return text
    if (before.text.endsWith('\x1b')) return text.startsWith('[') ? `\x1b${text}` : text
    return before.text.startsWith('\x1b[') ? text.replace(REST_OF_SEQUENCE, '') : text
  }

  /** Escape, or twice Escape, and nothing behind it yet. */
  const isEscape = () => unfinished === '\x1b' || unfinished === '\x1b\x1b'

  return {
    decode(chunk, atMs) {
      const inputs: TerminalInput[] = [...dropStale(atMs)]
      if (chunk.length === 0) return inputs
      lastReadMs = atMs
      let hasBegunBefore = unfinished !== ''
      const read = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
      let text = unfinished + (pasted === null ? withoutRest(read, atMs) : read)
      unfinished = ''
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
    get escapeDueMs() {
      return pasted === null && isEscape() ? unfinishedSinceMs + ESCAPE_MS : null
    },
  }
}

/** Parameters and the last letter of a key, a mouse report or the focus. */
const REST_OF_SEQUENCE = /^[\d;:<]*[u~A-FHIMOPQRSZm]/

/** The part of pasted text that may be the beginning of the end mark. */
function endOfText(text: string): string {
  for (let length = Math.min(text.length, PASTE_END.length - 1); length > 0; length--)
    if (PASTE_END.startsWith(text.slice(-length))) return text.slice(-length)
  return ''
}
