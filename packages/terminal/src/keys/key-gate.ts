import type { Key, TerminalInput } from './key-decoder.ts'
import { bindingOf, chordName, type KeyAction, type KeyBinding } from './key-table.ts'

/**
 * Decides which keys of one read a person meant. Pure. A paste or a burst acts on nothing; otherwise exits always act, and
 * an entry at most once a read and once a hold.
 */
export interface KeyGate {
  /** When each chord's last byte came (monotonic); tells a held key from presses where the terminal does not. */
  readonly lastSeenMs: ReadonlyMap<string, number>
  /** A bare modifier that is down, and whether anything happened since. */
  readonly down: { readonly chord: string; readonly sinceMs: number; readonly isAlone: boolean } | null
  /** Whether the terminal reports presses, repeats and releases apart (kitty flag 2). */
  readonly reportsEvents: boolean
}

export const OPEN_GATE: KeyGate = { lastSeenMs: new Map(), down: null, reportsEvents: false }

export interface GateResult {
  readonly gate: KeyGate
  readonly actions: readonly KeyAction[]
  /** Why keys were not taken, for the trader. */
  readonly notices: readonly string[]
}

/** Longer reads than this are text, not typing: our choice; a busy loop merges two or three keys, not more. */
const MOST_KEYS_A_READ = 3
/**
 * Without event types a held key is only told by time: keyboards wait 250 to 660 ms before they repeat, then send one
 * each 30 to 40 ms. The same entry key within this of its last byte counts as held.
 */
const ENTRY_HOLD_MS = 700
/** An exit is only dropped when it comes as fast as a keyboard repeats. */
const EXIT_REPEAT_MS = 100
/** A bare modifier held longer than this was not a tap. */
const LONGEST_TAP_MS = 1_000
/** Bits of the kitty flags: https://sw.kovidgoyal.net/kitty/keyboard-protocol/ "Progressive enhancement". */
const KITTY_EVENT_TYPES = 2

export function passKeys(
  gate: KeyGate,
  inputs: readonly TerminalInput[],
  context: KeyBinding['context'],
  atMs: number,
): GateResult {
  const keys = inputs.filter(input => input.kind === 'key')
  const notices: string[] = []
  let next = gate
  for (const input of inputs) {
    if (input.kind === 'paste') notices.push(`pasted text (${input.size} bytes) was ignored: nothing sent`)
    if (input.kind === 'kitty-flags') next = { ...next, reportsEvents: (input.flags & KITTY_EVENT_TYPES) !== 0 }
  }
  const pressed = keys.filter(key => key.event === 'press').length
  if (pressed > MOST_KEYS_A_READ) {
    notices.push(`${pressed} keys at once were taken for pasted text: nothing sent`)
    return { gate: { ...withSeen(next, keys, atMs), down: null }, actions: [], notices }
  }
  const actions: KeyAction[] = []
  let hasEntry = false
  for (const key of keys) {
    const fired = fire(next, key, context, atMs)
    next = fired.gate
    if (fired.notice) notices.push(fired.notice)
    if (!fired.binding) continue
    if (fired.binding.kind === 'entry') {
      if (hasEntry) {
        notices.push('a second entry key in the same instant was ignored: one was taken')
        continue
      }
      hasEntry = true
    }
    actions.push(fired.binding.action)
  }
  return { gate: next, actions, notices }
}

interface Fired {
  readonly gate: KeyGate
  readonly binding?: KeyBinding
  readonly notice?: string
}

function fire(gate: KeyGate, key: Key, context: KeyBinding['context'], atMs: number): Fired {
  const binding = bindingOf(context, key.name)
  if (isBareModifier(key)) return tap(gate, key, binding, atMs)
  const moved: KeyGate = gate.down ? { ...gate, down: { ...gate.down, isAlone: false } } : gate
  if (key.event !== 'press') return { gate: moved }
  const seen = withSeen(moved, [key], atMs)
  if (binding?.fires !== 'press') return { gate: seen }
  if (key.encoding === 'kitty' && gate.reportsEvents) return { gate: seen, binding }
  const sinceMs = atMs - (gate.lastSeenMs.get(key.name) ?? Number.NEGATIVE_INFINITY)
  if (binding.kind === 'entry' && sinceMs < ENTRY_HOLD_MS) {
    const notice = `${chordName(key.name)} again within ${ENTRY_HOLD_MS / 1000} s was taken for a held key: not sent`
    return { gate: seen, notice }
  }
  if (binding.kind === 'exit' && sinceMs < EXIT_REPEAT_MS) return { gate: seen }
  return { gate: seen, binding }
}

const isBareModifier = (key: Key): boolean => key.name === 'left-ctrl' || key.name === 'right-ctrl'

function tap(gate: KeyGate, key: Key, binding: KeyBinding | undefined, atMs: number): Fired {
  if (key.event === 'press') return { gate: { ...gate, down: { chord: key.name, sinceMs: atMs, isAlone: !gate.down } } }
  if (key.event === 'repeat') return { gate }
  const { down } = gate
  const up: KeyGate = { ...gate, down: null }
  const isTap = down?.chord === key.name && down.isAlone && atMs - down.sinceMs <= LONGEST_TAP_MS
  return isTap && binding?.fires === 'tap' ? { gate: up, binding } : { gate: up }
}

function withSeen(gate: KeyGate, keys: readonly Key[], atMs: number): KeyGate {
  const lastSeenMs = new Map([...gate.lastSeenMs].filter(([, seenMs]) => atMs - seenMs < ENTRY_HOLD_MS))
  for (const key of keys) lastSeenMs.set(key.name, atMs)
  return { ...gate, lastSeenMs }
}
