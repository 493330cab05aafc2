import type { IncomingMessage, ServerResponse } from 'node:http'
import { type HttpExchange, LONGEST_BODY_BYTES, type RawBody } from './http-exchange.ts'

/** Reads the body of a request that node:http has taken, then hands the exchange on. */
export function nodeExchange(
  message: IncomingMessage,
  response: ServerResponse,
  serve: (exchange: HttpExchange) => void,
): void {
  readBody(message, body =>
    serve({
      head: {
        method: message.method ?? 'GET',
        url: message.url ?? '/',
        fields: {
          get(name) {
            const value = message.headers[name]
            return typeof value === 'string' ? value : value?.[0]
          },
        },
      },
      body,
      reply(status, headers, content) {
        if (response.headersSent || response.destroyed) return
        response.writeHead(status, headers.flat())
        response.end(content)
      },
      cut: () => void response.socket?.destroy(),
    }),
  )
}

export function readBody(message: IncomingMessage, done: (body: RawBody) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  message.on('data', (chunk: Buffer) => {
    length += chunk.length
    // What is too long is read to its end and thrown away: a client that is still sending would not see an answer.
    if (length <= LONGEST_BODY_BYTES) chunks.push(chunk)
  })
  message.on('end', () =>
    done(length > LONGEST_BODY_BYTES ? { kind: 'too long' } : { kind: 'text', text: textOf(chunks) }),
  )
}

function textOf(chunks: readonly Buffer[]): string {
  const [first, second] = chunks
  // Most bodies come in one piece.
  return first && !second ? first.toString() : Buffer.concat(chunks).toString()
}
