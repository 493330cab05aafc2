import type { Key } from './key.ts'

/** What typing into a line brings. */
export type TextInput =
  | { readonly kind: 'char'; readonly text: string }
  | { readonly kind: 'backspace' | 'enter' | 'escape' | 'up' | 'down' }

/** Null for keys that a line has no use for, and for chords. */
export function textInput(key: Key): TextInput | null {
  if (key.event === 'release') return null
  switch (key.name) {
    case 'backspace':
    case 'enter':
    case 'escape':
    case 'up':
    case 'down':
      return { kind: key.name }
    default:
      return key.text === null ? null : { kind: 'char', text: key.text }
  }
}
