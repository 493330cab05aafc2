import { describe, expect, it } from 'vitest'
import { step } from './session-machine.ts'
import type { Effect, Goal, SessionInput, SessionState } from './session-state.ts'
import { connected, create, cut, now, rested, session } from './testing/session-values.ts'

const recover: Goal = { kind: 'recover', session, untilMs: 110_000 }
const rebind: Goal = { kind: 'rebind', session }

const idle: SessionState = { kind: 'idle', retry: rested }
const dialling = (goal: Goal): SessionState => ({ kind: 'dialling', goal, retry: rested })
const handshaking = (goal: Goal): SessionState => ({ kind: 'handshaking', goal, retry: rested })
const recovering: SessionState = { kind: 'recovering', session, untilMs: 110_000, retry: rested }
const live: SessionState & { kind: 'live' } = {
  kind: 'live',
  session,
  pulse: 'beating',
  sinceMs: 0,
  retry: rested,
  poll: null,
  isLeaving: false,
}
const justLive: SessionState = {
  kind: 'live',
  session,
  pulse: 'beating',
  sinceMs: 99_000,
  retry: { ...rested, attempt: 3 },
  poll: null,
  isLeaving: false,
}
const waiting: SessionState = { kind: 'waiting', goal: create, cause: cut, retry: rested }
const closed: SessionState = { kind: 'closed', cause: cut }

type Row = readonly [title: string, from: SessionState, input: SessionInput, to: string, effects: readonly string[]]

