import { createKeyDecoder } from '../keys/key-decoder.ts'
import { type KeyGate, OPEN_GATE, passKeys } from '../keys/key-gate.ts'
import type { KeyAction, KeyBinding } from '../keys/key-table.ts'

/** What keys may bring about; each call ends before the next key is looked at. `pressedAtMs` is when the byte was read. */
export interface KeyTargets {
  act(action: KeyAction, pressedAtMs: number): void
  /** Keys that were not taken, and why. */
  notice(text: string): void
  context(): KeyBinding['context']
  /** The terminal answered whether it tells bare Ctrl keys apart. */
  keyboardKnown(hasBareCtrl: boolean): void
}

/** From bytes to actions in one turn of the event loop: decode, gate, act. */
export function keyDesk(targets: KeyTargets): (chunk: Uint8Array, readAtMs: number) => void {
  const decoder = createKeyDecoder()
  let gate: KeyGate = OPEN_GATE
  return (chunk, readAtMs) => {
    const inputs = decoder.decode(chunk, readAtMs)
    const passed = passKeys(gate, inputs, targets.context(), readAtMs)
    gate = passed.gate
    for (const action of passed.actions) targets.act(action, readAtMs)
    for (const text of passed.notices) targets.notice(text)
    if (inputs.some(input => input.kind === 'kitty-flags')) targets.keyboardKnown(gate.reportsBareModifiers)
  }
}
