import type { Bandwidth } from './bandwidth.ts'
import type { MessageBoard } from './message-board.ts'
import type { Notification } from './notification.ts'
import type { SessionInput } from './session-state.ts'
import type { SubscriptionBook } from './subscription-book.ts'
import { withoutSessionId } from './trace.ts'

export interface DeskPorts {
  readonly book: SubscriptionBook
  readonly messages: MessageBoard
  readonly bandwidth: Bandwidth
  readonly isControlLinkIgnored: boolean
  feed(input: SessionInput): void
  /** The server sees another address of ours than before: we are in another network. */
  moved(): void
  /** The server has answered our goodbye. */
  saidGoodbye(): void
  isClosed(): boolean
  warn(text: string): void
}

/** TLCP specification, "Request error codes": the session is of another server, or not found. */
const SESSION_UNKNOWN: ReadonlySet<number> = new Set([11, 20])

/** Gives each notification to whom it concerns. */
export class NotificationDesk {
  readonly #ports: DeskPorts
  serverName: string | null = null
  clientAddress: string | null = null

  constructor(ports: DeskPorts) {
    this.#ports = ports
  }

  handle(notification: Notification): void {
    const { feed, book, messages, bandwidth } = this.#ports
    switch (notification.kind) {
      case 'connected':
        return feed(this.#ports.isControlLinkIgnored ? { ...notification, controlLink: null } : notification)
      case 'refused':
      case 'loop':
      case 'progress':
        return feed(notification)
      case 'ended':
        return this.#ports.isClosed() ? this.#ports.saidGoodbye() : feed(notification)
      case 'request-unreadable':
        return this.nonsense(`the server could not read a request: ${notification.text} (${notification.code})`)
      case 'malformed':
        return this.#ports.warn(`a line that cannot be read: ${withoutSessionId(notification.line)}`)
      case 'request-done':
      case 'request-refused':
        return this.#answered(notification)
      case 'message-done':
      case 'message-failed':
        return messages.handle(notification)
      case 'server-name':
        this.serverName = notification.text
        return
      case 'client-address':
        return this.#seenAs(notification.text)
      case 'bandwidth':
        bandwidth.real = notification.kbps
        return
      default:
        return book.handle(notification)
    }
  }

  /** Something came that the protocol does not allow here. */
  nonsense(text: string): void {
    if (!this.#ports.isClosed()) this.#ports.feed({ kind: 'nonsense', cause: { code: 'protocol', text } })
  }

  #seenAs(address: string): void {
    const before = this.clientAddress
    this.clientAddress = address
    if (before !== null && before !== address) this.#ports.moved()
  }

  #answered(notification: Notification & { kind: 'request-done' | 'request-refused' }): void {
    const { feed, book, messages, bandwidth, warn } = this.#ports
    const isRefusal = notification.kind === 'request-refused'
    if (isRefusal && SESSION_UNKNOWN.has(notification.code)) {
      return feed({ kind: 'forgotten', cause: { code: notification.code, text: notification.text } })
    }
    if (bandwidth.answered(notification.requestId)) {
      if (isRefusal) warn(`the bandwidth cannot be limited: ${notification.text}`)
      return
    }
    messages.handle(notification)
    book.handle(notification)
  }
}
