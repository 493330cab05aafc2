import type { TerminalInput } from './control-sequence.ts'
import type { Key } from './key.ts'
import { factsOf, type KeyAction } from './key-action.ts'
import { chordName } from './key-chord.ts'
import { isBareModifier } from './key-names.ts'
import type { KeyNotice } from './key-notice.ts'
import type { KeyBinding, KeyContext, KeyTable } from './key-table.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'
import { type TextInput, textInput } from './text-input.ts'

/**
 * Decides which keys of one read a person meant. Pure. A paste or a burst acts on nothing; otherwise exits always act, and
 * an entry at most once a read and once a hold.
 */
export interface KeyGate {
  /** The key that came last, and when (monotonic): tells a held key from presses where the terminal does not. */
  readonly last: { readonly chord: string; readonly atMs: number } | null
  /** A bare modifier that is down. */
  readonly down: HeldModifier | null
  readonly keyboard: Keyboard
  /** When text came that no person typed (monotonic): the end of it may come by itself. */
  readonly textAtMs: number
}

interface HeldModifier {
  readonly chord: string
  readonly sinceMs: number
  /** Nothing else was pressed since. */
  readonly isAlone: boolean
  /** It came in one read with the focus. */
  readonly cameWithFocus: boolean
}

/** What a read comes to, in the order of its keys. */
type GateEvent =
  /** `chord`: the key that was pressed. */
  | { readonly kind: 'action'; readonly action: KeyAction; readonly chord: string }
  | { readonly kind: 'text'; readonly input: TextInput }
  | { readonly kind: 'focus'; readonly isFocused: boolean }

export interface GateResult {
  readonly gate: KeyGate
  readonly events: readonly GateEvent[]
  /** Why keys were not taken, for the trader. */
  readonly notices: readonly KeyNotice[]
}

/** Where and when a read arrived. */
export interface ReadPlace {
  readonly table: KeyTable
  /** What the trader saw when pressing: one for the whole read. */
  readonly context: KeyContext
  /** Monotonic. */
  readonly atMs: number
}

export const openGate = (isMultiplexed: boolean): KeyGate => ({
  last: null,
  down: null,
  keyboard: keyboardOf(0, isMultiplexed),
  textAtMs: Number.NEGATIVE_INFINITY,
})

/** Longer reads than this are text, not typing: our choice; a busy loop merges two or three keys, not more. */
const MOST_KEYS_A_READ = 3
/** Text that a terminal does not mark as pasted comes cut anywhere: what follows it within this is its rest (our choice). */
const REST_OF_TEXT_MS = 250
/**
 * Without event types a held key is only told by time: keyboards wait up to a second or more before they repeat, then send
 * one each 30 to 40 ms. The same entry key within this of its last byte, with no other key between, counts as held: a key
 * cannot be held through another one's press. Our choice, with room for a slow setting.
 */
const ENTRY_HOLD_MS = 2_000
/** The same for what switches to and fro: a second press is wanted sooner, as it takes a slip back (our choice). */
const TOGGLE_HOLD_MS = 700
const TOGGLES: ReadonlySet<KeyAction> = new Set(['toggle-armed', 'toggle-trailing'])
/** What is sent to the broker and is no entry is only dropped when it comes as fast as a keyboard repeats. */
const REPEAT_MS = 100
/** Where a second press does more than the first, what was not taken is told; the others are done already. */
const ADDS_UP: ReadonlySet<KeyAction> = new Set([
  'close-half',
  'close-quarter',
  'stop-up',
  'stop-down',
  'limit-up',
  'limit-down',
  'tighten-stop',
])
/** A bare modifier held longer than this was held for something else, a mouse wheel or a terminal's own shortcut. */
const LONGEST_TAP_MS = 300

export function passKeys(gate: KeyGate, inputs: readonly TerminalInput[], place: ReadPlace): GateResult {
  const read = openRead(gate, inputs, place.context)
  const typed = inputs.slice(pasteEnd(inputs) + 1)
  const pressed = typed.filter(input => input.kind === 'key').filter(key => key.event === 'press')
  const isRest = pressed.length > 0 && place.atMs - gate.textAtMs < REST_OF_TEXT_MS
  if (pressed.length > MOST_KEYS_A_READ || isRest) {
    const exit = heldExit(pressed, place)
    // Pasted text is never written as presses: these were typed while the program was busy.
    if (exit || !pressed.every(key => tellsPresses(key, read.gate.keyboard))) {
      read.events.push(...typed.filter(isFocus))
      return burst(read, pressed, exit, place)
    }
    read.isBurst = pressed.length > MOST_KEYS_A_READ
  }
  for (const input of typed) {
    if (input.kind === 'focus') {
      read.events.push(input)
      read.isWithFocus ||= !input.isFocused
      // A key that is let go elsewhere is not heard of.
      read.gate = { ...read.gate, down: null }
    } else if (input.kind === 'other-sequence') read.gate = notAlone(read.gate)
    else if (input.kind === 'key') take(read, input, place, pressed)
  }
  return read
}

