import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import { FrameReader } from './frame-reader.ts'
import type { Dial, SocketEvents } from './ports.ts'

/** Our choice: far above any row, far below what would hurt. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
/** Answers of a gate before the server, or of one that is busy: they say nothing about the version. */
const NOT_ABOUT_THE_VERSION: ReadonlySet<number> = new Set([401, 403, 404, 407, 408, 429])

/**
 * Connections over WebSocket, by `ws`; but messages are read here, from the chunks as they come: what `ws` makes for each of
 * them costs more than all that is then done with a row.
 */
export const dialWebSocket: Dial = (url, protocol, events) => {
  const socket = new WebSocket(url, protocol, {
    // Compression costs more time than loopback or broadband takes for these short messages.
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: MAX_MESSAGE_BYTES,
    // Values are checked where they are decoded: most are plain ASCII and need no second look.
    skipUTF8Validation: true,
  })
  let cause: string | null = null
  let how: 'upgrade-refused' | undefined
  let below: Duplex | null = null
  socket.on('upgrade', response => {
    below = response.socket
  })
  socket.on('open', () => {
    if (below !== null) readFrames(below, events)
    events.opened()
  })
  // What frames are not read here:
  // `ws` tells of all messages of one read in one turn. A clock looked at for each would cost as much as reading a row.
  let isSameRead = false
  const endRead = (): void => {
    isSameRead = false
  }
  socket.on('message', (data: Buffer) => {
    events.bytes(data, isSameRead)
    if (isSameRead) return
    isSameRead = true
    queueMicrotask(endRead)
  })
  socket.on('pong', () => events.alive())
  socket.on('error', error => {
    cause ??= describe(error)
    // `ws` says so when the server opened without echoing the protocol.
    if (/subprotocol/i.test(cause)) how = 'upgrade-refused'
  })
  socket.on('unexpected-response', (request, response: IncomingMessage) => {
    const status = response.statusCode ?? 0
    cause = `the server answered HTTP ${status} instead of opening a WebSocket`
    if (status >= 400 && status < 500 && !NOT_ABOUT_THE_VERSION.has(status)) how = 'upgrade-refused'
    // Ends the request, and with it the socket: `close` follows.
    response.destroy()
    request.destroy()
    socket.terminate()
  })
  socket.on('close', code => {
    const text = cause ?? 'the server closed the connection'
    events.closed(code === 1000 || code === 1006 ? text : `${text} (code ${code})`, how)
  })
  return {
    send(message) {
      // `ws` throws while connecting; on a closing connection it drops the message, and `closed` follows.
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
    },
    close: () => socket.close(1000),
    destroy: () => socket.terminate(),
    ping() {
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    },
  }
}

/**
 * Stands between the connection and `ws`, which gets all frames that are no ordinary messages. Where it does not read by a
 * listener of its own, nothing changes, and it tells the messages.
 */
function readFrames(below: Duplex, events: SocketEvents): void {
  const [listener, ...others] = below.listeners('data')
  if (listener === undefined || others.length > 0) return
  const toWs = (bytes: Uint8Array): void => {
    Reflect.apply(listener, below, [bytes])
  }
  let isSameRead = false
  const frames = new FrameReader(MAX_MESSAGE_BYTES)
  const reading = {
    data(chunk: Uint8Array, from: number, to: number): void {
      events.bytes(chunk, isSameRead, from, to)
      isSameRead = true
    },
    control: toWs,
    other: toWs,
  }
  below.removeListener('data', listener as () => void)
  below.on('data', (chunk: Buffer) => {
    isSameRead = false
    frames.push(chunk, reading)
  })
}

function describe(error: Error): string {
  // A connection that failed on every address of a name is an AggregateError without a text of its own.
  if (error instanceof AggregateError) return error.errors.map(String).join('; ')
  return error.message
}
