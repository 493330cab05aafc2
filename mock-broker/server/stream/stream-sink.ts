import type { ServerResponse } from 'node:http'

/** Where a streaming connection's bytes go. */
export interface StreamSink {
  readonly isOpen: boolean
  /** Bytes that the peer has not taken yet. */
  readonly bufferedBytes: number
  send(bytes: Buffer, onWritten: () => void): void
  /** Nothing more belongs to this answer: an HTTP response ends, a WebSocket stays. */
  finish(): void
  close(): void
  destroy(): void
  onClose(listener: () => void): void
}

/** What is used of a socket of `ws`: said here, so that who installs the package needs no types but its own. */
interface PushSocket {
  readonly readyState: number
  readonly OPEN: number
  readonly bufferedAmount: number
  send(bytes: Buffer, options: typeof TEXT_FRAME, onWritten: () => void): void
  close(code: number): void
  terminate(): void
  on(event: 'close', listener: () => void): unknown
}

export function webSocketSink(socket: PushSocket): StreamSink {
  return {
    get isOpen() {
      return socket.readyState === socket.OPEN
    },
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    send: (bytes, onWritten) => socket.send(bytes, TEXT_FRAME, onWritten),
    finish: () => {},
    close: () => socket.close(1000),
    destroy: () => socket.terminate(),
    onClose: listener => void socket.on('close', listener),
  }
}

/** The body of one HTTP answer; its status is 200 even for a refusal (TLCP specification, "HTTP transport"). */
export function httpSink(response: ServerResponse): StreamSink {
  return {
    get isOpen() {
      return !response.writableEnded && !response.destroyed
    },
    get bufferedBytes() {
      return response.writableLength
    },
    send(bytes, onWritten) {
      if (!response.headersSent) response.writeHead(200, STREAM_HEADERS)
      response.write(bytes, onWritten)
    },
    finish: () => void response.end(),
    close: () => void response.end(),
    destroy: () => void response.socket?.destroy(),
    onClose: listener => void response.on('close', listener),
  }
}

const TEXT_FRAME = { binary: false, compress: false }
const STREAM_HEADERS = {
  'Content-Type': 'text/enriched; charset=UTF-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
}
