import type { IncomingMessage } from 'node:http'

/** The client's address as CLIENTIP tells it: IPv4 where it is one. */
export function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}
