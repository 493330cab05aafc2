import type { HttpExchange } from './http/http-exchange.ts'
import type { StreamServer } from './stream/stream-server.ts'

/**
 * The broker's two doors without sockets, for a client in the same process: what comes of a request depends on nothing but the
 * requests before it and the broker's clock, so that a whole session can be run again and come out the same to the byte.
 */
export interface DirectLine {
  /**
   * One request of the REST API.
   * @param answered once; null where the connection is cut without an answer.
   */
  request(request: DirectRequest, answered: (answer: DirectAnswer | null) => void): void
  /** A connection to the stream, open at once. Nothing is told before this returns. */
  stream(protocol: string, listener: DirectStreamListener): DirectStream
}

export interface DirectRequest {
  readonly method: string
  /** With its query, from the origin's root: `/gateway/deal/session`. */
  readonly path: string
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

export interface DirectAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly content: string | Uint8Array
}

export interface DirectStreamListener {
  /** Whole lines of TLCP, as a WebSocket would bring them. */
  bytes(lines: Uint8Array): void
  /** Once, whoever ended it. */
  closed(): void
}

export interface DirectStream {
  send(message: string): void
  close(): void
}

export function directLine(answer: (exchange: HttpExchange) => void, streams: Pick<StreamServer, 'open'>): DirectLine {
  return {
    request({ method, path, headers, body }, answered) {
      let isOver = false
      function end(given: DirectAnswer | null): void {
        if (isOver) return
        isOver = true
        answered(given)
      }
      answer({
        head: { method, url: path, fields: headers },
        body: { kind: 'text', text: body },
        reply: (status, replied, content) => end({ status, headers: replied, content }),
        cut: () => end(null),
      })
    },
    stream(protocol, listener) {
      const closeListeners: (() => void)[] = []
      let isOpen = true
      function close(): void {
        if (!isOpen) return
        isOpen = false
        requests.lost()
        for (const each of closeListeners) each()
        queueMicrotask(listener.closed)
      }
      const requests = streams.open(protocol, {
        get isOpen() {
          return isOpen
        },
        bufferedBytes: 0,
        // Not in the turn of the writing: a client may answer at once.
        send(bytes, onWritten) {
          queueMicrotask(() => {
            if (isOpen) listener.bytes(bytes)
            onWritten()
          })
        },
        finish: () => {},
        // After what was sent before it.
        close: () => queueMicrotask(close),
        destroy: close,
        onClose: added => void closeListeners.push(added),
      })
      return {
        send(message) {
          if (isOpen) requests.message(message)
        },
        close,
      }
    },
  }
}
