import { linkedUrl } from './address.ts'
import { retryDelayMs } from './backoff.ts'
import { olderVersion, reactionTo } from './session-codes.ts'
import type { Effect, Goal, Now, Retry, Session, SessionInput, SessionState, Step } from './session-state.ts'
import type { Cause, Continuity } from './status.ts'
import { unreachable } from './unreachable.ts'

/** Our choice, as the official clients: servers keep a lost session for about this long. */
export const RECOVERY_WINDOW_MS = 15_000
/** Our choice: a connection that lasted this long has earned a fast reconnect. */
export const STABLE_AFTER_MS = 5_000

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
  switch (input.kind) {
    case 'opened': {
      const { goal, retry } = state
      const ask: Effect =
        goal.kind === 'create'
          ? { kind: 'create' }
          : { kind: 'bind', session: goal.session, isRecovery: goal.kind === 'recover' }
      return { state: { kind: 'handshaking', goal, retry }, effects: [ask] }
    }
    case 'lost':
      return tryAgain(state.goal, elsewhere(state.retry, input.isUpgradeRefused === true, now), input.cause, now)
    case 'overdue':
      return tryAgain(state.goal, elsewhere(state.retry, false, now), NO_ANSWER, now)
    default:
      return stay(state)
  }
}

function whileHandshaking(state: SessionState & { kind: 'handshaking' }, input: SessionInput, now: Now): Step {
  const { goal, retry } = state
  switch (input.kind) {
    case 'connected': {
      const base = goal.kind === 'create' ? now.serverUrl : goal.session.url
      const session: Session = {
        id: input.sessionId,
        url: linkedUrl(base, input.controlLink),
        requestLimit: input.requestLimit,
        keepaliveMs: input.keepaliveMs,
      }
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
      return tryAgain(goal, retry, input.cause, now)
    case 'overdue':
      // Something between here and there may let a WebSocket open, and nothing through it.
      return tryAgain(goal, elsewhere(retry, false, now), NO_ANSWER, now)
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

function whileLive(state: SessionState & { kind: 'live' }, input: SessionInput, now: Now): Step {
  const { session } = state
  const retry = now.atMs - state.sinceMs >= STABLE_AFTER_MS ? rested(state.retry) : state.retry
  const recover: Goal = { kind: 'recover', session, untilMs: now.atMs + RECOVERY_WINDOW_MS }
  switch (input.kind) {
    case 'quiet':
      if (state.pulse === 'stalled') return stay(state)
      return { state: { ...state, pulse: 'stalled' }, effects: [{ kind: 'tell', status: { kind: 'stalled' } }] }
    case 'heard':
      if (state.pulse === 'beating') return stay(state)
      return {
        state: { ...state, pulse: 'beating' },
        effects: [{ kind: 'tell', status: { kind: 'live', continuity: 'preserved' } }, { kind: 'tell-active' }],
      }
    case 'dead':
      return reconnect(recover, retry, { code: 'silent', text: 'the server went silent' }, now)
    case 'lost':
      return reconnect(recover, retry, input.cause, now)
    case 'loop':
      // A connection of its own for each bind, as the official clients do: some servers close the old one after LOOP.
      return reconnect({ kind: 'rebind', session }, homeward(retry, now), ASKED_TO_REBIND, now)
    case 'ended':
    case 'refused':
      return react({ kind: 'create', replaces: true }, retry, input.code, input.text, now)
    case 'nonsense':
    case 'forgotten':
      return renew(retry, input.cause, now)
    default:
      return stay(state)
  }
}

/** What CONERR and END mean for us: see {@link reactionTo}. */
function react(goal: Goal, retry: Retry, code: number, text: string, now: Now): Step {
  const cause: Cause = { code, text }
  const reaction = reactionTo(code, text)
  const fresh: Goal = { kind: 'create', replaces: goal.kind !== 'create' || goal.replaces }
  switch (reaction) {
    case 'stop':
      return close(cause)
    case 'refresh-credentials': {
      if (retry.refusal !== null) return close(cause)
      const next = pause(fresh, { ...retry, refusal: cause }, cause, now)
      return { state: next.state, effects: [{ kind: 'refresh-credentials' }, ...next.effects] }
    }
    case 'new-session':
      return pause(fresh, retry, cause, now)
    case 'back-off':
      return pause(fresh, { ...retry, attempt: Math.max(1, retry.attempt) }, cause, now)
    case 'new-socket':
      return tryAgain(goal, retry, cause, now)
    case 'step-down': {
      const version = olderVersion(retry.version)
      return version === null ? close(cause) : pause(fresh, homeward({ ...retry, version }, now), cause, now)
    }
    default:
      return unreachable(reaction)
  }
}

/** The first reconnect of a stable session goes out at once: the gap is then under a round trip. */
function reconnect(goal: Goal, retry: Retry, cause: Cause, now: Now): Step {
  if (retry.attempt > 0) return pause(goal, retry, cause, now)
  const next = connect(goal, { ...retry, attempt: 1 }, cause, now)
  return { state: next.state, effects: [{ kind: 'hang-up' }, ...next.effects] }
}

function tryAgain(goal: Goal, retry: Retry, cause: Cause, now: Now): Step {
  // A rebind that failed half-way may have cost notifications: from here on they are counted.
  const next: Goal =
    goal.kind === 'rebind' ? { kind: 'recover', session: goal.session, untilMs: now.atMs + RECOVERY_WINDOW_MS } : goal
  // The first change over to HTTP hurries: what failed may never work.
  const isFallback = retry.transport === 'http' && now.transports === 'both' && retry.attempt === 0
  const attempt = isFallback ? 0 : Math.max(1, retry.attempt)
  return pause(stillPossible(next, now), { ...retry, attempt }, cause, now)
}

/** After a connection that could not be had: the other transport, where there is one, else another version. */
function elsewhere(retry: Retry, isUpgradeRefused: boolean, now: Now): Retry {
  if (now.transports === 'both') {
    return { ...retry, transport: retry.transport === 'websocket' ? 'http' : 'websocket' }
  }
  if (!isUpgradeRefused) return retry
  // Over WebSocket a server can refuse a version only by refusing the upgrade (TLCP specification, "WebSocket transport"),
  // and so can a proxy for any other reason: after the oldest version the first one has its turn again.
  return { ...retry, version: olderVersion(retry.version) ?? now.version }
}

/** Back to WebSocket, where it may be used. */
function homeward(retry: Retry, now: Now): Retry {
  return now.transports === 'both' ? { ...retry, transport: 'websocket' } : retry
}

function renew(retry: Retry, cause: Cause, now: Now): Step {
  return pause({ kind: 'create', replaces: true }, retry, cause, now)
}

function pause(goal: Goal, retry: Retry, cause: Cause, now: Now): Step {
  const untilMs = now.atMs + retryDelayMs(retry.attempt, now.random)
  return {
    state: { kind: 'waiting', goal, cause, retry: { ...retry, attempt: retry.attempt + 1 } },
    effects: [
      { kind: 'hang-up' },
      { kind: 'tell', status: { kind: 'waiting', cause, retryAtMs: untilMs } },
      { kind: 'wait', untilMs },
    ],
  }
}

function connect(goal: Goal, retry: Retry, cause: Cause | null, now: Now): Step {
  const url = goal.kind === 'create' ? now.serverUrl : goal.session.url
  return {
    state: { kind: 'dialling', goal, retry },
    effects: [
      { kind: 'tell', status: { kind: 'connecting', ...(cause === null ? {} : { cause }) } },
      { kind: 'dial', url, version: retry.version, transport: retry.transport },
    ],
  }
}

function live(session: Session, retry: Retry, now: Now, continuity: Continuity, first: readonly Effect[]): Step {
  return {
    state: { kind: 'live', session, pulse: 'beating', sinceMs: now.atMs, retry },
    // Consumers learn of the new continuity before any of its data.
    effects: [{ kind: 'tell', status: { kind: 'live', continuity } }, ...first],
  }
}

function stop(state: SessionState): Step {
  const cause: Cause = { code: 'asked', text: 'closed by this program' }
  const goodbye: Effect = state.kind === 'live' ? { kind: 'say-goodbye' } : { kind: 'hang-up' }
  return { state: { kind: 'closed', cause }, effects: [goodbye, { kind: 'tell', status: { kind: 'closed', cause } }] }
}

function close(cause: Cause): Step {
  return {
    state: { kind: 'closed', cause },
    effects: [{ kind: 'hang-up' }, { kind: 'tell', status: { kind: 'closed', cause } }],
  }
}

function stay(state: SessionState): Step {
  return { state, effects: [] }
}

function stillPossible(goal: Goal, now: Now): Goal {
  return goal.kind === 'recover' && now.atMs >= goal.untilMs ? { kind: 'create', replaces: true } : goal
}

function rested(retry: Retry): Retry {
  return { ...retry, attempt: 0, refusal: null }
}

function protocolCause(text: string): Cause {
  return { code: 'protocol', text }
}

/** Whether the server may still go on with a session of ours. */
function holdsSession(state: SessionState): boolean {
  if ('session' in state) return true
  return 'goal' in state && state.goal.kind !== 'create'
}

const GOES_ON: readonly Effect[] = [{ kind: 'repeat-requests' }, { kind: 'tell-active' }]
const ASKED_TO_REBIND: Cause = { code: 'loop', text: 'the server asked to rebind' }
const FORGOTTEN: Cause = { code: 'lost', text: 'the server will have forgotten the session' }
const NO_ANSWER: Cause = { code: 'timeout', text: 'the server did not answer' }
