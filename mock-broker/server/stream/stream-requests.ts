import type { Clock } from '../clock.ts'
import type { StreamConnection } from './stream-connection.ts'
import type { ItemSource } from './stream-item.ts'
import { type StreamSession, streamSession } from './stream-session.ts'
import { readSubscription } from './stream-subscription.ts'
import { readRequests, type TlcpRequest } from './tlcp-request.ts'
import { encodeArgument } from './tlcp-row.ts'

type Parameters = TlcpRequest['parameters']

/** Serves the requests that come over one streaming socket (TLCP specification, "Requests"). */
export interface StreamRequests {
  message(text: string): void
  lost(): void
}

export interface StreamDesk {
  readonly clock: Clock
  readonly source: ItemSource
  readonly sessions: Map<string, StreamSession>
  nextSessionId(): string
  canSignIn(user: string, password: string): boolean
  /** What a subscription began to need or no longer needs may have changed. */
  onSubscriptions(): void
}

export function streamRequests(connection: StreamConnection, desk: StreamDesk): StreamRequests {
  /** The session that a request without `LS_session` means: the last one bound on this socket. */
  let implied: StreamSession | null = null

  function serve({ name, parameters }: TlcpRequest): void {
    switch (name) {
      case 'wsok':
        return connection.send('WSOK')
      case 'create_session':
        return createSession(parameters)
      case 'bind_session':
        return bindSession(parameters)
      case 'control':
        return control(parameters)
      case 'msg':
        return message(parameters)
      case 'heartbeat':
        return
      default:
        return connection.send(`ERROR,65,${encodeArgument(`Unknown request: ${name.slice(0, 40)}`)}`)
    }
  }

  function createSession(parameters: Parameters): void {
    const adapterSet = parameters.get('LS_adapter_set') ?? 'DEFAULT'
    if (implied?.isBoundTo(connection)) return refuseSession(69, 'This WebSocket already streams')
    if (!parameters.has('LS_cid')) return refuseSession(65, 'LS_cid is missing')
    if (adapterSet !== 'DEFAULT') return refuseSession(2, 'Requested Adapter Set not available')
    if (!desk.canSignIn(parameters.get('LS_user') ?? '', parameters.get('LS_password') ?? '')) {
      return refuseSession(1, 'User/password check failed')
    }
    const id = desk.nextSessionId()
    const session = streamSession({
      id,
      account: parameters.get('LS_user') ?? '',
      clock: desk.clock,
      source: desk.source,
      onEnd() {
        desk.sessions.delete(id)
        desk.onSubscriptions()
      },
    })
    desk.sessions.set(id, session)
    bind(session, parameters, null, parameters.get('LS_reduce_head') === 'true' ? ['CONOK'] : FULL_HEAD)
  }

  function bindSession(parameters: Parameters): void {
    const id = parameters.get('LS_session')
    const session = id === undefined ? implied : desk.sessions.get(id)
    if (!session || !desk.sessions.has(session.id)) return refuseSession(20, 'Session not found')
    const from = parameters.get('LS_recovery_from')
    if (from !== undefined && !/^\d{1,15}$/.test(from)) return refuseSession(65, 'LS_recovery_from must be a number')
    const head = parameters.get('LS_reduce_head') === 'true' ? [] : FULL_HEAD
    bind(session, parameters, from === undefined ? null : Number(from), head)
  }

  function bind(
    session: StreamSession,
    parameters: Parameters,
    recoverFrom: number | null,
    head: readonly (keyof typeof HEAD)[],
  ): void {
    const keepAliveMs = clampKeepAlive(parameters.get('LS_keepalive_millis'))
    const isBound = session.bind(connection, {
      keepAliveMs,
      wantsSync: parameters.get('LS_send_sync') !== 'false',
      recoverFrom,
      greeting: head.map(line => HEAD[line](session.id, keepAliveMs)),
    })
    if (isBound) implied = session
    else refuseSession(4, 'The events to recover are no longer held')
  }

  function refuseSession(code: number, text: string): void {
    connection.send(`CONERR,${code},${encodeArgument(text)}`)
  }

  function control(parameters: Parameters): void {
    const requestId = parameters.get('LS_reqId')
    if (requestId === undefined) return connection.send('ERROR,65,LS_reqId is missing')
    const named = parameters.get('LS_session')
    const session = named === undefined ? implied : desk.sessions.get(named)
    if (!session || !desk.sessions.has(session.id)) return refuse(requestId, 20, 'Session not found')
    const subscriptionId = parameters.get('LS_subId') ?? ''
    switch (parameters.get('LS_op')) {
      case 'add':
        return subscribe(session, requestId, parameters)
      case 'delete': {
        if (![...session.subscriptions()].some(({ id }) => id === subscriptionId)) {
          return refuse(requestId, 19, 'Subscription not found')
        }
        acknowledge(requestId, parameters)
        session.unsubscribe(subscriptionId)
        return desk.onSubscriptions()
      }
      case 'reconf':
        if (!session.reconfigure(subscriptionId)) return refuse(requestId, 19, 'Subscription not found')
        return connection.send(`REQOK,${requestId}`)
      case 'constrain':
        connection.send(`REQOK,${requestId}`)
        return connection.send('CONS,unlimited')
      case 'force_rebind':
        connection.send(`REQOK,${requestId}`)
        connection.send('LOOP,0')
        session.unbind(connection)
        return closeIfAsked(parameters)
      case 'destroy':
        connection.send(`REQOK,${requestId}`)
        session.end(31, 'Destroy invoked by client')
        return closeIfAsked(parameters)
      default:
        return refuse(requestId, 65, 'Unknown LS_op')
    }
  }

  function subscribe(session: StreamSession, requestId: string, parameters: Parameters): void {
    const subscription = readSubscription(parameters, session.account, desk.source)
    if ('code' in subscription) return refuse(requestId, subscription.code, subscription.text)
    acknowledge(requestId, parameters)
    // An `add` that a client repeats after a recovery, not knowing its outcome, changes nothing.
    if ([...session.subscriptions()].some(({ id }) => id === subscription.id)) return
    session.subscribe(subscription)
    desk.onSubscriptions()
  }

  function message(parameters: Parameters): void {
    const requestId = parameters.get('LS_reqId')
    if (requestId === undefined) return connection.send('ERROR,65,LS_reqId is missing')
    refuse(requestId, -1, 'Messages are not accepted')
  }

  function acknowledge(requestId: string, parameters: Parameters): void {
    if (parameters.get('LS_ack') !== 'false') connection.send(`REQOK,${requestId}`)
  }

  function refuse(requestId: string, code: number, text: string): void {
    connection.send(`REQERR,${requestId},${code},${encodeArgument(text)}`)
  }

  function closeIfAsked(parameters: Parameters): void {
    if (parameters.get('LS_close_socket') === 'true') connection.close()
  }

  return {
    message(text) {
      const requests = readRequests(text)
      if (requests) for (const request of requests) serve(request)
      else connection.send('ERROR,65,A parameter cannot be decoded')
    },
    lost: () => implied?.unbind(connection),
  }
}

function clampKeepAlive(asked: string | undefined): number {
  const ms = asked !== undefined && /^\d{1,9}$/.test(asked) ? Number(asked) : 0
  return ms === 0 ? KEEP_ALIVE_MS : Math.min(30_000, Math.max(500, ms))
}

/** As IG answers: bytes of one request, and the pause before PROBE. */
const REQUEST_LIMIT_BYTES = 50_000
const KEEP_ALIVE_MS = 5_000

/** What begins a stream; `LS_reduce_head` leaves all but the first out, and on a bind that one too. */
const HEAD = {
  CONOK: (id: string, keepAliveMs: number) => `CONOK,${id},${REQUEST_LIMIT_BYTES},${keepAliveMs},*`,
  SERVNAME: () => 'SERVNAME,Scalpdesk mock broker',
  CLIENTIP: () => 'CLIENTIP,127.0.0.1',
  CONS: () => 'CONS,unlimited',
} as const
const FULL_HEAD = ['CONOK', 'SERVNAME', 'CLIENTIP', 'CONS'] as const
