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

/** Closes it and every connection. */
export async function shut(http: Server): Promise<void> {
  const closed = new Promise<void>(resolve => http.close(() => resolve()))
  http.closeAllConnections()
  await closed
}
