import type { Server } from 'node:http'
import { MockBrokerError } from './mock-broker-error.ts'

/** @returns the origin, `http://127.0.0.1:40000`. @throws MockBrokerError with the system's code when the port cannot be had. */
export async function listen(http: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', cause => {
      const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'listen-failed'
      const why =
        code === 'EADDRINUSE'
          ? 'it is in use; stop the other program or choose another'
          : `${cause.message}; choose another host or port`
      reject(new MockBrokerError(code, `expected to listen on ${host} port ${port}, but ${why}`, { cause }))
    })
    http.listen(port, host, resolve)
  })
  const address = http.address()
  const taken = typeof address === 'object' && address ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

/** Answers what is no HTTP request as the API answers everything: with JSON, where there is still somebody to read it. */
export function answerUnreadable(http: Server): void {
  http.on('clientError', (cause, socket) => {
    const code = 'code' in cause ? cause.code : undefined
    if (!socket.writable || code === 'ECONNRESET') return socket.destroy()
    const status =
      code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? '408 Request Timeout'
          : '400 Bad Request'
    const body = '{"errorCode":"invalid.input"}'
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json;charset=UTF-8\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    )
  })
}

/** Closes it and every connection. */
export async function shut(http: Server): Promise<void> {
  const closed = new Promise<void>(resolve => http.close(() => resolve()))
  http.closeAllConnections()
  await closed
}
