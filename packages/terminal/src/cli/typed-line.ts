import { StringDecoder } from 'node:string_decoder'

export type TypedEvent =
  | { readonly kind: 'line'; readonly text: string }
  /** What stands on the line now; for questions whose answers are shown. */
  | { readonly kind: 'changed'; readonly text: string }
  /** A key that means nothing here: whoever types unseen should hear it. */
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'interrupted' }
  /** Ctrl-D on an empty line. */
  | { readonly kind: 'end' }

/** One line after another from the bytes of a terminal in raw mode, typed or pasted, split anywhere. */
export interface TypedLines {
  take(chunk: Uint8Array): readonly TypedEvent[]
}

export function typedLines(): TypedLines {
  const decoder = new StringDecoder('utf8')
  let text = ''
  /** A control sequence so far; null outside of one. */
  let sequence: string | null = null

  function onControl(char: string): TypedEvent {
    switch (char) {
      case '\r':
      case '\n': {
        const line = text
        text = ''
        return { kind: 'line', text: line }
      }
      case '\x03':
        text = ''
        return { kind: 'interrupted' }
      case '\x04':
        return text === '' ? { kind: 'end' } : { kind: 'unknown-key' }
      case '\x7f':
      case '\b':
        text = withoutLast(text)
        return { kind: 'changed', text }
      case '\x15':
        text = ''
        return { kind: 'changed', text }
      default:
        return { kind: 'unknown-key' }
    }
  }

  /** ECMA-48, section 5.4: parameters and intermediates, then a final byte. @returns an event when it ended. */
  function onSequence(begun: string, char: string): TypedEvent | null {
    const isStart = begun === '' && (char === '[' || char === 'O')
    if (isStart || (begun.startsWith('[') && !/[\x40-\x7e]/.test(char))) {
      sequence = begun + char
      return null
    }
    sequence = null
    // Where a paste begins and ends, for terminals that mark it. Source: XTerm Control Sequences, "Bracketed Paste Mode".
    return /^\[20[01]$/.test(begun) && char === '~' ? null : { kind: 'unknown-key' }
  }

  function onChar(char: string): TypedEvent | null {
    if (sequence !== null) return onSequence(sequence, char)
    if (char === '\x1b') {
      sequence = ''
      return null
    }
    if (/\p{Cc}/u.test(char)) return onControl(char)
    if (text.length >= LONGEST) return { kind: 'unknown-key' }
    text += char
    return { kind: 'changed', text }
  }

  return {
    take: chunk => [...decoder.write(Buffer.from(chunk))].map(onChar).filter(event => event !== null),
  }
}

/** UTF-16 units; our choice, far above every answer. */
const LONGEST = 4_096

/** What a person sees as one character goes with one press. */
function withoutLast(text: string): string {
  const parts = [...new Intl.Segmenter().segment(text)]
  return text.slice(0, parts.at(-1)?.index ?? 0)
}
