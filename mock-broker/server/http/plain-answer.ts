import { STATUS_CODES } from 'node:http'
import type { ReplyHeaders } from './http-exchange.ts'

/** The head of an answer on a connection that stays open, byte for byte as node:http writes it. */
export function plainAnswerHead(status: number, headers: ReplyHeaders, date: string, keepAliveMs: number): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`
  return `${head}Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1000)}\r\n\r\n`
}

/** Writes the date of an answer (RFC 9110, section 5.6.7), anew for each second. */
export function httpDate(nowMs: () => number): () => string {
  let second = Number.NaN
  let text = ''
  return () => {
    const current = Math.floor(nowMs() / 1000)
    if (current !== second) {
      second = current
      text = new Date(current * 1000).toUTCString()
    }
    return text
  }
}
