import { retryDelayMs } from './backoff.ts'
import { olderVersion, reactionTo } from './session-codes.ts'
import type { Effect, Goal, Now, Retry, SessionState, Step } from './session-state.ts'
import type { Cause } from './status.ts'
import { nextTransport } from './transport.ts'
import { unreachable } from './unreachable.ts'

/** Our choice, as the official clients: servers keep a lost session for about this long. */
export const RECOVERY_WINDOW_MS = 15_000

/** The next connection, now. */
export function connect(goal: Goal, retry: Retry, cause: Cause | null, now: Now): Step {
  const url = goal.kind === 'create' ? now.serverUrl : goal.session.url
  return {
    state: { kind: 'dialling', goal, retry },
    effects: [
      { kind: 'tell', status: { kind: 'connecting', ...(cause === null ? {} : { cause }) } },
      { kind: 'dial', url, version: retry.version, transport: retry.transport },
    ],
  }
}

/** The first reconnect of a stable session goes out at once: the gap is then under a round trip. */
export function reconnect(goal: Goal, retry: Retry, cause: Cause, now: Now): Step {
  if (retry.attempt > 0) return pause(goal, retry, cause, now)
  const next = connect(goal, { ...retry, attempt: 1 }, cause, now)
  return { state: next.state, effects: [{ kind: 'hang-up' }, ...next.effects] }
}

/** After an attempt that failed. */
export function tryAgain(goal: Goal, retry: Retry, cause: Cause, now: Now, hurry = false): Step {
  // A rebind that failed half-way may have cost notifications: from here on they are counted.
  const next: Goal =
    goal.kind === 'rebind' ? { kind: 'recover', session: goal.session, untilMs: now.atMs + RECOVERY_WINDOW_MS } : goal
  const attempt = hurry ? retry.attempt : Math.max(1, retry.attempt)
  return pause(stillPossible(next, now), { ...retry, attempt }, cause, now, hurry ? 0 : attempt)
}

/** After a connection that could not be had: another transport, where there is one, else another version. */
export function tryElsewhere(
  goal: Goal,
  retry: Retry,
  how: 'lost' | 'upgrade-refused' | 'stuck',
  cause: Cause,
  now: Now,
): Step {
  const transport = nextTransport(retry.transport, how === 'stuck' ? 'stuck' : 'lost', now.transports)
  if (transport === retry.transport) {
    // Over WebSocket a server can refuse a version only by refusing the upgrade (TLCP specification, "WebSocket transport"),
    // and so can a proxy for any other reason: after the oldest version the first one has its turn again.
    const version = how === 'upgrade-refused' ? (olderVersion(retry.version) ?? now.version) : retry.version
    return tryAgain(goal, { ...retry, version }, cause, now)
  }
  const isFurther = now.transports.indexOf(transport) > now.transports.indexOf(retry.transport)
  // The first change over hurries: what failed may never work. What got stuck has cost time enough.
  return tryAgain(goal, { ...retry, transport }, cause, now, isFurther && (retry.attempt === 0 || how === 'stuck'))
}

/** What CONERR and END mean for us: see {@link reactionTo}. */
export function react(goal: Goal, retry: Retry, code: number, text: string, now: Now): Step {
  const cause: Cause = { code, text }
  const reaction = reactionTo(code, text)
  const fresh: Goal = { kind: 'create', replaces: goal.kind !== 'create' || goal.replaces }
  switch (reaction) {
    case 'stop':
      return close(cause)
    case 'ask-alone':
      // Nothing was asked for but the session, and still: nothing would be different the next time.
      return retry.isCombining ? pause(fresh, { ...retry, isCombining: false }, cause, now) : close(cause)
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

/** The session is given up for another one. */
export function renew(retry: Retry, cause: Cause, now: Now): Step {
  return pause({ kind: 'create', replaces: true }, retry, cause, now)
}

function pause(goal: Goal, retry: Retry, cause: Cause, now: Now, delayOf = retry.attempt): Step {
  const untilMs = now.atMs + retryDelayMs(delayOf, now.random)
  return {
    state: { kind: 'waiting', goal, cause, retry: { ...retry, attempt: retry.attempt + 1 } },
    effects: [
      { kind: 'hang-up' },
      { kind: 'tell', status: { kind: 'waiting', cause, retryAtMs: untilMs } },
      { kind: 'wait', untilMs },
    ],
  }
}

export function close(cause: Cause): Step {
  return {
    state: { kind: 'closed', cause },
    effects: [{ kind: 'hang-up' }, { kind: 'tell', status: { kind: 'closed', cause } }],
  }
}

export function stay(state: SessionState): Step {
  return { state, effects: [] }
}

export function stillPossible(goal: Goal, now: Now): Goal {
  return goal.kind === 'recover' && now.atMs >= goal.untilMs ? { kind: 'create', replaces: true } : goal
}

/** Back to the best transport. */
export function homeward(retry: Retry, now: Now): Retry {
  return { ...retry, transport: now.transports[0] }
}

export function protocolCause(text: string): Cause {
  return { code: 'protocol', text }
}

/** What follows when the same session is live again. */
export const GOES_ON: readonly Effect[] = [{ kind: 'repeat-requests' }, { kind: 'tell-active' }]
