import { STATUS_CODES } from 'node:http'
import type { ReplyHeaders } from './http-exchange.ts'

/**
 * The head of an answer on a connection that stays open, byte for byte as node:http writes it.
 * @param last from `lastFields`.
 */
export function plainAnswerHead(status: number, headers: ReplyHeaders, last: string): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`
  return head + last
}

/** Date (RFC 9110, section 5.6.7) and connection fields, and the end of the head: written anew for each second. */
export function lastFields(nowMs: () => number, keepAliveMs: number): () => string {
  let second = Number.NaN
  let text = ''
  return () => {
    const current = Math.floor(nowMs() / 1000)
    if (current !== second) {
      second = current
      const date = new Date(current * 1000).toUTCString()
      const seconds = Math.floor(keepAliveMs / 1000)
      text = `Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${seconds}\r\n\r\n`
    }
    return text
  }
}
