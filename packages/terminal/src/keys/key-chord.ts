import { characterName } from './key.ts'
import { isBareModifier, MODIFIERS, NAMED_KEYS } from './key-names.ts'
import { nearestName } from './nearest-name.ts'

/** A chord: modifiers in the decoder's order, and the key that they are held with. */
export interface Chord {
  readonly modifiers: readonly string[]
  readonly key: string
}

/** `shift+ctrl+up` in its parts. @param name as the decoder writes it */
export function chordOf(name: string): Chord {
  const key = name.endsWith('+') ? '+' : name.slice(name.lastIndexOf('+') + 1)
  const held = name.slice(0, name.length - key.length)
  return { modifiers: held.split('+').filter(Boolean), key }
}

/** What people call keys, in manuals and on keycaps. */
const ALIASES: Readonly<Record<string, string>> = {
  esc: 'escape',
  return: 'enter',
  spacebar: 'space',
  pgup: 'page-up',
  pageup: 'page-up',
  pgdn: 'page-down',
  pgdown: 'page-down',
  pagedown: 'page-down',
  del: 'delete',
  ins: 'insert',
  '←': 'left',
  '→': 'right',
  '↑': 'up',
  '↓': 'down',
}
const MODIFIER_ALIASES: Readonly<Record<string, string>> = {
  control: 'ctrl',
  option: 'alt',
  opt: 'alt',
  cmd: 'super',
  command: 'super',
  win: 'super',
}

export type ReadChord =
  | { readonly kind: 'chord'; readonly name: string }
  | { readonly kind: 'unknown'; readonly part: string; readonly nearest: string | null }

/** Reads what a person calls a key, such as `Left Ctrl`, `Ctrl+C`, `PgUp` or `b`, into the decoder's name. */
export function readChord(text: string): ReadChord {
  if (text === ' ') return { kind: 'chord', name: 'space' }
  const { modifiers: heldText, key: keyText } = chordOf(text.trim())
  const held = new Set<string>()
  for (const part of heldText) {
    const name = modifierName(part.trim().toLowerCase())
    if (!MODIFIERS.some(modifier => modifier === name))
      return { kind: 'unknown', part, nearest: nearestName(name, MODIFIERS) }
    held.add(name)
  }
  const key = keyName(keyText.trim())
  if (key === null)
    return {
      kind: 'unknown',
      part: keyText.trim(),
      nearest: nearestName(slug(keyText), [...NAMED_KEYS, ...Object.keys(ALIASES)]),
    }
  return { kind: 'chord', name: asTyped(held, key) }
}

const slug = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
const modifierName = (text: string): string => MODIFIER_ALIASES[text] ?? text

function keyName(text: string): string | null {
  if ([...text].length === 1) return ALIASES[text] ?? (characterName(text).length > 2 ? null : text)
  const name = slug(text)
  const [side = '', ...rest] = name.split('-')
  const sided = side === 'left' || side === 'right' ? `${side}-${modifierName(rest.join('-'))}` : name
  const known = ALIASES[name] ?? sided
  return NAMED_KEYS.has(known) ? known : null
}

/** Shift with a letter alone is the upper-case letter; with other modifiers the letter is written small. */
function asTyped(held: ReadonlySet<string>, key: string): string {
  const isLetter = key.toLowerCase() !== key.toUpperCase() && [...key].length === 1
  const isUpper = isLetter && key === key.toUpperCase()
  const others = [...held].filter(name => name !== 'shift')
  if (isLetter && others.length === 0) return held.has('shift') ? key.toUpperCase() : key
  // Where letters are written large with a modifier, as in Ctrl+C, no Shift is meant.
  return (
    MODIFIERS.filter(name => held.has(name))
      .map(name => `${name}+`)
      .join('') + (isUpper ? key.toLowerCase() : key)
  )
}

const SHOWN: Readonly<Record<string, string>> = {
  left: '←',
  right: '→',
  up: '↑',
  down: '↓',
  escape: 'Esc',
  'page-up': 'PgUp',
  'page-down': 'PgDn',
}

/** A chord as people write it: `Left Ctrl`, `Ctrl+C`, `PgUp`, `b`, `B`. */
export function chordName(name: string): string {
  const { modifiers, key } = chordOf(name)
  const isCharacter = [...key].length === 1
  const shown = isCharacter ? (modifiers.length > 0 ? key.toUpperCase() : key) : (SHOWN[key] ?? titled(key))
  return [...modifiers.map(titled), shown].join('+')
}

const titled = (name: string): string =>
  name
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

/** A key that is no modifier by itself, held with Ctrl, Alt or Super, or with Shift where that types nothing else. */
export const hasModifier = (name: string): boolean => !isBareModifier(name) && chordOf(name).modifiers.length > 0

/** A key that stands for no character: Space, arrows, F-keys. */
export const isNamedKey = (key: string): boolean => [...key].length > 1 && !isBareModifier(key)
