import { describe, expect, it } from 'vitest'
import { step } from './session-machine.ts'
import type { Now, Poll, Retry, SessionInput, SessionState } from './session-state.ts'
import { connected as answered, rested, session, now as streaming } from './testing/session-values.ts'
import { transportsOf } from './transport.ts'

const retry: Retry = { ...rested, transport: 'http-polling' }
const now: Now = { ...streaming, transports: transportsOf('auto', true) }
type Live = SessionState & { kind: 'live' }

function polling(poll: Partial<Poll>, more: Partial<Live> = {}): Live {
  const whole: Poll = { phase: 'answered', askedAtMs: 99_000, received: 2, ...poll }
  return { kind: 'live', session, pulse: 'beating', sinceMs: 0, retry, poll: whole, isLeaving: false, ...more }
}

function connected(more: Partial<SessionInput & { kind: 'connected' }> = {}): SessionInput {
  return { ...answered, ...more }
}

const loop = (afterMs: number): SessionInput => ({ kind: 'loop', afterMs })
const phaseOf = (state: SessionState) => (state.kind === 'live' ? state.poll?.phase : state.kind)

describe('from poll to poll', () => {
  it.each<readonly [string, Live, SessionInput, string | undefined, readonly string[]]>([
    ['asks again when one brought something', polling({}), loop(0), 'asked', ['poll']],
    [
      'asks at once after the one that shook hands',
      polling({ phase: 'first', received: 6 }),
      loop(0),
      'asked',
      ['poll'],
    ],
    ['takes the pause that the server wants', polling({}), loop(700), 'resting', ['wait']],
    [
      'does not ask as fast as an empty one is answered',
      polling({ askedAtMs: 99_990, received: 6 }),
      loop(0),
      'resting',
      ['wait'],
    ],
    ['asks at once after an empty one that was held', polling({ received: 6 }), loop(0), 'asked', ['poll']],
    ['asks when the pause is over', polling({ phase: 'resting' }), { kind: 'due' }, 'asked', ['poll']],
    ['is answered', polling({ phase: 'asked' }), connected(), 'answered', []],
    ['is over as it should be', polling({ phase: 'resting' }), { kind: 'poll-over' }, 'resting', []],
    [
      'is recovered when one ends without LOOP',
      polling({}),
      { kind: 'poll-over' },
      'dialling',
      ['hang-up', 'tell', 'dial'],
    ],
    [
      'is recovered when nothing answers',
      polling({ phase: 'asked' }),
      { kind: 'dead' },
      'dialling',
      ['hang-up', 'tell', 'dial'],
    ],
    ['ignores a second CONOK', polling({}), connected(), 'answered', []],
    ['ignores LOOP before the answer', polling({ phase: 'asked' }), loop(0), 'asked', []],
    ['ignores LOOP in a pause', polling({ phase: 'resting' }), loop(0), 'resting', []],
    ['ignores a timer of another pause', polling({}), { kind: 'due' }, 'answered', []],
    [
      'distrusts an answer for another session',
      polling({ phase: 'asked' }),
      connected({ sessionId: 'S2' }),
      'waiting',
      ['session-gone', 'hang-up', 'tell', 'wait'],
    ],
    [
      'has another session when this one is not found',
      polling({ phase: 'asked' }),
      { kind: 'refused', code: 20, text: 'x' },
      'waiting',
      ['session-gone', 'hang-up', 'tell', 'wait'],
    ],
    [
      'leaves with the LOOP of the present poll',
      polling({}, { isLeaving: true }),
      loop(0),
      'dialling',
      ['hang-up', 'tell', 'dial'],
    ],
    ['says goodbye', polling({ phase: 'resting' }), { kind: 'stop' }, 'closed', ['say-goodbye', 'tell']],
  ])('%s', (_title, from, input, to, effects) => {
    const result = step(from, input, now)
    expect(phaseOf(result.state)).toBe(to)
    expect(result.effects.map(({ kind }) => kind)).toEqual(effects)
  })

  it('rests for as long as the server wants, but not for ages', () => {
    for (const [afterMs, restMs] of [
      [700, 700],
      [999_999_999_999, 30_000],
      [-5, 0],
    ] as const) {
      const { effects } = step(polling({}), loop(afterMs), now)
      const [wait] = effects
      expect(wait?.kind === 'wait' ? wait.untilMs - now.atMs : 0).toBe(restMs)
    }
  })

  it('goes by how long the server says that it holds them', () => {
    const { state } = step(polling({ phase: 'asked' }), connected({ keepaliveMs: 19_000 }), now)
    expect(state.kind === 'live' && state.session.keepaliveMs).toBe(19_000)
  })
})

describe('the way back to the best transport', () => {
  it('begins when it is asked for: at once in a stream, with the next LOOP between polls', () => {
    const stream = polling({}, { poll: null, retry: { ...retry, transport: 'http-streaming' } })
    expect(step(stream, { kind: 'leave' }, now).effects).toEqual([{ kind: 'ask-to-rebind' }])
    const { state, effects } = step(polling({}), { kind: 'leave' }, now)
    expect(effects).toEqual([])
    expect(step(state, { kind: 'leave' }, now).effects).toEqual([])
    const dial = step(state, loop(0), now).effects.find(({ kind }) => kind === 'dial')
    expect(dial).toMatchObject({ transport: 'websocket-streaming', url: session.url })
  })

  it('is not taken without being asked for', () => {
    const { state } = step(polling({}), loop(0), now)
    expect(state.kind === 'live' && state.retry.transport).toBe('http-polling')
  })
})

it('polls over WebSocket go where the control link leads, from the second on', () => {
  const forced = { ...now, transports: transportsOf('websocket-polling', true) }
  const from: SessionState = {
    kind: 'handshaking',
    goal: { kind: 'create', replaces: false },
    retry: { ...retry, transport: 'websocket-polling' },
  }
  const there = step(from, connected({ controlLink: 'push7.example.com' }), forced).state
  expect(step(there, loop(0), forced).effects.find(({ kind }) => kind === 'dial')).toMatchObject({
    url: 'wss://push7.example.com/lightstreamer',
    transport: 'websocket-polling',
  })
  const here = step(from, connected(), forced).state
  expect(step(here, loop(0), forced).effects.map(({ kind }) => kind)).toEqual(['poll'])
})
