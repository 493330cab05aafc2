export interface Key {
  readonly kind: 'key'
  /** `b`, `B`, `é`, `space`, `left-ctrl`, `page-up`; with modifiers `ctrl+c`, `shift+tab`; `U+E042` for what has no name. */
  readonly name: string
  readonly event: 'press' | 'repeat' | 'release'
  /**
   * `kitty` tells presses from repeats, `legacy` sends the same bytes for both; `shared` sequences are those that both use, and
   * are one or the other as the terminal said at the start.
   */
  readonly encoding: 'legacy' | 'kitty' | 'shared'
  /** What it types; null for keys that type nothing. */
  readonly text: string | null
}

export function legacyKey(name: string, text: string | null = null): Key {
  return { kind: 'key', name, event: 'press', encoding: 'legacy', text }
}

/** A character as the name of its key. */
export function characterName(character: string): string {
  if (character === ' ') return 'space'
  // Text that would draw over others or command the terminal names no key.
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(character)) return character
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
}
