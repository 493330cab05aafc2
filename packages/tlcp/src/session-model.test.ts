import fc from 'fast-check'
import { expect, it } from 'vitest'
import { step } from './session-machine.ts'
import type { SessionInput, SessionState } from './session-state.ts'
import { connected, cut, now, rested } from './testing/session-values.ts'
import { transportsOf } from './transport.ts'

const CHOICES = ['auto', 'websocket', 'http', 'websocket-polling', 'http-polling'] as const

const anyInput: fc.Arbitrary<SessionInput> = fc.oneof(
  fc.constantFrom<SessionInput>(
    { kind: 'start' },
    { kind: 'opened' },
    { kind: 'lost', cause: cut },
    { kind: 'overdue' },
    { kind: 'quiet' },
    { kind: 'heard' },
    { kind: 'dead' },
    { kind: 'due' },
    { kind: 'nonsense', cause: cut },
    { kind: 'forgotten', cause: cut },
    connected,
    { kind: 'loop', afterMs: 0 },
    { kind: 'loop', afterMs: 500 },
    { kind: 'poll-over' },
    { kind: 'leave' },
    { ...connected, sessionId: 'S2' },
  ),
  fc.nat(12).map((count): SessionInput => ({ kind: 'progress', count })),
  fc.integer({ min: -3, max: 75 }).map((code): SessionInput => ({ kind: 'refused', code, text: 'x' })),
  fc.integer({ min: -3, max: 75 }).map((code): SessionInput => ({ kind: 'ended', code, text: 'x' })),
)

it('whatever happens in whatever order: it never throws, is never stuck, and dials at most twice without a pause', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CHOICES), fc.array(anyInput, { maxLength: 60 }), (choice, inputs) => {
      const transports = transportsOf(choice, true)
      const retry = { ...rested, transport: transports[0] }
      let state: SessionState = step({ kind: 'idle', retry }, { kind: 'start' }, { ...now, transports }).state
      let dials = 1
      for (const input of inputs) {
        // Time stands still: every dial but the first of a stable session needs a pause before it.
        const result = step(state, input, { ...now, transports, atMs: 0 })
        state = result.state
        if (input.kind === 'due') dials = 0
        dials += result.effects.filter(effect => effect.kind === 'dial').length
        expect(dials).toBeLessThanOrEqual(2)
        if (state.kind === 'waiting')
          expect(step(state, { kind: 'due' }, { ...now, transports }).state.kind).toBe('dialling')
        expect(step(state, { kind: 'stop' }, { ...now, transports }).state.kind).toBe('closed')
      }
    }),
  )
})
