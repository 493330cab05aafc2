import { characterName, type Key } from './key.ts'
import { isBareModifier, KITTY_NAMES, LETTER_NAMES, modifierPrefix, TILDE_NAMES } from './key-names.ts'

const EVENTS = { '1': 'press', '2': 'repeat', '3': 'release' } as const
const LOCKS = 64 | 128
const SHIFT = 1
const CAPS_LOCK = 64

interface Modified {
  readonly bits: number
  readonly event: Key['event']
  /** Said in the sequence: only terminals that tell presses from repeats do. */
  readonly isEventTold: boolean
}

/** `modifiers : event`, both optional; null for what is none. */
function modified(field: string): Modified | null {
  const [bitsText = '', eventText] = field.split(':')
  const event = EVENTS[(eventText || '1') as keyof typeof EVENTS]
  const bits = bitsText === '' ? 0 : Number(bitsText) - 1
  if (!event || !Number.isInteger(bits) || bits < 0 || bits > 255) return null
  return { bits, event, isEventTold: eventText !== undefined }
}

/**
 * `CSI code : shifted : base ; modifiers : event ; text u`, parts optional. Null for what is no key.
 * @see https://sw.kovidgoyal.net/kitty/keyboard-protocol/#an-overview
 */
export function kittyKey(body: string): Key | null {
  if (!/^\d+(:\d*){0,2}(;(\d*)(:\d*)?(;[\d:]*)?)?$/.test(body)) return null
  const [codes = '', modifierField = '', textField = ''] = body.split(';')
  const [code = 0, shiftedCode = 0] = codes.split(':').map(Number)
  const how = modified(modifierField)
  const typed = textOf(textField.split(':').filter(Boolean).map(Number))
  if (!how || code > 0x10ffff || shiftedCode > 0x10ffff || typed === null) return null
  const { bits, event } = how
  const key = (name: string, text: string | null): Key => ({ kind: 'key', name, event, encoding: 'kitty', text })
  const named = KITTY_NAMES.get(code)
  // A bare modifier carries its own bit, on one side only and not in every terminal: its code alone names it.
  if (named && isBareModifier(named)) return key(named, null)
  const held = bits & ~LOCKS
  if (named) return key(modifierPrefix(held) + named, held ? null : typed || (named.length === 1 ? named : null))
  // Text without a key of its own, from an input method or a composed accent.
  if (code === 0) return typed === '' ? null : key([...typed].length === 1 ? characterName(typed) : 'text', typed)
  const character = textOf([code])
  if (character === null || isPrivateUse(code))
    return key(`${modifierPrefix(held)}U+${code.toString(16).toUpperCase()}`, null)
  if (held & ~SHIFT) return key(modifierPrefix(held) + characterName(character), null)
  const isShifted = held !== 0
  const shifted = shiftedCode ? textOf([shiftedCode]) : null
  const isLetter = character.toLowerCase() !== character.toUpperCase()
  // Where a level of the layout types something else (AltGr), that is the key. Caps lock is none: it disturbs no key.
  if (typed !== '' && typed.toLowerCase() !== character.toLowerCase()) return key(nameOfText(typed), typed)
  if (isShifted) {
    const upper = shifted ?? (isLetter ? character.toUpperCase() : null)
    // A key whose shifted sign is not told: Shift is named, so that it is not taken for the plain key.
    return upper === null || upper === character
      ? key(`shift+${characterName(character)}`, typed || null)
      : key(characterName(upper), typed || upper)
  }
  return key(characterName(character), typed || (bits & CAPS_LOCK ? character.toUpperCase() : character))
}

const nameOfText = (text: string): string => ([...text].length === 1 ? characterName(text) : 'text')

/** Null for what no keyboard types: control characters, halves of characters. */
function textOf(codes: readonly number[]): string | null {
  const isText = codes.every(
    code => code >= 0x20 && code <= 0x10ffff && !(code >= 0x7f && code < 0xa0) && !isHalf(code),
  )
  return isText ? String.fromCodePoint(...codes) : null
}

const isHalf = (code: number): boolean => code >= 0xd800 && code <= 0xdfff
/** Unicode's private use area, in which kitty numbers its functional keys. */
const isPrivateUse = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff

/** `CSI 1 ; modifiers : event letter` and `CSI number ; modifiers : event ~`: keys of both encodings. Null for what is no key. */
export function functionKey(body: string, final: string): Key | null {
  const parts = /^(\d*)(?:;([\d:]*)(?:;[\d:]*)?)?$/.exec(body)
  if (!parts) return null
  const [, number = '', modifierField = ''] = parts
  const how = modified(modifierField)
  if (!how) return null
  const isOne = number === '' || number === '1'
  if (final === 'Z') return isOne ? shared('shift+tab', how) : null
  const name = final === '~' ? TILDE_NAMES[Number(number)] : isOne ? LETTER_NAMES[final] : undefined
  return name === undefined ? null : shared(modifierPrefix(how.bits & ~LOCKS) + name, how)
}

function shared(name: string, { event, isEventTold }: Modified): Key {
  return { kind: 'key', name, event, encoding: isEventTold ? 'kitty' : 'shared', text: null }
}
