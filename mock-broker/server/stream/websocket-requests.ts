import { type Controller, controlSession, takeHeartbeat, takeMessage } from './control-requests.ts'
import { bindSession, type Caller, createSession } from './session-requests.ts'
import type { StreamConnection } from './stream-connection.ts'
import type { StreamDesk } from './stream-desk.ts'
import type { StreamSession } from './stream-session.ts'
import { readRequests, type TlcpRequest } from './tlcp-request.ts'
import { encodeArgument } from './tlcp-row.ts'

/** Serves the requests that come over one WebSocket (TLCP specification, "Requests"). */
export interface WebSocketRequests {
  message(text: string): void
  lost(): void
}

export function webSocketRequests(
  connection: StreamConnection,
  { protocol, address }: Pick<Caller, 'protocol' | 'address'>,
  desk: StreamDesk,
): WebSocketRequests {
  let implied: StreamSession | null = null

  function serve({ name, parameters }: TlcpRequest): void {
    const caller: Caller = { connection, protocol, address, implied }
    const controller: Controller = { protocol, implied, canSkipAnswer: true, reply: connection.send }
    switch (name) {
      case 'wsok':
        return connection.send('WSOK')
      case 'create_session':
        implied = createSession(parameters, caller, desk) ?? implied
        return
      case 'bind_session':
        implied = bindSession(parameters, caller, desk) ?? implied
        return
      case 'control':
        return controlSession(parameters, controller, desk)
      case 'msg':
        return takeMessage(parameters, controller, desk)
      case 'heartbeat':
        return takeHeartbeat(parameters, controller, desk)
      default:
        return connection.send(`ERROR,65,${encodeArgument(`Unknown request: ${name.slice(0, 40)}`)}`)
    }
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
