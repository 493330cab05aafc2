import type { Session } from './session-state.ts'
import { isHttp, isPolling, type Transport } from './transport.ts'

/** Client ids of the official libraries are fixed texts; this one is for everyone else (TLCP specification, "create_session"). */
const CUSTOM_CLIENT_ID = 'mgQkwtwdysogQz2BJ4Ji kOj2Bg'
/** Our choice, as the official clients: an HTTP response ends after so many bytes, and the session is bound again. */
const HTTP_CONTENT_BYTES = 50_000_000

export interface SessionWishes {
  readonly adapterSet: string | null
  /** Ask the server to say something at least this often. */
  readonly keepaliveMs: number
  /** Our promise to say something at least this often. */
  readonly inactivityMs: number
  /** How long the server may hold a poll that has nothing to bring. */
  readonly pollIdleMs: number
  /** The pause between two polls. */
  readonly pollPauseMs: number
}

/** What the present connection and the present wish add to a request. */
export interface RequestNeeds {
  readonly transport: Transport
  /** Whether the version in use knows them: from 2.4.0 on (TLCP specification, "create_session", LS_supported_diffs). */
  readonly hasDiffs: boolean
  readonly bandwidth: number | 'unlimited' | null
}

export interface Credentials {
  readonly user?: string
  readonly password?: string
}

const HEARTBEAT_REQUEST = 'heartbeat\r\n\r\n'
export const WELCOME_REQUEST = 'wsok'

/** Over HTTP there is no implied session (TLCP specification, "heartbeat"). */
export function heartbeatRequest(transport: Transport, sessionId: string): string {
  return isHttp(transport) ? message('heartbeat', [parameters({ LS_session: sessionId })]) : HEARTBEAT_REQUEST
}

/**
 * Holds the password: never to be logged or put into an error.
 * @param subscriptions lines that are to be part of it, all or none (TLCP specification, "create_session").
 */
export function createSessionRequest(
  wishes: SessionWishes,
  credentials: Credentials,
  needs: RequestNeeds,
  subscriptions: readonly string[] = [],
): string {
  return message('create_session', [
    parameters({
      ...flowParameters(wishes, needs.transport, 0),
      LS_requested_max_bandwidth: needs.bandwidth ?? undefined,
      LS_supported_diffs: needs.hasDiffs ? 'P,T' : undefined,
      LS_adapter_set: wishes.adapterSet ?? undefined,
      LS_cid: CUSTOM_CLIENT_ID,
      LS_user: credentials.user,
      LS_password: credentials.password,
    }),
    ...subscriptions,
  ])
}

/**
 * What a bind is for.
 * - `resume`: after LOOP. - `poll`: the next one, which may be held.
 * - `recover`: after a loss; `from`: data notifications received so far.
 */
export type Bind = { readonly kind: 'resume' | 'poll' } | { readonly kind: 'recover'; readonly from: number }

export function bindSessionRequest(wishes: SessionWishes, session: Session, bind: Bind, transport: Transport): string {
  return message('bind_session', [
    parameters({
      LS_session: session.id,
      LS_recovery_from: bind.kind === 'recover' ? bind.from : undefined,
      ...flowParameters(wishes, transport, bind.kind === 'poll' ? wishes.pollIdleMs : 0),
    }),
  ])
}

/** @param idleMs 0 for a poll that shakes hands: where answers come whole or not at all, a held one would seem lost. */
function flowParameters(wishes: SessionWishes, transport: Transport, idleMs: number): Record<string, ParameterValue> {
  if (isPolling(transport)) {
    return { LS_polling: true, LS_polling_millis: wishes.pollPauseMs, LS_idle_millis: idleMs }
  }
  return {
    LS_keepalive_millis: wishes.keepaliveMs,
    LS_inactivity_millis: wishes.inactivityMs,
    LS_content_length: isHttp(transport) ? HTTP_CONTENT_BYTES : undefined,
    LS_send_sync: false,
  }
}

export type ParameterValue = string | number | boolean | undefined

/** One parameter line; undefined values are left out. */
export function parameters(values: Readonly<Record<string, ParameterValue>>): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) parts.push(`${name}=${encodeURIComponent(wellFormed(value))}`)
  }
  return parts.join('&')
}

/** Lines of one request name in as few messages as the server's limit allows. Source: TLCP specification, "Batching of requests". */
export function batchRequests(
  name: 'control' | 'msg',
  lines: readonly string[],
  limitBytes: number,
): readonly string[] {
  const messages: string[] = []
  let batch: string[] = []
  let bytes = 0
  for (const line of lines) {
    // Percent-encoding leaves ASCII only: characters are bytes.
    if (batch.length > 0 && bytes + line.length + 2 > limitBytes) {
      messages.push(message(name, batch))
      batch = []
      bytes = 0
    }
    if (batch.length === 0) bytes = name.length + 2
    bytes += line.length + 2
    batch.push(line)
  }
  if (batch.length > 0) messages.push(message(name, batch))
  return messages
}

function message(name: string, lines: readonly string[]): string {
  return `${name}\r\n${lines.join('\r\n')}`
}

/** Half of a surrogate pair cannot be sent as UTF-8. */
function wellFormed(value: string | number | boolean): string {
  return typeof value === 'string' ? value.toWellFormed() : String(value)
}
