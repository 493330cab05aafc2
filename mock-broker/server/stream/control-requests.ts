import { readBandwidth } from './session-requests.ts'
import { type StreamDesk, takeRefusal } from './stream-desk.ts'
import type { StreamSession } from './stream-session.ts'
import { readFrequency, readSubscription } from './stream-subscription.ts'
import type { RequestFields } from './tlcp-request.ts'
import { encodeArgument } from './tlcp-row.ts'

/** Somebody who controls a session, on its own connection or beside it. */
export interface Controller {
  readonly protocol: string
  readonly implied: StreamSession | null
  /** Whether `LS_ack=false` is heeded: an HTTP request is always answered. */
  readonly canSkipAnswer: boolean
  reply(line: string): void
}

/** Serves `control` (TLCP specification, "Control Requests"). */
export function controlSession(fields: RequestFields, controller: Controller, desk: StreamDesk): void {
  const requestId = fields.get('LS_reqId')
  if (requestId === undefined) return controller.reply('ERROR,65,LS_reqId is missing')
  const session = sessionOf(fields, controller, desk)
  if (!session) return refuse(20, 'Session not found')
  if (session.protocol !== controller.protocol) return refuse(3, 'The session speaks another protocol version')
  session.heard()
  const subscriptionId = fields.get('LS_subId') ?? ''
  const closesSocket = fields.get('LS_close_socket') === 'true'

  switch (fields.get('LS_op')) {
    case 'add':
      return subscribe(session)
    case 'delete':
      if (!session.hasSubscription(subscriptionId)) return refuse(19, 'Subscription not found')
      acknowledge()
      session.unsubscribe(subscriptionId)
      return desk.onSubscriptions()
    case 'reconf': {
      const frequency = readFrequency(fields.get('LS_requested_max_frequency'))
      if (!session.hasSubscription(subscriptionId)) return refuse(19, 'Subscription not found')
      if (frequency === null) return refuse(65, 'LS_requested_max_frequency must be a number')
      const isDone = session.reconfigure(subscriptionId, frequency)
      if (!isDone) return refuse(13, 'The frequency of an unfiltered subscription cannot change')
      return controller.reply(`REQOK,${requestId}`)
    }
    case 'constrain': {
      const kilobits = readBandwidth(fields.get('LS_requested_max_bandwidth'))
      if (kilobits === 'wrong') return refuse(65, 'LS_requested_max_bandwidth must be a number')
      controller.reply(`REQOK,${requestId}`)
      return session.limitBandwidth(kilobits)
    }
    case 'force_rebind': {
      const ms = fields.get('LS_polling_millis') ?? '0'
      if (!/^\d{1,9}$/.test(ms)) return refuse(65, 'LS_polling_millis must be a number')
      controller.reply(`REQOK,${requestId}`)
      return session.loop(Number(ms), closesSocket)
    }
    case 'destroy': {
      const cause = readCause(fields)
      controller.reply(`REQOK,${requestId}`)
      return session.end(cause.code, cause.text, closesSocket)
    }
    default:
      return refuse(65, 'Unknown LS_op')
  }

  function subscribe(session: StreamSession): void {
    const refused = takeRefusal(desk.refusals, 'subscription')
    if (refused) return refuse(refused.code, refused.text)
    const { servesLegacy, subscriptionLimit } = desk.terms
    const subscription = readSubscription(fields, { account: session.account, servesLegacy }, desk.source)
    if ('code' in subscription) return refuse(subscription.code, subscription.text)
    // An `add` that a client repeats after a recovery, not knowing its outcome, changes nothing.
    if (session.hasSubscription(subscription.id)) return acknowledge()
    if (session.subscriptionCount >= subscriptionLimit) {
      return refuse(LIMIT_CODE, `Too many subscriptions: at most ${subscriptionLimit}`)
    }
    acknowledge()
    session.subscribe(subscription)
    desk.onSubscriptions()
  }

  function acknowledge(): void {
    if (!controller.canSkipAnswer || fields.get('LS_ack') !== 'false') controller.reply(`REQOK,${requestId}`)
  }

  function refuse(code: number, text: string): void {
    controller.reply(`REQERR,${requestId},${code},${encodeArgument(text)}`)
  }
}

/** Serves `msg`: nobody reads the message, but its outcome is told as for one that was processed. */
export function takeMessage(fields: RequestFields, controller: Controller, desk: StreamDesk): void {
  const requestId = fields.get('LS_reqId')
  if (requestId === undefined) return controller.reply('ERROR,65,LS_reqId is missing')
  const session = sessionOf(fields, controller, desk)
  if (!session) return controller.reply(`REQERR,${requestId},20,Session not found`)
  session.heard()
  if (!controller.canSkipAnswer || fields.get('LS_ack') !== 'false') controller.reply(`REQOK,${requestId}`)
  if (fields.get('LS_outcome') === 'false') return
  // The third argument came with 2.5.
  const response = session.protocol === '2.5.0' ? ',' : ''
  session.append(`MSGDONE,${fields.get('LS_sequence') ?? '*'},${fields.get('LS_msg_prog') ?? '0'}${response}`)
}

/** Serves `heartbeat`: an unknown session is no error. */
export function takeHeartbeat(fields: RequestFields, controller: Controller, desk: StreamDesk): void {
  sessionOf(fields, controller, desk)?.heard()
}

function sessionOf(fields: RequestFields, { implied }: Controller, { sessions }: StreamDesk): StreamSession | null {
  const named = fields.get('LS_session')
  const session = named === undefined ? implied : sessions.get(named)
  return session && sessions.has(session.id) ? session : null
}

/** Of the client's own choosing, but never one of the server's codes (TLCP specification, "Session Destroy"). */
function readCause(fields: RequestFields): { readonly code: number; readonly text: string } {
  const code = fields.get('LS_cause_code')
  if (code === undefined || !/^-?\d{1,9}$/.test(code)) return { code: 31, text: 'Destroy invoked by client' }
  return { code: Math.min(0, Number(code)), text: fields.get('LS_cause_message') ?? '' }
}

/** A code of the broker's own. IG does not document what a subscription beyond the limit gets: our choice. */
const LIMIT_CODE = -1
