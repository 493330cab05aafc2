import { describe, expect, it } from 'vitest'
import { bytesOf } from '../testing/typed-keys.ts'
import { createKeyDecoder } from './key-decoder.ts'
import { openGate, passKeys } from './key-gate.ts'
import { PROFILES } from './key-profile.ts'
import { profileTable } from './key-table.ts'

/** Every key of every table, from the bytes that terminals send to the action. */
describe.each(PROFILES)('in the profile %s', profile => {
  const table = profileTable(profile)
  const rows = (['legacy', 'kitty'] as const).flatMap(encoding =>
    table.bindings.flatMap(({ context, chord, action }) => {
      const bytes = bytesOf(chord, encoding)
      return bytes === null ? [] : [{ encoding, context, chord, action, bytes }]
    }),
  )

  it.each(rows)('$encoding, $context: $chord is $action', ({ encoding, context, action, bytes }) => {
    const decoder = createKeyDecoder()
    const known = encoding === 'kitty' ? decoder.decode(Buffer.from('\x1b[?31u'), 0) : []
    const first = passKeys(openGate(false), known, { table, context, atMs: 0 })
    // A lone Escape is one when nothing follows it.
    const inputs = [...decoder.decode(Buffer.from(bytes), 1_000), ...decoder.decode(new Uint8Array(), 1_050)]
    const { events, notices } = passKeys(first.gate, inputs, { table, context, atMs: 1_000 })
    expect(events).toEqual([{ kind: 'action', action, chord: expect.any(String) }])
    expect(notices).toEqual([])
  })
})