/** One read while it is worked through. */
interface Read extends GateResult {
  readonly context: KeyContext
  gate: KeyGate
  readonly events: GateEvent[]
  readonly notices: KeyNotice[]
  /** The focus came with this read, or went earlier in it. */
  isWithFocus: boolean
  hasEntry: boolean
  /** More keys than a person types at once: they are taken, entries are not. */
  isBurst: boolean
}

function openRead(gate: KeyGate, inputs: readonly TerminalInput[], context: KeyContext): Read {
  const notices: KeyNotice[] = []
  let next = gate
  for (const input of inputs) {
    if (input.kind === 'paste') notices.push({ id: 'pasted', values: { bytes: input.size } })
    if (input.kind === 'kitty-flags') next = { ...next, keyboard: keyboardOf(input.flags, next.keyboard.isMultiplexed) }
  }
  const pasted = inputs.slice(0, pasteEnd(inputs) + 1)
  if (pasted.length > 0) {
    const count = pasted.filter(input => input.kind === 'key' && input.event === 'press').length
    notices.push({ id: 'paste-tail', values: { count } })
    next = { ...next, down: null }
  }
  const isWithFocus = inputs.some(input => input.kind === 'focus' && input.isFocused)
  return { context, gate: next, events: pasted.filter(isFocus), notices, isWithFocus, hasEntry: false, isBurst: false }
}

const isFocus = (input: TerminalInput) => input.kind === 'focus'

/** Where a paste ends whose start is not in this read: everything before it was pasted. -1 for none. */
const pasteEnd = (inputs: readonly TerminalInput[]): number => inputs.findLastIndex(input => input.kind === 'paste-end')

/** An exit held while the loop was busy comes as a run of itself: that is a person who wants out, once. */
function heldExit(pressed: readonly Key[], { table, context }: ReadPlace): KeyBinding | null {
  const typed = pressed.filter(key => !isBareModifier(key.name)).map(key => table.bindingOf(context, key.name))
  const [first] = typed
  return first?.kind === 'exit' && typed.every(binding => binding?.action === first.action) ? first : null
}

/** More bytes in one read than a person types. */
function burst(read: Read, pressed: readonly Key[], exit: KeyBinding | null, { context, atMs }: ReadPlace): GateResult {
  const gate = { ...withLast(read.gate, pressed.at(-1), atMs), down: null }
  if (exit) {
    const event = { kind: 'action', action: exit.action, chord: exit.chord } as const
    return { gate, events: [...read.events, event], notices: read.notices }
  }
  const after = pressed.length > MOST_KEYS_A_READ ? { ...gate, textAtMs: atMs } : gate
  if (context !== 'text') {
    const notice: KeyNotice = { id: 'burst', values: { count: pressed.length } }
    return { gate: after, events: read.events, notices: [...read.notices, notice] }
  }
  // Letters may come quickly; what ends a line must have been meant.
  const texts = pressed.flatMap(key => textInput(key) ?? []).filter(input => input.kind !== 'enter')
  return {
    gate: after,
    events: [...read.events, ...texts.map(input => ({ kind: 'text', input }) as const)],
    notices: read.notices,
  }
}

function take(read: Read, key: Key, place: ReadPlace, pressed: readonly Key[]): void {
  const { table, context, atMs } = place
  const binding = table.bindingOf(context, key.name)
  if (isBareModifier(key.name)) return takeModifier(read, key, binding, place)
  const before = read.gate
  // A letter let go while Ctrl is down was pressed before it: no chord.
  if (key.event !== 'release') read.gate = notAlone(read.gate)
  if (context === 'text' && !binding) {
    const input = textInput(key)
    if (input) read.events.push({ kind: 'text', input })
  }
  if (key.event === 'repeat') tellRepeat(read, binding)
  if (key.event !== 'press') return
  read.gate = withLast(read.gate, key, atMs)
  if (!binding) tellUnanswered(read, table, key)
  if (context === 'help' && binding?.kind !== 'exit')
    return once(read, { kind: 'action', action: helpAction(table, key), chord: key.name })
  if (binding?.fires !== 'press') return
  if (!tellsPresses(key, before.keyboard) && isHeld(read, before, key, binding, atMs, pressed)) return
  act(read, binding, read.isWithFocus)
}

