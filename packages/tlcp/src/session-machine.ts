import { linkedUrl } from './address.ts'
import {
  close,
  connect,
  GOES_ON,
  homeward,
  protocolCause,
  RECOVERY_WINDOW_MS,
  react,
  reconnect,
  renew,
  stay,
  stillPossible,
  tryAgain,
  tryElsewhere,
} from './session-attempts.ts'
import { firstPoll, OTHER_SESSION, whilePolling } from './session-polls.ts'
import type { Effect, Goal, Now, Retry, Session, SessionInput, SessionState, Step } from './session-state.ts'
import type { Cause, Continuity } from './status.ts'
import { isPolling } from './transport.ts'
import { unreachable } from './unreachable.ts'

/** Our choice: a connection that lasted this long has earned a fast reconnect. */
const STABLE_AFTER_MS = 5_000

/**
 * The life of a session: what happened in, what to do out. Pure. Inputs that a state cannot have (a late timer, a line of
 * a connection that was given up) change nothing.
 */
export function step(state: SessionState, input: SessionInput, now: Now): Step {
  if (state.kind === 'closed') return stay(state)
  if (input.kind === 'stop') return stop(state)
  const next = advance(state, input, now)
  if (!holdsSession(state) || holdsSession(next.state)) return next
  const cause = 'cause' in next.state ? next.state.cause : FORGOTTEN
  return { state: next.state, effects: [{ kind: 'session-gone', cause }, ...next.effects] }
}

function advance(state: Exclude<SessionState, { kind: 'closed' }>, input: SessionInput, now: Now): Step {
  switch (state.kind) {
    case 'idle':
      return input.kind === 'start' ? connect({ kind: 'create', replaces: false }, state.retry, null, now) : stay(state)
    case 'dialling':
      return whileDialling(state, input, now)
    case 'handshaking':
      return whileHandshaking(state, input, now)
    case 'recovering':
      return whileRecovering(state, input, now)
    case 'live':
      return whileLive(state, input, now)
    case 'waiting':
      if (input.kind !== 'due') return stay(state)
      return connect(stillPossible(state.goal, now), state.retry, state.cause, now)
    default:
      return unreachable(state)
  }
}

function whileDialling(state: SessionState & { kind: 'dialling' }, input: SessionInput, now: Now): Step {
  const { goal, retry } = state
  switch (input.kind) {
    case 'opened': {
      const ask: Effect =
        goal.kind === 'create'
          ? { kind: 'create', isCombined: retry.isCombining }
          : { kind: 'bind', session: goal.session, isRecovery: goal.kind === 'recover' }
      return { state: { kind: 'handshaking', goal, retry }, effects: [ask] }
    }
    case 'lost':
      return tryElsewhere(goal, retry, input.isUpgradeRefused === true ? 'upgrade-refused' : 'lost', input.cause, now)
    case 'overdue':
      return tryElsewhere(goal, retry, 'stuck', NO_ANSWER, now)
    default:
      return stay(state)
  }
}

function whileHandshaking(state: SessionState & { kind: 'handshaking' }, input: SessionInput, now: Now): Step {
  const { goal, retry } = state
  switch (input.kind) {
    case 'connected': {
      if (goal.kind !== 'create' && goal.session.id !== input.sessionId) return renew(retry, OTHER_SESSION, now)
      const session = sessionOf(input, goal, retry, now)
      switch (goal.kind) {
        case 'create':
          return live(session, retry, now, goal.replaces ? 'replaced' : 'new', [{ kind: 'subscribe-all' }])
        case 'rebind':
          // TLCP specification, "Session life cycle": after LOOP the server goes on from the next notification.
          return live(session, retry, now, 'preserved', GOES_ON)
        case 'recover':
          return { state: { kind: 'recovering', session, untilMs: goal.untilMs, retry }, effects: [] }
        default:
          return unreachable(goal)
      }
    }
    case 'refused':
    case 'ended':
      return react(goal, retry, input.code, input.text, now)
    case 'lost':
      // Another transport would bring no other credentials.
      if (input.cause.code === 'credentials') return tryAgain(goal, retry, input.cause, now)
      // Over HTTP the first request is what finds out whether anybody is there; and there are gates that let a WebSocket
      // open only to close it.
      return tryElsewhere(goal, retry, 'lost', input.cause, now)
    case 'poll-over':
      // Perhaps a page of somebody else's, where a poll should be.
      return tryElsewhere(goal, retry, 'lost', CUT_SHORT, now)
    case 'overdue':
      return tryElsewhere(goal, retry, 'stuck', NO_ANSWER, now)
    case 'no-credentials':
      // What the server said tells more than that we had no answer to it.
      return close(retry.refusal ?? input.cause)
    case 'nonsense':
    case 'forgotten':
      return renew(retry, input.cause, now)
    default:
      return stay(state)
  }
}

