import type { DirectLine } from '@scalpdesk/mock-broker'
import { type ConnectOptions, fetchTransport } from '@scalpdesk/sdk'

export interface BrokerLineParts {
  readonly direct: DirectLine
  readonly noteActivity: () => void
  /** Hears of every change of positions and working orders that is asked for, as it arrives. */
  readonly onOrder: (order: ArrivedOrder) => void
}

/** A dealing request as the broker got it. */
export interface ArrivedOrder {
  readonly method: string
  readonly path: string
  readonly version: string
  readonly body: string
}

/** The SDK's ways to a broker in the same process: no socket, nothing that could take another time the next run. */
export function brokerLine(parts: BrokerLineParts): Pick<ConnectOptions, 'transport' | 'streamDial'> {
  const { direct, noteActivity, onOrder } = parts

  function answer(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const { pathname, search } = new URL(String(input))
    const path = `${pathname}${search}`
    const headers = new Map(new Headers(init.headers).entries())
    const { method = 'GET' } = init
    const body = typeof init.body === 'string' ? init.body : ''
    noteActivity()
    const order = orderOf(method, pathname, headers, body)
    if (order) onOrder(order)
    return new Promise((resolve, reject) => {
      direct.request({ method, path, headers, body }, answered => {
        noteActivity()
        if (answered === null) return reject(Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' }))
        const { status, content } = answered
        const isEmpty = content.length === 0
        const bytes = typeof content === 'string' ? content : new Uint8Array(content)
        resolve(new Response(isEmpty ? null : bytes, { status, headers: answered.headers.map(([n, v]) => [n, v]) }))
      })
    })
  }

  return {
    transport: fetchTransport(answer),
    streamDial(_url, protocol, events) {
      let isClosed = false
      const stream = direct.stream(protocol, {
        bytes(lines) {
          noteActivity()
          if (!isClosed) events.bytes(lines)
        },
        closed() {
          noteActivity()
          if (isClosed) return
          isClosed = true
          events.closed('the server closed the connection')
        },
      })
      queueMicrotask(() => {
        noteActivity()
        if (!isClosed) events.opened()
      })
      return {
        send(message) {
          noteActivity()
          // Not in the turn of the sending, as over a socket.
          queueMicrotask(() => stream.send(message))
        },
        close: stream.close,
        destroy: stream.close,
        ping() {
          queueMicrotask(() => {
            if (!isClosed) events.alive()
          })
        },
      }
    },
  }
}

/** `_method` says what is really asked (IG Labs, REST API guide, "DELETE with a body"). */
function orderOf(
  method: string,
  path: string,
  headers: ReadonlyMap<string, string>,
  body: string,
): ArrivedOrder | null {
  if (method === 'GET' || !/\/(?:positions|workingorders)\/otc/.test(path)) return null
  return { method: headers.get('_method') ?? method, path, version: headers.get('version') ?? '', body }
}
