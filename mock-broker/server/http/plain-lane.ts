import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { HttpExchange } from './http-exchange.ts'
import { lastFields } from './plain-answer.ts'
import { plainConnection } from './plain-connection.ts'
import { type PlainHead, readPlainHead } from './plain-head.ts'

/** The connections of an HTTP server that have asked nothing but plain requests so far. */
export interface PlainLane {
  /** Destroys them. */
  close(): void
}

export interface PlainLaneOptions {
  readonly http: Server
  /** Whether requests for this path and query are served here. */
  readonly serves: (url: string) => boolean
  readonly serve: (exchange: HttpExchange) => void
  /** UTC, milliseconds since 1970. */
  readonly nowMs: () => number
}

/**
 * Puts a lane for plain requests before node:http, which costs more than everything that an order passes through behind it. A
 * client cannot tell the two apart: what is not plain beyond doubt goes to node:http, with its connection.
 */
export function plainLane({ http, serves, serve, nowMs }: PlainLaneOptions): PlainLane {
  const takers = http.listeners('connection')
  const sockets = new Set<Socket>()
  const readHead = rememberingHeads(serves)
  const last = lastFields(nowMs, http.keepAliveTimeout)

  http.removeAllListeners('connection')
  http.on('connection', socket => {
    sockets.add(socket)
    plainConnection(socket, {
      readHead,
      serve,
      handOver: taken => {
        for (const taker of takers) taker.call(http, taken)
      },
      onBrokenOff: left => {
        const cause = new Error('expected the rest of a request, but the client sends no more; send all of it')
        http.emit('clientError', cause, left)
      },
      onGone: gone => void sockets.delete(gone),
      lastFields: last,
      keepAliveMs: http.keepAliveTimeout,
    })
  })
  return {
    close() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A client sends the same head again and again. */
function rememberingHeads(serves: (url: string) => boolean): (text: string) => PlainHead | null {
  const known = new Map<string, PlainHead>()
  return text => {
    const remembered = known.get(text)
    if (remembered) return remembered
    const head = readPlainHead(text)
    if (!head || !serves(head.url)) return null
    if (known.size >= MOST_HEADS) known.clear()
    known.set(text, head)
    return head
  }
}

const MOST_HEADS = 200
