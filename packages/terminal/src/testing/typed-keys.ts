import { setTimeout as keyboardDelay } from 'node:timers/promises'
import type { TerminalSession } from '@scalpdesk/testkit'
import { chordOf } from '../keys/key-chord.ts'
import { isBareModifier, KITTY_NAMES, LETTER_NAMES, MODIFIERS, TILDE_NAMES } from '../keys/key-names.ts'

/**
 * What a keyboard sends for a chord: written here from the other side, for tests of everything behind it. Null where a terminal
 * without the kitty protocol has no bytes for it.
 */
export function bytesOf(chord: string, encoding: 'legacy' | 'kitty'): string | null {
  return encoding === 'legacy' ? legacyBytes(chord) : kittyBytes(chord)
}

const LEGACY: Readonly<Record<string, string>> = {
  space: ' ',
  tab: '\t',
  enter: '\r',
  escape: '\x1b',
  backspace: '\x7f',
}

function legacyBytes(chord: string): string | null {
  const { modifiers, key } = chordOf(chord)
  if (isBareModifier(chord)) return null
  if (chord === 'shift+tab') return '\x1b[Z'
  if (modifiers.length === 0) return LEGACY[key] ?? functionBytes(key, 0) ?? key
  if (modifiers.length === 1 && modifiers[0] === 'ctrl' && /^[a-z]$/.test(key))
    return String.fromCharCode(key.charCodeAt(0) - 0x60)
  return functionBytes(key, bitsOf(modifiers))
}

function functionBytes(key: string, bits: number): string | null {
  const letter = Object.keys(LETTER_NAMES).find(name => LETTER_NAMES[name] === key)
  if (letter) return bits === 0 ? `\x1b[${letter}` : `\x1b[1;${bits + 1}${letter}`
  const number = Object.entries(TILDE_NAMES).find(([, name]) => name === key)?.[0]
  return number === undefined ? null : `\x1b[${number}${bits === 0 ? '' : `;${bits + 1}`}~`
}

const bitsOf = (modifiers: readonly string[]): number =>
  MODIFIERS.reduce((bits, name, bit) => (modifiers.includes(name) ? bits | (1 << bit) : bits), 0)

/** A press and its release. */
function kittyBytes(chord: string): string {
  const { modifiers, key } = chordOf(chord)
  const bits = bitsOf(modifiers)
  const isUpper = /^[A-Z]$/.test(key)
  const code = [...KITTY_NAMES].find(([, name]) => name === key)?.[0]
  if (code !== undefined && key.length > 1) return `\x1b[${code};${bits + 1}u\x1b[${code};${bits + 1}:3u`
  const pressed = functionBytes(key, bits)
  if (pressed)
    return (
      pressed + pressed.replace(/\[1?(\d*)(?:;\d+)?([A-Z~])$/, `[${/~$/.test(pressed) ? '$1' : '1'};${bits + 1}:3$2`)
    )
  const character = key === 'space' ? ' ' : isUpper ? key.toLowerCase() : key
  const point = character.codePointAt(0)
  const held = isUpper ? `;2;${key.codePointAt(0)}` : `;${bits + 1}`
  return `\x1b[${point}${isUpper ? `:${key.codePointAt(0)}` : ''}${held}u\x1b[${point};${isUpper ? 2 : bits + 1}:3u`
}

/** Types one thing after the other, as far apart as a person's keys are: each comes in a read of its own. */
export async function typeApart(desk: TerminalSession, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    desk.type(input)
    await keyboardDelay(120)
  }
}
