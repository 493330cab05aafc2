import type { Key, TerminalInput } from './key-decoder.ts'
import { bindingOf, chordName, type KeyAction, type KeyBinding } from './key-table.ts'

/**
 * Decides which keys of one read a person meant. Pure. A paste or a burst acts on nothing; otherwise exits always act, and
 * an entry at most once a read and once a hold.
 */
export interface KeyGate {
  /** The key that came last, and when (monotonic): tells a held key from presses where the terminal does not. */
  readonly last: { readonly chord: string; readonly atMs: number } | null
  /** A bare modifier that is down, and whether anything happened since. */
  readonly down: { readonly chord: string; readonly sinceMs: number; readonly isAlone: boolean } | null
  /** Whether the terminal reports presses, repeats and releases apart (kitty flag 2). */
  readonly reportsEvents: boolean
  /** Whether it reports a Ctrl key by itself, down and up (kitty flags 2 and 8). */
  readonly reportsBareModifiers: boolean
}

export const OPEN_GATE: KeyGate = { last: null, down: null, reportsEvents: false, reportsBareModifiers: false }

export interface GateResult {
  readonly gate: KeyGate
  readonly actions: readonly KeyAction[]
  /** Why keys were not taken, for the trader. */
  readonly notices: readonly string[]
}

/** Longer reads than this are text, not typing: our choice; a busy loop merges two or three keys, not more. */
const MOST_KEYS_A_READ = 3
/**
 * Without event types a held key is only told by time: keyboards wait up to a second or more before they repeat, then send
 * one each 30 to 40 ms. The same entry key within this of its last byte, with no other key between, counts as held: a key
 * cannot be held through another one's press. Our choice, with room for a slow setting.
 */
const ENTRY_HOLD_MS = 2_000
/** An exit is only dropped when it comes as fast as a keyboard repeats. */
const EXIT_REPEAT_MS = 100
/** A bare modifier held longer than this was held for something else, a mouse wheel or a terminal's own shortcut. */
const LONGEST_TAP_MS = 300
/** Bits of the kitty flags: https://sw.kovidgoyal.net/kitty/keyboard-protocol/ "Progressive enhancement". */
const KITTY_EVENT_TYPES = 2
const KITTY_ALL_KEYS = 8

export function passKeys(
  gate: KeyGate,
  inputs: readonly TerminalInput[],
  context: KeyBinding['context'],
  atMs: number,
): GateResult {
  const notices: string[] = []
  let next = gate
  for (const input of inputs) {
    if (input.kind === 'paste') notices.push(`pasted text (${input.size} bytes) was ignored: nothing sent`)
    if (input.kind === 'kitty-flags') next = withFlags(next, input.flags)
  }
  const { typed, isTail } = withoutPasteTail(inputs)
  if (isTail) notices.push('the end of pasted text was ignored: nothing sent')
  const keys = typed.filter(input => input.kind === 'key')
  const pressed = keys.filter(key => key.event === 'press')
  if (pressed.length > MOST_KEYS_A_READ) {
    const [first] = pressed
    const binding = first && bindingOf(context, first.name)
    // An exit held while the loop was busy comes as a run of itself: that is a person who wants out.
    if (binding?.kind === 'exit' && pressed.every(key => key.name === first?.name))
      return { gate: withLast({ ...next, down: null }, first, atMs), actions: [binding.action], notices }
    notices.push(`${pressed.length} keys at once were taken for pasted text: nothing sent`)
    return { gate: { ...withLast(next, pressed.at(-1), atMs), down: null }, actions: [], notices }
  }
  const actions: KeyAction[] = []
  let hasEntry = false
  for (const key of keys) {
    const fired = fire(next, key, context, atMs, isRunOf(key, pressed))
    next = fired.gate
    if (fired.notice && !notices.includes(fired.notice)) notices.push(fired.notice)
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

function withFlags(gate: KeyGate, flags: number): KeyGate {
  const reportsEvents = (flags & KITTY_EVENT_TYPES) !== 0
  return { ...gate, reportsEvents, reportsBareModifiers: reportsEvents && (flags & KITTY_ALL_KEYS) !== 0 }
}

/** A paste end without its start: everything before it in this read was pasted. */
function withoutPasteTail(inputs: readonly TerminalInput[]): { typed: readonly TerminalInput[]; isTail: boolean } {
  const end = inputs.findLastIndex(input => input.kind === 'paste-end')
  return { typed: inputs.slice(end + 1), isTail: end >= 0 }
}

/** The read holds the key more than once: a hold that a busy loop merged, unless it is the first that we hear of it. */
const isRunOf = (key: Key, pressed: readonly Key[]): boolean =>
  key.encoding === 'legacy' && pressed.filter(other => other.name === key.name).length > 1

interface Fired {
  readonly gate: KeyGate
  readonly binding?: KeyBinding
  readonly notice?: string
}

function fire(gate: KeyGate, key: Key, context: KeyBinding['context'], atMs: number, isRun: boolean): Fired {
  const binding = bindingOf(context, key.name)
  if (isBareModifier(key)) return tap(gate, key, binding, atMs)
  const moved: KeyGate = gate.down ? { ...gate, down: { ...gate.down, isAlone: false } } : gate
  if (key.event !== 'press') return { gate: moved }
  const seen = withLast(moved, key, atMs)
  if (binding?.fires !== 'press') return { gate: seen }
  if (key.encoding === 'kitty' && gate.reportsEvents) return { gate: seen, binding }
  const isSameAsLast = gate.last?.chord === key.name
  const sinceMs = isSameAsLast && gate.last ? atMs - gate.last.atMs : Number.POSITIVE_INFINITY
  if (binding.kind === 'entry' && isSameAsLast && (isRun || sinceMs < ENTRY_HOLD_MS)) {
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

function withLast(gate: KeyGate, key: Key | undefined, atMs: number): KeyGate {
  return key ? { ...gate, last: { chord: key.name, atMs } } : gate
}