describe('the table of states', () => {
  it.each<Row>([
    ['starts', idle, { kind: 'start' }, 'dialling create', ['tell connecting', 'dial']],
    ['asks for a session', dialling(create), { kind: 'opened' }, 'handshaking create', ['create']],
    ['binds to recover', dialling(recover), { kind: 'opened' }, 'handshaking recover', ['bind recovering']],
    ['binds after LOOP', dialling(rebind), { kind: 'opened' }, 'handshaking rebind', ['bind']],
    [
      'waits when nobody is there',
      dialling(create),
      { kind: 'lost', cause: cut },
      'waiting create',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    [
      'waits when nobody answers',
      dialling(create),
      { kind: 'overdue' },
      'waiting create',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    ['has a first session', handshaking(create), connected, 'live', ['tell live new', 'subscribe-all']],
    [
      'has another session',
      handshaking({ kind: 'create', replaces: true }),
      connected,
      'live',
      ['tell live replaced', 'subscribe-all'],
    ],
    [
      'goes on after LOOP',
      handshaking(rebind),
      connected,
      'live',
      ['tell live preserved', 'repeat-requests', 'tell-active'],
    ],
    ['is bound, not yet recovered', handshaking(recover), connected, 'recovering', []],
    [
      'is recovered',
      recovering,
      { kind: 'progress', count: 6 },
      'live',
      ['tell live recovered', 'skip 0', 'repeat-requests', 'tell-active'],
    ],
    [
      'is recovered with a repetition',
      recovering,
      { kind: 'progress', count: 4 },
      'live',
      ['tell live recovered', 'skip 2', 'repeat-requests', 'tell-active'],
    ],
    [
      'distrusts a server that is ahead',
      recovering,
      { kind: 'progress', count: 7 },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'distrusts an answer for another session',
      handshaking(recover),
      { ...connected, sessionId: 'S2' },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'distrusts data before PROG',
      recovering,
      { kind: 'nonsense', cause: cut },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'tries to recover again',
      recovering,
      { kind: 'lost', cause: cut },
      'waiting recover',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    [
      'recovers at once from a stable session',
      live,
      { kind: 'lost', cause: cut },
      'dialling recover',
      ['hang-up', 'tell connecting', 'dial'],
    ],
    [
      'recovers at once from silence',
      live,
      { kind: 'dead' },
      'dialling recover',
      ['hang-up', 'tell connecting', 'dial'],
    ],
    [
      'waits first when the session was young',
      justLive,
      { kind: 'lost', cause: cut },
      'waiting recover',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    ['rebinds on LOOP', live, { kind: 'loop', afterMs: 0 }, 'dialling rebind', ['hang-up', 'tell connecting', 'dial']],
    [
      'a failed rebind is recovered',
      handshaking(rebind),
      { kind: 'lost', cause: cut },
      'waiting recover',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    [
      'is heard again',
      { ...live, pulse: 'stalled' },
      { kind: 'heard' },
      'live',
      ['tell live preserved', 'tell-active'],
    ],
    [
      'says that the session is gone when the server ends it',
      live,
      { kind: 'ended', code: 48, text: 'x' },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'says so when the server ends everything',
      live,
      { kind: 'ended', code: 35, text: 'x' },
      'closed',
      ['session-gone', 'hang-up', 'tell closed'],
    ],
    [
      'says so when the server does not know it any more',
      handshaking(recover),
      { kind: 'refused', code: 4, text: 'x' },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    ['is told to be quiet', live, { kind: 'quiet' }, 'live', ['tell stalled']],
    [
      'a forgotten session is replaced',
      live,
      { kind: 'forgotten', cause: cut },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'fresh credentials, once',
      handshaking(create),
      { kind: 'refused', code: 1, text: 'no' },
      'waiting create',
      ['refresh-credentials', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'no credentials',
      handshaking(create),
      { kind: 'no-credentials', cause: cut },
      'closed',
      ['hang-up', 'tell closed'],
    ],
    ['dials when the pause is over', waiting, { kind: 'due' }, 'dialling create', ['tell connecting', 'dial']],
    ['stops politely', live, { kind: 'stop' }, 'closed', ['say-goodbye', 'tell closed']],
    ['stops while waiting', waiting, { kind: 'stop' }, 'closed', ['hang-up', 'tell closed']],
    ...(['nonsense', 'forgotten'] as const).flatMap((kind): Row[] =>
      [handshaking(rebind), recovering, live].map(from => [
        `gives the session up: ${kind}, ${from.kind}`,
        from,
        { kind, cause: cut },
        'waiting create',
        ['session-gone', 'hang-up', 'tell waiting', 'wait'],
      ]),
    ),
    [
      'has nothing to give up before there is a session',
      handshaking(create),
      { kind: 'nonsense', cause: cut },
      'waiting create',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    [
      'distrusts LOOP before PROG',
      recovering,
      { kind: 'loop', afterMs: 0 },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'tries to recover again without PROG',
      recovering,
      { kind: 'overdue' },
      'waiting recover',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    [
      'tries to recover again after half an answer',
      recovering,
      { kind: 'poll-over' },
      'waiting recover',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    [
      'is refused what it missed',
      recovering,
      { kind: 'ended', code: 4, text: 'x' },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'is refused while live',
      live,
      { kind: 'refused', code: 20, text: 'x' },
      'waiting create',
      ['session-gone', 'hang-up', 'tell waiting', 'wait'],
    ],
    [
      'tries another connection when this one already carries a session',
      handshaking(create),
      { kind: 'refused', code: 69, text: 'x' },
      'waiting create',
      ['hang-up', 'tell waiting', 'wait'],
    ],
    ['is told once to be quiet', { ...live, pulse: 'stalled' }, { kind: 'quiet' }, 'live', []],
    ['is heard all the time', live, { kind: 'heard' }, 'live', []],
    ['asks for a better connection', live, { kind: 'leave' }, 'live', ['ask-to-rebind']],
    ['asks for it once', { ...live, isLeaving: true }, { kind: 'leave' }, 'live', []],
    ['is not live twice', recovering, connected, 'recovering', []],
    ['stops while dialling', dialling(create), { kind: 'stop' }, 'closed', ['hang-up', 'tell closed']],
    ['stops while recovering', recovering, { kind: 'stop' }, 'closed', ['say-goodbye', 'tell closed']],
    ['stays closed', closed, { kind: 'start' }, 'closed', []],
    ['ignores a late timer', live, { kind: 'overdue' }, 'live', []],
    ['ignores a second CONOK', live, connected, 'live', []],
  ])('%s', (_title, from, input, to, effects) => {
    const result = step(from, input, now)
    expect(name(result.state)).toBe(to)
    expect(result.effects.map(describeEffect)).toEqual(effects)
  })

  it('gives up recovering when the server must have forgotten the session', () => {
    const state: SessionState = { kind: 'waiting', goal: recover, cause: cut, retry: rested }
    const { state: next, effects } = step(state, { kind: 'due' }, { ...now, atMs: 110_000 })
    expect(name(next)).toBe('dialling create')
    expect(effects.map(describeEffect)).toEqual(['session-gone', 'tell connecting', 'dial'])
  })

  it.each<readonly [string, SessionState, SessionInput, string | undefined]>([
    ['nothing before the first', idle, { kind: 'start' }, undefined],
    ['the loss', live, { kind: 'lost', cause: cut }, 'lost'],
    ['the silence', live, { kind: 'dead' }, 'silent'],
    ['the LOOP', live, { kind: 'loop', afterMs: 0 }, 'loop'],
    ['what the pause was for', waiting, { kind: 'due' }, 'lost'],
  ])('tells why it connects: %s', (_title, from, input, code) => {
    const told = step(from, input, now).effects.find(effect => effect.kind === 'tell')
    expect(told?.status.kind === 'connecting' ? told.status.cause?.code : 'not connecting').toBe(code)
  })
})

function name(state: SessionState): string {
  return 'goal' in state ? `${state.kind} ${state.goal.kind}` : state.kind
}

function describeEffect(effect: Effect): string {
  switch (effect.kind) {
    case 'tell':
      return `tell ${effect.status.kind === 'live' ? `live ${effect.status.continuity}` : effect.status.kind}`
    case 'skip':
      return `skip ${effect.count}`
    case 'bind':
      return effect.isRecovery ? 'bind recovering' : 'bind'
    default:
      return effect.kind
  }
}
