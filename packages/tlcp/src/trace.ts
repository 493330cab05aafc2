/**
 * What went on, for whoever wants to see it. Passwords and the ids of sessions are left out: who has one can take the session
 * over.
 */
export type TraceEvent =
  /** A connection was asked for, opened, given up or lost. */
  | { readonly category: 'connection'; readonly text: string }
  /** A whole request, line ends included. */
  | { readonly category: 'sent'; readonly text: string }
  /** A line that is no row. */
  | { readonly category: 'received'; readonly text: string }
  | { readonly category: 'row'; readonly text: string }
  /** A step of the session, `live + lost -> dialling`. */
  | { readonly category: 'session'; readonly text: string }

/** Called in the turn in which it happens; what it throws is thrown again, outside. */
export type Trace = (event: TraceEvent) => void

/** A request without its secrets. */
export function withoutSecrets(request: string): string {
  return request.replace(/\b(LS_password|LS_session)=[^&\r\n]*/g, '$1=…')
}

/** A line of the server without the id of the session, which CONOK tells (TLCP specification, "CONOK"). */
export function withoutSessionId(line: string): string {
  return line.replace(/^CONOK,[^,]*/, 'CONOK,…')
}
