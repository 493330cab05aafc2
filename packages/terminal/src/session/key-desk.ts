import type { KeyAction } from '../keys/key-action.ts'
import { createKeyDecoder } from '../keys/key-decoder.ts'
import { type KeyGate, openGate, passKeys } from '../keys/key-gate.ts'
import type { KeyNotice } from '../keys/key-notice.ts'
import type { KeyContext, KeyTable } from '../keys/key-table.ts'
import type { Keyboard } from '../keys/keyboard.ts'
import type { TextInput } from '../keys/text-input.ts'
import { unreachable } from '../screen/unreachable.ts'

/** What keys may bring about; each call ends before the next key is looked at. `pressedAtMs` is when the byte was read. */
export interface KeyTargets {
  act(action: KeyAction, pressedAtMs: number): void
  /** Typed into the line that is open; in the context `text` only. */
  type(input: TextInput): void
  /** Keys that were not taken, and why. */
  notice(notice: KeyNotice): void
  context(): KeyContext
  /** The terminal answered what it can tell about keys, or has no answer. */
  keyboardKnown(keyboard: Keyboard): void
  /** The window got the keyboard, or lost it. */
  focus(isFocused: boolean): void
}

export interface KeyDeskParts {
  /** The keys as they are bound now. */
  readonly table: () => KeyTable
  readonly isMultiplexed: boolean
  /** Calls back at a monotonic time: a lone Escape is a key only when nothing follows it. */
  at(dueMonotonicMs: number, run: () => void): { cancel(): void }
}

/** From bytes to actions in one turn of the event loop: decode, gate, act. */
export function keyDesk(targets: KeyTargets, parts: KeyDeskParts): (chunk: Uint8Array, readAtMs: number) => void {
  const decoder = createKeyDecoder()
  let gate: KeyGate = openGate(parts.isMultiplexed)
  let escapeTimer: { cancel(): void } | null = null
  let isKnown = false

  function read(chunk: Uint8Array, readAtMs: number): void {
    escapeTimer?.cancel()
    escapeTimer = null
    const inputs = decoder.decode(chunk, readAtMs)
    const { escapeDueMs } = decoder
    if (escapeDueMs !== null) escapeTimer = parts.at(escapeDueMs, () => read(NOTHING, escapeDueMs))
    const passed = passKeys(gate, inputs, { table: parts.table(), context: targets.context(), atMs: readAtMs })
    gate = passed.gate
    for (const event of passed.events)
      switch (event.kind) {
        case 'action':
          targets.act(event.action, readAtMs)
          break
        case 'text':
          targets.type(event.input)
          break
        case 'focus':
          targets.focus(event.isFocused)
          break
        default:
          unreachable(event)
      }
    for (const notice of passed.notices) targets.notice(notice)
    const hasFlags = inputs.some(({ kind }) => kind === 'kitty-flags')
    // Every terminal answers the second question: by then the first has been answered, or never will be.
    const isOver = !isKnown && inputs.some(({ kind }) => kind === 'device-attributes')
    if (!hasFlags && !isOver) return
    isKnown = true
    targets.keyboardKnown(gate.keyboard)
  }
  return read
}

const NOTHING = new Uint8Array()
