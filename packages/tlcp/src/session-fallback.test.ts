import { expect, it } from 'vitest'
import { step } from './session-machine.ts'
import type { Now, Retry, SessionInput, SessionState } from './session-state.ts'
import { create, cut, now, rested, session } from './testing/session-values.ts'
import { transportsOf } from './transport.ts'

const ALL = transportsOf('auto', true)

it.each<readonly [string, Retry, SessionInput, Partial<Now>, Partial<Retry>]>([
  [
    'HTTP stands in at once',
    rested,
    { kind: 'lost', cause: cut },
    { transports: ALL },
    { transport: 'http-streaming' },
  ],
  ['also for a silent one', rested, { kind: 'overdue' }, { transports: ALL }, { transport: 'http-streaming' }],
  [
    'then they take turns',
    { ...rested, transport: 'http-streaming', attempt: 1 },
    { kind: 'lost', cause: cut },
    { transports: ALL },
    { transport: 'websocket-streaming' },
  ],
  [
    'no HTTP to stand in',
    rested,
    { kind: 'lost', cause: cut },
    {},
    { transport: 'websocket-streaming', version: '2.4.0' },
  ],
  [
    'a refused upgrade, and no HTTP: an older version',
    rested,
    { kind: 'lost', cause: cut, isUpgradeRefused: true },
    {},
    { version: '2.3.0' },
  ],
  [
    'after the oldest the first again',
    { ...rested, version: '2.1.0' },
    { kind: 'lost', cause: cut, isUpgradeRefused: true },
    {},
    { version: '2.4.0' },
  ],
])('a WebSocket that cannot be had: %s', (_title, retry, input, more, expected) => {
  const { state } = step({ kind: 'dialling', goal: create, retry }, input, { ...now, ...more })
  expect(state).toMatchObject({ kind: 'waiting', retry: expected })
})

it.each<readonly [string, Retry, SessionInput, string]>([
  [
    'HTTP that finds nobody',
    { ...rested, transport: 'http-streaming' },
    { kind: 'lost', cause: cut },
    'websocket-streaming',
  ],
  ['a stream that brings nothing', { ...rested, transport: 'http-streaming' }, { kind: 'overdue' }, 'http-polling'],
  [
    'a poll that ends with something else',
    { ...rested, transport: 'http-polling' },
    { kind: 'poll-over' },
    'websocket-streaming',
  ],
  ['a poll that brings nothing', { ...rested, transport: 'http-polling' }, { kind: 'overdue' }, 'websocket-streaming'],
  ['a WebSocket that opens only to be closed', rested, { kind: 'lost', cause: cut }, 'http-streaming'],
  [
    'credentials that cannot be had',
    rested,
    { kind: 'lost', cause: { code: 'credentials', text: 'x' } },
    'websocket-streaming',
  ],
  ['a WebSocket that brings nothing', rested, { kind: 'overdue' }, 'http-streaming'],
])('what cannot ask for a session: %s', (_title, retry, input, expected) => {
  const { state } = step({ kind: 'handshaking', goal: create, retry }, input, { ...now, transports: ALL })
  expect(state).toMatchObject({ kind: 'waiting', retry: { transport: expected } })
})

it('what got stuck has cost time enough: the next transport is tried at once', () => {
  const retry: Retry = { ...rested, transport: 'http-streaming', attempt: 4 }
  const { effects } = step(
    { kind: 'handshaking', goal: create, retry },
    { kind: 'overdue' },
    { ...now, transports: ALL },
  )
  const wait = effects.find(effect => effect.kind === 'wait')
  expect((wait?.untilMs ?? 0) - now.atMs).toBeLessThanOrEqual(100)
})

it('the first change over to HTTP hurries, the next ones do not', () => {
  const delayOf = (attempt: number) => {
    const from: SessionState = { kind: 'dialling', goal: create, retry: { ...rested, attempt } }
    const wait = step(from, { kind: 'lost', cause: cut }, { ...now, transports: ALL }).effects.find(
      effect => effect.kind === 'wait',
    )
    return (wait?.untilMs ?? 0) - now.atMs
  }
  expect(delayOf(0)).toBeLessThanOrEqual(100)
  expect(delayOf(1)).toBeGreaterThanOrEqual(500)
})

it('LOOP leads back to WebSocket', () => {
  const overHttp: SessionState = {
    kind: 'live',
    session,
    pulse: 'beating',
    sinceMs: 0,
    retry: { ...rested, transport: 'http-streaming' },
    poll: null,
    isLeaving: false,
  }
  const { effects } = step(overHttp, { kind: 'loop', afterMs: 0 }, { ...now, transports: ALL })
  expect(effects.find(effect => effect.kind === 'dial')?.transport).toBe('websocket-streaming')
})
