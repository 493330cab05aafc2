import { isKeyAction, type KeyAction } from '../keys/key-action.ts'
import type { KeyNotice } from '../keys/key-notice.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import type { TextInput } from '../keys/text-input.ts'
import { unreachable } from '../screen/unreachable.ts'
import type { KeyTargets } from './key-desk.ts'

/** What keys bring about, after the gate, as plain data: it is written to files and crosses sockets. */
export type KeyInput =
  | { readonly kind: 'act'; readonly action: KeyAction }
  | { readonly kind: 'type'; readonly input: TextInput }
  | { readonly kind: 'notice'; readonly notice: KeyNotice }
  | { readonly kind: 'keyboard'; readonly keyboard: Keyboard }
  | { readonly kind: 'focus'; readonly isFocused: boolean }

/** @param atMs when the byte was read, on the session's clock */
export function takeKeyInput(keys: KeyTargets, input: KeyInput, atMs: number): void {
  switch (input.kind) {
    case 'act':
      return keys.act(input.action, atMs)
    case 'type':
      return keys.type(input.input)
    case 'notice':
      return keys.notice(input.notice)
    case 'keyboard':
      return keys.keyboardKnown(input.keyboard)
    case 'focus':
      return keys.focus(input.isFocused)
    default:
      return unreachable(input)
  }
}

/** Checks what was read from a file or a socket. */
export function isKeyInput(value: unknown): value is KeyInput {
  if (!isRecord(value)) return false
  switch (value.kind) {
    case 'act':
      return typeof value.action === 'string' && isKeyAction(value.action)
    case 'type':
      return isRecord(value.input) && isTyped(value.input)
    case 'notice':
      return isRecord(value.notice) && isNotice(value.notice)
    case 'keyboard':
      return isRecord(value.keyboard) && KEYBOARD.every(name => typeof Object(value.keyboard)[name] === 'boolean')
    case 'focus':
      return typeof value.isFocused === 'boolean'
    default:
      return false
  }
}

const KEYBOARD = ['bareModifiers', 'eventTypes', 'isMultiplexed'] as const satisfies readonly (keyof Keyboard)[]
const LINE_KEYS: readonly unknown[] = ['backspace', 'enter', 'escape', 'up', 'down']

/** A key types a letter, and what stands for one: nothing is as long as a sentence. */
function isTyped({ kind, text }: Readonly<Record<string, unknown>>): boolean {
  if (kind === 'char') return typeof text === 'string' && text.length <= LONGEST_CHAR
  return LINE_KEYS.includes(kind)
}

const LONGEST_CHAR = 16

/** What each of them has to say, and the type of it. */
const NOTICES: Readonly<Record<KeyNotice['id'], Readonly<Record<string, 'number' | 'string'>>>> = {
  pasted: { bytes: 'number' },
  'paste-tail': { count: 'number' },
  burst: { count: 'number' },
  'burst-entries': { chord: 'string', count: 'number' },
  'second-entry': { chord: 'string', count: 'number' },
  held: { chord: 'string', seconds: 'number', count: 'number' },
  focus: { chord: 'string', count: 'number' },
  repeat: { chord: 'string', count: 'number' },
  unanswered: { chord: 'string', count: 'number' },
}

function isNotice({ id, values }: Readonly<Record<string, unknown>>): boolean {
  if (typeof id !== 'string' || !Object.hasOwn(NOTICES, id) || !isRecord(values)) return false
  return Object.entries(NOTICES[id as KeyNotice['id']]).every(([name, type]) => typeof values[name] === type)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