function whileRecovering(state: SessionState & { kind: 'recovering' }, input: SessionInput, now: Now): Step {
  const { session, retry, untilMs } = state
  const again: Goal = { kind: 'recover', session, untilMs }
  switch (input.kind) {
    case 'progress': {
      // TLCP specification, "Session recovery": never above what we asked for; a server that says so has lost count.
      const skip = now.received - input.count
      if (skip < 0 || input.count < 0) return renew(retry, protocolCause('PROG is ahead of what was received'), now)
      return live(session, retry, now, 'recovered', [{ kind: 'skip', count: skip }, ...GOES_ON])
    }
    case 'refused':
    case 'ended':
      return react(again, retry, input.code, input.text, now)
    case 'lost':
      return tryAgain(again, retry, input.cause, now)
    case 'poll-over':
      return tryAgain(again, retry, CUT_SHORT, now)
    case 'overdue':
      return tryAgain(again, retry, NO_ANSWER, now)
    case 'nonsense':
    case 'forgotten':
    case 'loop':
      return renew(retry, input.kind === 'loop' ? protocolCause('LOOP came before PROG') : input.cause, now)
    default:
      return stay(state)
  }
}

function whileLive(before: SessionState & { kind: 'live' }, input: SessionInput, now: Now): Step {
  const retry = now.atMs - before.sinceMs >= STABLE_AFTER_MS ? rested(before.retry) : before.retry
  const { session, poll } = before
  const polled = poll === null ? null : whilePolling({ ...before, poll }, input, now)
  if (polled !== null) return polled
  const recover: Goal = { kind: 'recover', session, untilMs: now.atMs + RECOVERY_WINDOW_MS }
  switch (input.kind) {
    case 'quiet':
      if (before.pulse === 'stalled') return stay(before)
      return { state: { ...before, pulse: 'stalled' }, effects: [{ kind: 'tell', status: { kind: 'stalled' } }] }
    case 'heard':
      if (before.pulse === 'beating') return stay(before)
      return {
        state: { ...before, pulse: 'beating' },
        effects: [{ kind: 'tell', status: { kind: 'live', continuity: 'preserved' } }, { kind: 'tell-active' }],
      }
    case 'dead':
      return reconnect(recover, retry, { code: 'silent', text: 'the server went silent' }, now)
    case 'lost':
      return reconnect(recover, retry, input.cause, now)
    case 'poll-over':
      return reconnect(recover, retry, CUT_SHORT, now)
    case 'loop':
      // A connection of its own for each bind, as the official clients do: some servers close the old one after LOOP.
      return reconnect({ kind: 'rebind', session }, homeward(retry, now), ASKED_TO_REBIND, now)
    case 'leave':
      if (before.isLeaving) return stay(before)
      // The LOOP of the present poll will do.
      return { state: { ...before, isLeaving: true }, effects: poll === null ? [{ kind: 'ask-to-rebind' }] : [] }
    case 'ended':
    case 'refused':
      return react({ kind: 'create', replaces: true }, retry, input.code, input.text, now)
    case 'nonsense':
    case 'forgotten':
      return renew(retry, input.cause, now)
    default:
      return stay(before)
  }
}

function sessionOf(input: SessionInput & { kind: 'connected' }, goal: Goal, { transport }: Retry, now: Now): Session {
  const base = goal.kind === 'create' ? now.serverUrl : goal.session.url
  return {
    id: input.sessionId,
    url: linkedUrl(base, input.controlLink),
    requestLimit: input.requestLimit,
    // The poll that shook hands was not held; those that follow are.
    keepaliveMs: isPolling(transport) ? Math.max(input.keepaliveMs, now.pollIdleMs) : input.keepaliveMs,
  }
}

function live(session: Session, retry: Retry, now: Now, continuity: Continuity, first: readonly Effect[]): Step {
  const poll = isPolling(retry.transport) ? firstPoll(now) : null
  // A WebSocket stays where it is; from the second poll on they are to go where the control link leads.
  const isFirst = continuity === 'new' || continuity === 'replaced'
  const isLeaving = isFirst && retry.transport === 'websocket-polling' && session.url !== now.serverUrl
  return {
    state: { kind: 'live', session, pulse: 'beating', sinceMs: now.atMs, retry, poll, isLeaving },
    // Consumers learn of the new continuity before any of its data.
    effects: [{ kind: 'tell', status: { kind: 'live', continuity } }, ...first],
  }
}

function stop(state: SessionState): Step {
  const cause: Cause = { code: 'asked', text: 'closed by this program' }
  const isBound = state.kind === 'live' || state.kind === 'recovering'
  const goodbye: Effect = isBound ? { kind: 'say-goodbye' } : { kind: 'hang-up' }
  return { state: { kind: 'closed', cause }, effects: [goodbye, { kind: 'tell', status: { kind: 'closed', cause } }] }
}

function rested(retry: Retry): Retry {
  return { ...retry, attempt: 0, refusal: null }
}

/** Whether the server may still go on with a session of ours. */
function holdsSession(state: SessionState): boolean {
  if ('session' in state) return true
  return 'goal' in state && state.goal.kind !== 'create'
}

const ASKED_TO_REBIND: Cause = { code: 'loop', text: 'the server asked to rebind' }
const FORGOTTEN: Cause = { code: 'lost', text: 'the server will have forgotten the session' }
const NO_ANSWER: Cause = { code: 'timeout', text: 'the server did not answer' }
const CUT_SHORT: Cause = { code: 'lost', text: 'the server ended its answer without LOOP' }
