import type { Session } from './session-state.ts'

/** Client ids of the official libraries are fixed texts; this one is for everyone else (TLCP specification, "create_session"). */
const CUSTOM_CLIENT_ID = 'mgQkwtwdysogQz2BJ4Ji kOj2Bg'

export interface SessionWishes {
  readonly adapterSet: string | null
  /** Ask the server to say something at least this often. */
  readonly keepaliveMs: number
  /** Our promise to say something at least this often. */
  readonly inactivityMs: number
}

export interface Credentials {
  readonly user?: string
  readonly password?: string
}

export const HEARTBEAT_REQUEST = 'heartbeat\r\n\r\n'
export const WELCOME_REQUEST = 'wsok'

/** Holds the password: never to be logged or put into an error. */
export function createSessionRequest(wishes: SessionWishes, credentials: Credentials): string {
  return message('create_session', [
    parameters({
      LS_keepalive_millis: wishes.keepaliveMs,
      LS_inactivity_millis: wishes.inactivityMs,
      LS_send_sync: false,
      // None: rows then hold plain values only.
      LS_supported_diffs: '',
      LS_adapter_set: wishes.adapterSet ?? undefined,
      LS_cid: CUSTOM_CLIENT_ID,
      LS_user: credentials.user,
      LS_password: credentials.password,
    }),
  ])
}

/** @param recoverFrom data notifications received so far, or `null` for a plain bind after LOOP. */
export function bindSessionRequest(wishes: SessionWishes, session: Session, recoverFrom: number | null): string {
  return message('bind_session', [
    parameters({
      LS_session: session.id,
      LS_recovery_from: recoverFrom ?? undefined,
      LS_keepalive_millis: wishes.keepaliveMs,
      LS_inactivity_millis: wishes.inactivityMs,
      LS_send_sync: false,
    }),
  ])
}

export type ParameterValue = string | number | boolean | undefined

/** One parameter line; undefined values are left out. */
export function parameters(values: Readonly<Record<string, ParameterValue>>): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) parts.push(`${name}=${encodeURIComponent(String(value))}`)
  }
  return parts.join('&')
}

/** Control lines as few messages as the server's limit allows. Source: TLCP specification, "Batching of requests". */
export function controlRequests(lines: readonly string[], limitBytes: number): readonly string[] {
  const messages: string[] = []
  let batch: string[] = []
  let bytes = 0
  for (const line of lines) {
    // Percent-encoding leaves ASCII only: characters are bytes.
    if (batch.length > 0 && bytes + line.length + 2 > limitBytes) {
      messages.push(message('control', batch))
      batch = []
      bytes = 0
    }
    if (batch.length === 0) bytes = 'control\r\n'.length
    bytes += line.length + 2
    batch.push(line)
  }
  if (batch.length > 0) messages.push(message('control', batch))
  return messages
}

function message(name: string, lines: readonly string[]): string {
  return `${name}\r\n${lines.join('\r\n')}`
}
