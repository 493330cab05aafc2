import type { KeyAction } from '../keys/key-action.ts'
import { createKeyDecoder } from '../keys/key-decoder.ts'
import { openGate, passKeys } from '../keys/key-gate.ts'
import type { KeyNotice } from '../keys/key-notice.ts'
import { type KeyContext, type KeySettings, keyTable } from '../keys/key-table.ts'
import type { TextInput } from '../keys/text-input.ts'

/** A terminal in which keys arrive as bytes at stated times; collects what got through. */
export function keyboard(context: KeyContext = 'trading', settings: KeySettings = {}) {
  const decoder = createKeyDecoder()
  const made = keyTable(settings)
  if (made.kind === 'problems') throw new Error(made.problems.join('\n'))
  let gate = openGate(false)
  const actions: KeyAction[] = []
  const texts: TextInput[] = []
  const focus: boolean[] = []
  const notices: KeyNotice[] = []
  return {
    actions,
    texts,
    focus,
    notices,
    read(text: string, atMs = 0) {
      const inputs = decoder.decode(Buffer.from(text), atMs)
      const passed = passKeys(gate, inputs, { table: made.table, context, atMs })
      gate = passed.gate
      for (const event of passed.events) {
        if (event.kind === 'action') actions.push(event.action)
        if (event.kind === 'text') texts.push(event.input)
        if (event.kind === 'focus') focus.push(event.isFocused)
      }
      notices.push(...passed.notices)
      return this
    },
  }
}

/** What a terminal answers that tells presses apart. */
export const KITTY = '\x1b[?31u'
