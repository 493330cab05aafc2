/**
 * What we do about a code of CONERR or END.
 * - `stop`: nothing that we could change would help; the user has to know.
 * - `refresh-credentials`: once; refused again, stop.
 * - `new-session`: at once, without alarm.
 * - `back-off`: a new session after a growing pause.
 * - `new-socket`: the same request on another connection.
 * - `step-down`: an older protocol version, once.
 * - `ask-alone`: the session without subscriptions, which were part of the request.
 */
export type Reaction =
  | 'stop'
  | 'refresh-credentials'
  | 'new-session'
  | 'back-off'
  | 'new-socket'
  | 'step-down'
  | 'ask-alone'

/** Meanings: TLCP specification, "Session error codes". Reactions are our choice; none of them can loop without a pause. */
const REACTIONS: Readonly<Record<number, Reaction>> = {
  1: 'refresh-credentials', // user or password refused
  2: 'stop', // adapter set unknown
  3: 'new-session', // bound with another protocol version
  4: 'new-session', // the server no longer holds what we missed
  5: 'back-off', // overloaded
  6: 'back-off', // credentials cannot be checked now
  7: 'back-off', // 7 to 10: limits on sessions or load
  8: 'back-off',
  9: 'back-off',
  10: 'back-off',
  11: 'stop', // not licensed
  20: 'new-session', // session not found
  21: 'new-session', // session of another server
  31: 'new-session', // destroyed by a client that was not us
  32: 'back-off', // closed by the server or its administrator
  33: 'back-off', // internal errors
  34: 'back-off',
  35: 'stop', // another session of this user took over
  40: 'stop', // another client took this session over
  41: 'back-off',
  48: 'new-session', // session has lasted as long as it may
  60: 'stop', // this client is not supported
  61: 'stop',
  64: 'ask-alone', // a subscription that was part of create_session failed
  65: 'step-down', // syntax, or the protocol version
  66: 'back-off', // server exceptions
  67: 'stop', // malformed request
  68: 'back-off',
  69: 'new-socket', // this connection already carries a session
  70: 'stop', // not on this port
  71: 'stop',
}

export function reactionTo(code: number, text: string): Reaction {
  // Zero and below come from the server's own adapter: most often tokens that have run out.
  if (code <= 0) return 'refresh-credentials'
  if (code === 65 && !/version/i.test(text)) return 'stop'
  return REACTIONS[code] ?? 'back-off'
}

/** Source: TLCP specification, "Protocol versions". */
const VERSIONS = ['2.5.0', '2.4.0', '2.3.0', '2.2.0', '2.1.0'] as const
export type ProtocolVersion = (typeof VERSIONS)[number]

export function olderVersion(version: ProtocolVersion): ProtocolVersion | null {
  return VERSIONS[VERSIONS.indexOf(version) + 1] ?? null
}
