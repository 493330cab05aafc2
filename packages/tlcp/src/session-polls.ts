import { protocolCause, renew, stay } from './session-attempts.ts'
import type { Now, Poll, SessionInput, SessionState, Step } from './session-state.ts'

/** Polls that bring nothing are asked for no more often than within these bounds, however soon they are answered; our choice. */
const EMPTY_POLL_MS = { least: 100, most: 1_000 }
/** Our choice: the longest pause that can be asked for, and so the longest that is believed. */
const LONGEST_REST_MS = 30_000

export type PollingState = SessionState & { readonly kind: 'live'; readonly poll: Poll }

/**
 * What moves a session from poll to poll (TLCP specification, "Polling"). The answer to one ends with LOOP, and the next bind
 * is the next poll, on the same connection: nobody is told. `null` for inputs that mean what they mean in a stream.
 */
export function whilePolling(state: PollingState, input: SessionInput, now: Now): Step | null {
  const { poll, session } = state
  switch (input.kind) {
    case 'connected': {
      if (input.sessionId !== session.id) return renew(state.retry, OTHER_SESSION, now)
      if (poll.phase !== 'asked') return stay(state)
      const keepaliveMs = Math.max(input.keepaliveMs, now.pollIdleMs)
      return stay({ ...state, session: { ...session, keepaliveMs }, poll: { ...poll, phase: 'answered' } })
    }
    case 'loop':
      if (state.isLeaving && poll.phase !== 'resting') return null
      // One that nobody is bound for says nothing.
      return poll.phase === 'resting' || poll.phase === 'asked' ? stay(state) : rest(state, input.afterMs, now)
    case 'due':
      return poll.phase === 'resting' ? ask(state, now) : stay(state)
    case 'poll-over':
      return poll.phase === 'resting' ? stay(state) : null
    default:
      return null
  }
}

/** The session as it is live by the poll that shook hands. */
export function firstPoll(now: Now): Poll {
  return { phase: 'first', askedAtMs: now.atMs, received: now.received }
}

function rest(state: PollingState, afterMs: number, now: Now): Step {
  const { poll } = state
  const wantedMs = now.atMs + Math.min(Math.max(0, afterMs), LONGEST_REST_MS)
  const isEmpty = poll.phase !== 'first' && poll.received === now.received
  const leastMs = Math.min(EMPTY_POLL_MS.most, Math.max(EMPTY_POLL_MS.least, now.pollIdleMs))
  // A server that holds no poll must not be asked as fast as it answers.
  const untilMs = isEmpty ? Math.max(wantedMs, poll.askedAtMs + leastMs) : wantedMs
  if (untilMs <= now.atMs) return ask(state, now)
  return {
    state: { ...state, poll: { ...poll, phase: 'resting' } },
    effects: [{ kind: 'wait', untilMs }],
  }
}

function ask(state: PollingState, now: Now): Step {
  return {
    state: { ...state, poll: { phase: 'asked', askedAtMs: now.atMs, received: now.received } },
    effects: [{ kind: 'poll', session: state.session }],
  }
}

/** Ids are the server's to give; one that answers a bind for another session has lost its way. */
export const OTHER_SESSION = protocolCause('the server answered for another session')