/** Any key closes the list of keys, but those that move a mark turn its pages. */
function helpAction(table: KeyTable, key: Key): KeyAction {
  const action = table.bindingOf('trading', key.name)?.action
  return action === 'next-selection' || action === 'previous-selection' ? action : 'help'
}

const tellsPresses = (key: Key, keyboard: Keyboard): boolean => keyboard.eventTypes && key.encoding !== 'legacy'

/** Where a held key is a stream of the same bytes: whether this is one of them. */
function isHeld(
  read: Read,
  before: KeyGate,
  key: Key,
  binding: KeyBinding,
  atMs: number,
  pressed: readonly Key[],
): boolean {
  if (before.last?.chord !== key.name) return false
  const sinceMs = atMs - before.last.atMs
  const holdMs = binding.kind === 'entry' ? ENTRY_HOLD_MS : TOGGLES.has(binding.action) ? TOGGLE_HOLD_MS : null
  if (holdMs === null) {
    const isRepeat = factsOf(binding.action).danger === 'changes' && sinceMs < REPEAT_MS
    if (isRepeat) tellRepeat(read, binding)
    return isRepeat
  }
  // More than once in one read: a hold that a busy loop merged.
  const isRun = pressed.filter(({ name }) => name === key.name).length > 1
  if (!isRun && sinceMs >= holdMs) return false
  count(read, { id: 'held', values: { chord: chordName(key.name), seconds: holdMs / 1_000, count: 1 } })
  return true
}

function takeModifier(read: Read, key: Key, binding: KeyBinding | undefined, { table, atMs }: ReadPlace): void {
  const { down } = read.gate
  if (key.event === 'press') {
    // Pressed again without having been let go: the release was lost, with the focus or on the way.
    const isAlone = !down || down.chord === key.name
    const held = { chord: key.name, sinceMs: atMs, isAlone, cameWithFocus: read.isWithFocus }
    read.gate = { ...withLast(read.gate, key, atMs), down: held }
    if (binding?.fires === 'press') act(read, binding, read.isWithFocus)
    return
  }
  if (key.event === 'repeat') return
  read.gate = { ...read.gate, down: null }
  const isTap = down?.chord === key.name && down.isAlone && atMs - down.sinceMs <= LONGEST_TAP_MS
  if (isTap && binding?.fires === 'tap') act(read, binding, down.cameWithFocus || read.isWithFocus)
  else if (isTap && !binding) tellUnanswered(read, table, key)
}

function act(read: Read, { action, kind, chord }: KeyBinding, isWithFocus: boolean): void {
  if (kind === 'entry') {
    // No table has one elsewhere; and if it had, nobody would mean it.
    if (read.context !== 'trading') return
    const values = { chord: chordName(chord), count: 1 }
    if (read.isBurst) return count(read, { id: 'burst-entries', values })
    if (isWithFocus) return count(read, { id: 'focus', values })
    if (read.hasEntry) return count(read, { id: 'second-entry', values })
    read.hasEntry = true
  }
  read.events.push({ kind: 'action', action, chord })
}

function once(read: Read, event: Extract<GateEvent, { kind: 'action' }>): void {
  if (!read.events.some(earlier => earlier.kind === 'action' && earlier.action === event.action))
    read.events.push(event)
}

function tellRepeat(read: Read, binding: KeyBinding | undefined): void {
  if (binding && ADDS_UP.has(binding.action))
    count(read, { id: 'repeat', values: { chord: chordName(binding.chord), count: 1 } })
}

/** Nothing but an answer and the exits is taken while a question stands: who overlooked it is told. */
function tellUnanswered(read: Read, table: KeyTable, key: Key): void {
  if (read.context === 'question' && table.bindingOf('trading', key.name))
    count(read, { id: 'unanswered', values: { chord: chordName(key.name), count: 1 } })
}

/** The same notice as before counts on. */
function count(
  read: Read,
  notice: Extract<KeyNotice, { id: 'held' | 'second-entry' | 'focus' | 'burst-entries' | 'repeat' | 'unanswered' }>,
): void {
  const at = read.notices.findIndex(({ id }) => id === notice.id)
  const earlier = read.notices[at]
  if (!earlier || !('count' in earlier.values)) return void read.notices.push(notice)
  const total = earlier.values.count + notice.values.count
  read.notices[at] = { ...notice, values: { ...notice.values, count: total } } as KeyNotice
}

const notAlone = (gate: KeyGate): KeyGate => (gate.down ? { ...gate, down: { ...gate.down, isAlone: false } } : gate)

function withLast(gate: KeyGate, key: Key | undefined, atMs: number): KeyGate {
  return key ? { ...gate, last: { chord: key.name, atMs } } : gate
}
