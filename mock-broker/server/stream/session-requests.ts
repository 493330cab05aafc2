import type { StreamConnection } from './stream-connection.ts'
import { type StreamDesk, takeRefusal } from './stream-desk.ts'
import { type BindTerms, type StreamSession, streamSession } from './stream-session.ts'
import type { RequestFields } from './tlcp-request.ts'
import { encodeArgument } from './tlcp-row.ts'

/** Where a request came from. */
export interface Caller {
  readonly connection: StreamConnection
  /** The protocol version that it speaks, `2.4.0`. */
  readonly protocol: string
  readonly address: string
  /** The session that a request without `LS_session` means: the last one bound on this socket. */
  readonly implied: StreamSession | null
}

/**
 * Opens a session (TLCP specification, "Session Creation").
 * @returns null when it was refused, and the client told so.
 */
export function createSession(fields: RequestFields, caller: Caller, desk: StreamDesk): StreamSession | null {
  const account = fields.get('LS_user') ?? ''
  const refused = takeRefusal(desk.refusals, 'session')
  if (refused) return refuse(caller, refused.code, refused.text)
  if (caller.implied?.isBoundTo(caller.connection)) return refuse(caller, 69, 'This WebSocket already streams')
  if (!fields.has('LS_cid')) return refuse(caller, 65, 'LS_cid is missing')
  if ((fields.get('LS_adapter_set') || 'DEFAULT') !== 'DEFAULT') {
    return refuse(caller, 2, 'Requested Adapter Set not available')
  }
  const kilobits = readBandwidth(fields.get('LS_requested_max_bandwidth'))
  if (kilobits === 'wrong') return refuse(caller, 65, 'LS_requested_max_bandwidth must be a number')
  const clientToken = desk.signIn(account, fields.get('LS_password') ?? '')
  if (clientToken === null) return refuse(caller, 1, 'User/password check failed')
  const id = desk.nextSessionId()
  const isBrief = fields.get('LS_reduce_head') === 'true'
  const session = streamSession({
    id,
    account,
    protocol: caller.protocol,
    clientToken,
    clock: desk.clock,
    turn: desk.turn,
    hub: desk.hub,
    tellsBandwidth: !isBrief,
    onEnd() {
      desk.sessions.delete(id)
      desk.onSubscriptions()
    },
  })
  desk.sessions.set(id, session)
  session.limitBandwidth(kilobits)
  const terms = readTerms(fields, caller)
  const greeting = [conok(id, terms, desk), ...(isBrief ? [] : [...headOf(caller), `CONS,${kilobits ?? 'unlimited'}`])]
  session.bind(caller.connection, { ...terms, recoverFrom: null, greeting })
  return session
}

/**
 * Goes on with a session (TLCP specification, "Session Binding", "Session recovery").
 * @returns null when it was refused, and the client told so.
 */
export function bindSession(fields: RequestFields, caller: Caller, desk: StreamDesk): StreamSession | null {
  const id = fields.get('LS_session')
  const named = id === undefined ? caller.implied : desk.sessions.get(id)
  const refused = takeRefusal(desk.refusals, 'session')
  if (refused) return refuse(caller, refused.code, refused.text)
  if (!named || !desk.sessions.has(named.id)) return refuse(caller, 20, 'Session not found')
  if (named.protocol !== caller.protocol) return refuse(caller, 3, 'The session speaks another protocol version')
  if (caller.implied !== named && caller.implied?.isBoundTo(caller.connection)) {
    return refuse(caller, 69, 'This WebSocket already streams')
  }
  const from = fields.get('LS_recovery_from')
  if (from !== undefined && !/^\d{1,15}$/.test(from)) return refuse(caller, 65, 'LS_recovery_from must be a number')
  const terms = readTerms(fields, caller)
  const isBrief = fields.get('LS_reduce_head') === 'true'
  const isBound = named.bind(caller.connection, {
    ...terms,
    recoverFrom: from === undefined ? null : Number(from),
    greeting: isBrief ? [] : [conok(named.id, terms, desk), ...headOf(caller)],
  })
  return isBound ? named : refuse(caller, 4, 'The events to recover are no longer held')
}

/** Kilobits a second; null for no limit. */
export function readBandwidth(text: string | undefined): number | null | 'wrong' {
  if (text === undefined || text === 'unlimited') return null
  const kilobits = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : 0
  return kilobits > 0 ? kilobits : 'wrong'
}

function refuse({ connection }: Caller, code: number, text: string): null {
  connection.send(`CONERR,${code},${encodeArgument(text)}`)
  return null
}

function readTerms(fields: RequestFields, { connection }: Caller): Pick<BindTerms, 'flow' | 'inactivityMs'> {
  const whole = (name: string): number => {
    const text = fields.get(name) ?? ''
    return /^\d{1,9}$/.test(text) ? Number(text) : 0
  }
  if (fields.get('LS_polling') === 'true') {
    const idleMs = Math.min(MOST_IDLE_MS, whole('LS_idle_millis'))
    return { flow: { kind: 'polling', idleMs, pollingMs: whole('LS_polling_millis') }, inactivityMs: null }
  }
  const keepAliveMs = whole('LS_keepalive_millis')
  const contentLength = whole('LS_content_length')
  return {
    flow: {
      kind: 'streaming',
      keepAliveMs: keepAliveMs === 0 ? KEEP_ALIVE_MS : Math.min(30_000, Math.max(500, keepAliveMs)),
      wantsSync: fields.get('LS_send_sync') !== 'false',
      contentLength:
        connection.transport === 'websocket' ? Number.POSITIVE_INFINITY : contentLength || USUAL_CONTENT_LENGTH,
    },
    inactivityMs: whole('LS_inactivity_millis') || null,
  }
}

function conok(id: string, { flow }: Pick<BindTerms, 'flow'>, { terms }: StreamDesk): string {
  const pauseMs = flow.kind === 'streaming' ? flow.keepAliveMs : flow.idleMs
  return `CONOK,${id},${REQUEST_LIMIT_BYTES},${pauseMs},${encodeArgument(terms.controlLink)}`
}

function headOf({ address }: Caller): readonly string[] {
  return ['SERVNAME,Scalpdesk mock broker', `CLIENTIP,${address}`]
}

/** As IG answers: bytes of one request, and the pause before PROBE. */
const REQUEST_LIMIT_BYTES = 50_000
const KEEP_ALIVE_MS = 5_000
const MOST_IDLE_MS = 30_000
/** What Lightstreamer's own clients ask for. */
const USUAL_CONTENT_LENGTH = 50_000_000
