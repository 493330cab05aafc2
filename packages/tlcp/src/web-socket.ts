import { WebSocket } from 'ws'
import type { Dial } from './ports.ts'

/** Our choice: far above any row, far below what would hurt. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/** Connections over WebSocket, by `ws`. */
export const dialWebSocket: Dial = (url, protocol, events) => {
  const socket = new WebSocket(url, protocol, {
    // Compression costs more time than loopback or broadband takes for these short messages.
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: MAX_MESSAGE_BYTES,
  })
  let cause = 'the server closed the connection'
  socket.on('open', () => events.opened())
  socket.on('message', (data: Buffer) => events.text(data.toString('utf8')))
  socket.on('error', error => {
    cause = describe(error)
  })
  socket.on('close', code => events.closed(code === 1000 || code === 1006 ? cause : `${cause} (code ${code})`))
  return {
    send(message) {
      // `ws` throws while connecting; on a closing connection it drops the message, and `closed` follows.
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
    },
    close: () => socket.close(1000),
    destroy: () => socket.terminate(),
  }
}

function describe(error: Error): string {
  // A connection that failed on every address of a name is an AggregateError without a text of its own.
  if (error instanceof AggregateError) return error.errors.map(String).join('; ')
  return error.message
}
