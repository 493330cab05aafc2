import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../http/node-exchange.ts'
import { type Controller, controlSession, takeHeartbeat, takeMessage } from './control-requests.ts'
import { addressOf } from './peer-address.ts'
import { bindSession, type Caller, createSession } from './session-requests.ts'
import type { StreamConnection } from './stream-connection.ts'
import type { StreamDesk } from './stream-desk.ts'
import { readProtocol } from './stream-terms.ts'
import { readHttpRequests, type TlcpRequest } from './tlcp-request.ts'
import { encodeArgument } from './tlcp-row.ts'

/** `…/lightstreamer/control.txt` (TLCP specification, "HTTP transport"). */
export const STREAM_PATH = /^[^?]*\/lightstreamer\/(create_session|bind_session|control|msg|heartbeat)\.txt(?:\?|$)/

/**
 * Serves one HTTP request: a session that streams or polls in its answer, or what is asked of another one.
 * @param open makes the answer a streaming connection.
 */
export function serveHttp(
  message: IncomingMessage,
  response: ServerResponse,
  desk: StreamDesk,
  open: (response: ServerResponse) => StreamConnection,
): void {
  const [path = '', query = ''] = (message.url ?? '').split('?', 2)
  const name = STREAM_PATH.exec(path)?.[1] ?? ''
  allowPages(message, response)
  if (message.method === 'OPTIONS') {
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type')
    return answer(response, 204, [])
  }
  readBody(message, body => {
    const asked = /(?:^|&)LS_protocol=([^&]*)/.exec(query)?.[1]
    // IG's gateway has been seen to answer so when the version stands in the body.
    if (asked === undefined) return answer(response, 400, ['ERROR,65,LS_protocol is missing in the query'])
    const protocol = readProtocol(asked, desk.terms)
    const opens = name === 'create_session' || name === 'bind_session'
    if (protocol === null) {
      const text = encodeArgument(`Unsupported protocol version: ${asked.replace(/^TLCP-/, '').slice(0, 20)}`)
      return answer(response, 200, [`${opens ? 'CONERR' : 'ERROR'},65,${text}`])
    }
    const requests = body.kind === 'text' ? readHttpRequests(name, query, body.text) : null
    if (!requests) return answer(response, 200, [`${opens ? 'CONERR' : 'ERROR'},65,The request cannot be read`])
    if (opens) openSession(name, requests[0], protocol)
    else answer(response, 200, control(name, requests, protocol))
  })

  function openSession(request: string, asked: TlcpRequest | undefined, protocol: string): void {
    const connection = open(response)
    const caller: Caller = { connection, protocol, address: addressOf(message), implied: null }
    const fields = asked?.parameters ?? new Map<string, string>()
    const session =
      request === 'create_session' ? createSession(fields, caller, desk) : bindSession(fields, caller, desk)
    if (session) response.on('close', () => session.unbind(connection))
    else connection.finish()
  }

  function control(request: string, asked: readonly TlcpRequest[], protocol: string): readonly string[] {
    const lines: string[] = []
    const reply = (line: string): void => void lines.push(line)
    const controller: Controller = { protocol, implied: null, canSkipAnswer: false, reply }
    for (const { parameters } of asked) {
      if (request === 'control') controlSession(parameters, controller, desk)
      else if (request === 'msg') takeMessage(parameters, controller, desk)
      else {
        takeHeartbeat(parameters, controller, desk)
        reply('REQOK')
      }
    }
    return lines
  }
}

function answer(response: ServerResponse, status: number, lines: readonly string[]): void {
  if (response.destroyed) return
  const text = lines.map(line => `${line}\r\n`).join('')
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  })
  response.end(text)
}

/** A page in a browser may use the stream from anywhere, as it may IG's. */
function allowPages({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
  if (origin === undefined) return
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Vary', 'Origin')
}
