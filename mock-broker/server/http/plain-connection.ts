import type { Socket } from 'node:net'
import type { HttpExchange } from './http-exchange.ts'
import { plainAnswerHead } from './plain-answer.ts'
import type { PlainHead } from './plain-head.ts'

export interface PlainService {
  /** Null for a head that is not plain, or whose path is not served here. */
  readonly readHead: (text: string) => PlainHead | null
  readonly serve: (exchange: HttpExchange) => void
  /** Takes a connection over; what it said last was given back to the socket. */
  readonly handOver: (socket: Socket) => void
  /** The client said that no more comes, amid a request. */
  readonly onBrokenOff: (socket: Socket) => void
  /** The connection is not ours any more. */
  readonly onGone: (socket: Socket) => void
  /** What every answer on a connection that stays open ends its head with. */
  readonly lastFields: () => string
  readonly keepAliveMs: number
}

/** A request that waits to be answered, or for those before it to be. */
interface Waiting {
  answer: { readonly head: string; readonly content: string | Buffer } | null
}

/**
 * Serves the plain requests of one connection, their answers in order. The first bytes that are anything else go to node:http, and
 * the connection with them, once everything before is answered. So does a head that did not come in one piece, and a body that is
 * slow to come: node:http has the limits and the time-outs for them.
 */
export function plainConnection(socket: Socket, service: PlainService): void {
  const waiting: Waiting[] = []
  /** What came and is not served yet. */
  let unread: Buffer | null = null
  /** In how many pieces the body at hand has come so far. */
  let pieces = 0
  let isBusy = false
  let isFull = false
  let isLeaving = false
  let timeoutMs = 0

  function take(bytes: Buffer): void {
    unread = unread ? Buffer.concat([unread, bytes]) : bytes
    // A paused socket may still bring what it had read.
    if (!isFull && !isLeaving) readOn()
  }

  function readOn(): void {
    isBusy = true
    let isCorked = false
    while (unread && !isLeaving && !socket.destroyed) {
      if (!hasRoom()) {
        stopReading()
        break
      }
      const request = nextRequest(unread)
      if (request === 'other') leave()
      else if (request === 'incomplete') {
        waitFor(BODY_PAUSE_MS)
        break
      } else {
        // Answers to what came together leave together.
        if (request.rest && !isCorked) {
          socket.cork()
          isCorked = true
        }
        unread = request.rest
        pieces = 0
        serve(request.head, request.body)
      }
    }
    if (isCorked) socket.uncork()
    isBusy = false
    goOn()
  }

  function nextRequest(
    bytes: Buffer,
  ): { readonly head: PlainHead; readonly body: string; readonly rest: Buffer | null } | 'incomplete' | 'other' {
    const text = bytes.toString('latin1', 0, LONGEST_HEAD_BYTES)
    const headEnd = text.indexOf('\r\n\r\n')
    const head = headEnd < 0 ? null : service.readHead(text.slice(0, headEnd))
    if (!head) return 'other'
    const bodyStart = headEnd + 4
    const bodyEnd = bodyStart + head.bodyBytes
    if (bytes.length < bodyEnd) return ++pieces > MOST_PIECES ? 'other' : 'incomplete'
    return {
      head,
      body: head.bodyBytes === 0 ? '' : bytes.toString('utf8', bodyStart, bodyEnd),
      rest: bytes.length > bodyEnd ? bytes.subarray(bodyEnd) : null,
    }
  }

  function serve(head: PlainHead, text: string): void {
    const slot: Waiting = { answer: null }
    waiting.push(slot)
    service.serve({
      head,
      body: { kind: 'text', text },
      reply(status, headers, content) {
        if (slot.answer || !socket.writable) return
        slot.answer = { head: plainAnswerHead(status, headers, service.lastFields()), content }
        sendAnswers()
      },
      cut: () => void socket.destroy(),
    })
  }

  function sendAnswers(): void {
    while (waiting[0]?.answer) {
      const { head, content } = waiting[0].answer
      waiting.shift()
      send(head, content)
    }
    if (waiting.length === 0 && !unread) waitFor(service.keepAliveMs + KEEP_ALIVE_GRACE_MS)
    if (!isBusy) goOn()
  }

  function send(head: string, content: string | Buffer): void {
    if (typeof content === 'string') {
      const isAscii = Buffer.byteLength(content) === content.length
      socket.write(head + content, isAscii ? 'latin1' : 'utf8')
      return
    }
    socket.cork()
    socket.write(head, 'latin1')
    socket.write(content)
    socket.uncork()
  }

  /** After anything that reading on or leaving may have waited for. */
  function goOn(): void {
    if (isLeaving) {
      if (waiting.length === 0) depart()
    } else if (isFull && hasRoom()) {
      isFull = false
      socket.resume()
      readOn()
    }
  }

  function hasRoom(): boolean {
    return waiting.length < MOST_WAITING && !socket.writableNeedDrain
  }

  function stopReading(): void {
    isFull = true
    socket.pause()
  }

  function leave(): void {
    isLeaving = true
    socket.pause()
  }

  function depart(): void {
    socket.off('data', take).off('end', onEnd).off('drain', goOn).off('timeout', onQuiet).off('error', ignore)
    socket.off('close', onClose)
    socket.setTimeout(0)
    if (unread) socket.unshift(unread)
    unread = null
    service.onGone(socket)
    service.handOver(socket)
    socket.resume()
  }

  /** Any byte in either direction begins the time anew. */
  function waitFor(quietMs: number): void {
    if (timeoutMs === quietMs) return
    timeoutMs = quietMs
    socket.setTimeout(quietMs)
  }

  function onQuiet(): void {
    if (waiting.length > 0) return
    // Between two requests node:http would close it without a word; any other time-out is told to the client.
    if (timeoutMs !== BODY_PAUSE_MS) return void socket.destroy()
    leave()
    goOn()
  }

  function onEnd(): void {
    if (unread) service.onBrokenOff(socket)
    else socket.end()
  }

  function onClose(): void {
    service.onGone(socket)
  }

  socket
    .on('data', take)
    .on('end', onEnd)
    .on('drain', goOn)
    .on('timeout', onQuiet)
    .on('error', ignore)
    .on('close', onClose)
  waitFor(BODY_PAUSE_MS)
}

/** What went wrong with a socket closes it. */
const ignore = (): void => {}

/** Longer ones are rare; node:http takes up to 16 KiB. */
const LONGEST_HEAD_BYTES = 4096
/** A body that comes in more pieces than this comes slowly on purpose. */
const MOST_PIECES = 32
const BODY_PAUSE_MS = 5000
const MOST_WAITING = 32
/** node:http waits so much longer than the `Keep-Alive` of its answers promises (Node.js documentation, `keepAliveTimeoutBuffer`). */
const KEEP_ALIVE_GRACE_MS = 1000
