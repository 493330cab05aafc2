import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'

/** One request, whole. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the origin's root, with its query. */
  readonly path: string
  /** The same headers come as the same object wherever that is possible: a transport may keep what it made of them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** `bytes` for a document that is no text; the response then has {@link HttpResponse.bytes}. */
  readonly wants?: 'text' | 'bytes'
}

export interface SendOptions {
  /** For the whole exchange: above 0, and at most 2^31 - 1, which is the longest that a timer can wait. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** What an order waits for, such as its confirm: may go over a connection of the orders that none of them needs. */
  readonly isUrgent?: boolean | undefined
}

export interface OrderOptions extends SendOptions {
  /** How long it may wait for a connection; after that nothing of it is written. From 0; `timeoutMs` unless told. */
  readonly connectWithinMs?: number | undefined
  /** Called just before the first byte is handed to the socket. */
  onWire(): void
  /**
   * Whether an answer can be to this order. One that names another shows that the connection is out of step: a transport that
   * owns its connections then tells this order as unknown, and judges no other by what comes next.
   */
  isAnswer?(response: HttpResponse): boolean
}

/** How the sending of one order ended. */
export type Exchange =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  /** No byte of it left. */
  | { readonly kind: 'unsent'; readonly cause: Error }
  /** It left, wholly or in part, and no readable answer came. */
  | { readonly kind: 'unknown'; readonly cause: Error }

/** The way to one server. Nothing that it is given is ever sent twice. */
export interface Transport {
  /**
   * Everything but orders.
   * @throws {TransportError} when no whole answer came; with the code `not-connected` nothing was sent.
   * @throws {InvalidInputError} for what cannot be sent, or not within such a time. Nothing was sent.
   */
  send(request: HttpRequest, options: SendOptions): Promise<HttpResponse>
  /** One order, written in the very turn of the call where a connection is ready. Never throws, never rejects. */
  sendOrder(request: HttpRequest, options: OrderOptions): Promise<Exchange>
  /** Resolves when the next order will find a connection, or the attempt has failed. */
  warm(): Promise<void>
  /** The network may have changed: connections at rest are doubtful. */
  doubt(): void
  /** The network is good again. */
  hurry(): void
  /**
   * The orders that wait for a connection at this moment end as `unsent`: what they were meant for is no more, as when the
   * account is switched. Those on the wire go on, and later ones are sent.
   * @param cause of their end.
   */
  stopWaiting(cause?: Error): void
  /**
   * Ends the waits for good, so that no order leaves any more; then lets what was sent be answered, within its timeout, and
   * leaves nothing open.
   */
  close(): Promise<void>
}

/** @param setting the server's origin and the clock of all timeouts. */
export type TransportFactory = (setting: { readonly base: URL; readonly clock: Clock }) => Transport
