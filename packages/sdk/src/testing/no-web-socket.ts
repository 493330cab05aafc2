import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MockBroker } from '@scalpdesk/mock-broker'

/** A proxy, as some companies have one: it lets HTTP through to the broker, and no WebSocket. */
export interface NoWebSocket extends AsyncDisposable {
  /** Of the broker's REST API, through the proxy. */
  readonly url: URL
  /** WebSockets that were refused. */
  readonly refused: () => number
}

export async function startNoWebSocket(broker: MockBroker): Promise<NoWebSocket> {
  let refused = 0
  const server = createServer((message, response) => pass(message, response))
  server.on('upgrade', (_message, socket) => {
    refused++
    socket.on('error', () => {})
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function pass(message: IncomingMessage, response: ServerResponse): void {
    const { method, headers, url = '' } = message
    const onward = request(`${broker.stream}${url}`, { method, headers, agent: false }, answer => {
      const isSignIn = method === 'POST' && url.endsWith('/session')
      if (!isSignIn) {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        response.flushHeaders()
        return void answer.pipe(response)
      }
      // Where the stream is: here, too.
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', chunk => {
        text += chunk
      })
      answer.on('end', () => {
        const body = text.replace(broker.stream, origin)
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = answer.headers
        response.writeHead(answer.statusCode ?? 502, { ...rest, 'content-length': Buffer.byteLength(body) }).end(body)
      })
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    message.pipe(onward)
  }

  return {
    url: new URL(broker.url.replace(broker.stream, origin)),
    refused: () => refused,
    [Symbol.asyncDispose]: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
