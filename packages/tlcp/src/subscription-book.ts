import type { Notification } from './notification.ts'
import { applyRow, type RowHead, readRowHead } from './row.ts'
import type { Refusal, Subscription, SubscriptionListener, SubscriptionSpec } from './subscription.ts'
import { deleteLine, SubscriptionEntry } from './subscription-entry.ts'

export interface BookPorts {
  /** Sends control lines on the session's connection; they are lost when there is none. */
  send(lines: readonly string[]): void
  /** Whether there is a session to send to. */
  isLive(): boolean
  /** Runs something after a pause that grows with `attempt`. */
  later(attempt: number, run: () => void): void
  /** Something odd that costs nothing. */
  warn(text: string): void
  /** A listener threw. */
  report(error: unknown): void
}

/** Our choice: a subscription whose rows stay unreadable is given up. */
const MAX_RESTARTS = 5
/** Our choice: after that many rows an unreadable one counts as the first. */
const GOOD_ROWS = 1_000
/** Of error 61, "protocol error seen by the client", as the official clients report it. */
const CLIENT_SAW_NONSENSE = 61
/** TLCP specification, "Request error codes": subscription not found. */
const SUBSCRIPTION_NOT_FOUND = 19

/** The subscriptions of a connection. They outlive its sessions. */
export class SubscriptionBook {
  readonly #ports: BookPorts
  readonly #entries = new Map<number, SubscriptionEntry>()
  /** Subscriptions that we deleted because nobody here knew them. */
  readonly #strangers = new Set<number>()
  readonly #head: RowHead = { subId: 0, item: 0, from: 0 }
  #lastSubId = 0
  #lastRequestId = 0

  constructor(ports: BookPorts) {
    this.#ports = ports
  }

  add(spec: SubscriptionSpec, listener: SubscriptionListener): Subscription {
    const entry = new SubscriptionEntry(++this.#lastSubId, spec, listener)
    this.#entries.set(entry.subId, entry)
    if (this.#ports.isLive()) this.#ports.send([this.#request(entry)])
    return { close: () => this.#close(entry) }
  }

  nextRequestId(): number {
    return ++this.#lastRequestId
  }

  /** A session has begun that knows no subscription. */
  subscribeAll(): void {
    this.#strangers.clear()
    for (const [subId, entry] of this.#entries) {
      if (entry.phase === 'dropping' || entry.phase === 'removing') this.#entries.delete(subId)
      else entry.forget()
    }
    this.#ports.send([...this.#entries.values()].map(entry => this.#request(entry)))
  }

  /** The session is over, and another one has not begun yet. */
  sessionGone(reason: string): void {
    for (const entry of [...this.#entries.values()]) {
      if (entry.phase !== 'active') continue
      entry.phase = 'wanted'
      this.#call(() => entry.listener.inactive?.(reason))
    }
  }

  /** The session is live again, and these subscriptions with it. */
  tellActive(): void {
    for (const entry of [...this.#entries.values()]) {
      if (entry.phase === 'active') this.#call(() => entry.listener.active?.())
    }
  }

  /** The session goes on over another connection: what was not answered on the old one is asked again. */
  repeatRequests(): void {
    const lines: string[] = []
    for (const entry of this.#entries.values()) {
      if (entry.phase === 'adding' || entry.phase === 'wanted') lines.push(this.#request(entry))
      if (entry.phase === 'removing') lines.push(deleteLine(this.nextRequestId(), entry.subId))
    }
    this.#ports.send(lines)
  }

  /** A `U` line. This is the hot path: no allocation but the values themselves. */
  row(line: string, receivedAtMs: number): void {
    const head = this.#head
    if (!readRowHead(line, head)) return this.#ports.warn('a data row without subscription or item number')
    const entry = this.#entries.get(head.subId)
    if (entry === undefined) return this.#deleteStranger(head.subId)
    if (entry.phase === 'removing' || entry.phase === 'dropping') return
    const itemIndex = head.item - 1
    const item = entry.items[itemIndex]
    if (item === undefined) return this.#restart(entry, `a row for item ${head.item} of ${entry.spec.items.length}`)
    const outcome = applyRow(line, head.from, item)
    if (outcome === 'bad') return this.#restart(entry, `a row of ${entry.spec.items[itemIndex]} that cannot be read`)
    if (outcome !== 'good') this.#ports.warn(`a row of ${entry.spec.items[itemIndex]} is too ${outcome}`)
    entry.pointAt(itemIndex, item, receivedAtMs)
    try {
      entry.listener.update(entry)
    } catch (error) {
      this.#ports.report(error)
    }
  }

  /** Any other line that concerns subscriptions. */
  handle(notification: Notification): void {
    switch (notification.kind) {
      case 'subscribed':
        return this.#subscribed(notification.subId, notification.items, notification.fields)
      case 'unsubscribed':
        return this.#unsubscribed(notification.subId)
      case 'request-refused':
        return this.#refused(notification.requestId, notification)
      case 'snapshot-end': {
        const entry = this.#entries.get(notification.subId)
        if (entry === undefined || notification.item > entry.spec.items.length) return
        entry.ended[notification.item - 1] = true
        return this.#call(() => entry.listener.snapshotEnded?.(notification.item - 1))
      }
      case 'overflow': {
        const listener = this.#entries.get(notification.subId)?.listener
        return this.#call(() => listener?.interrupted?.(`the server dropped ${notification.count} rows`))
      }
      default:
        return
    }
  }

  clear(): void {
    this.#entries.clear()
  }

  #request(entry: SubscriptionEntry): string {
    entry.phase = 'adding'
    entry.requestId = this.nextRequestId()
    return entry.addLine(entry.requestId)
  }

  #close(entry: SubscriptionEntry): void {
    if (this.#entries.get(entry.subId) !== entry) return
    switch (entry.phase) {
      case 'wanted':
      case 'paused':
        this.#entries.delete(entry.subId)
        return
      case 'adding':
        entry.phase = 'dropping'
        return
      case 'active':
        this.#remove(entry)
        return
      default:
        return
    }
  }

  #remove(entry: SubscriptionEntry): void {
    entry.phase = 'removing'
    this.#ports.send([deleteLine(this.nextRequestId(), entry.subId)])
  }

  #subscribed(subId: number, items: number, fields: number): void {
    const entry = this.#entries.get(subId)
    if (entry === undefined) return this.#deleteStranger(subId)
    if (entry.phase === 'dropping') return this.#remove(entry)
    if (entry.phase === 'removing') return
    if (items !== entry.spec.items.length || fields !== entry.spec.fields.length) {
      this.#remove(entry)
      const text = `the server understood ${items} items and ${fields} fields`
      return this.#call(() => entry.listener.refused?.({ code: CLIENT_SAW_NONSENSE, text }))
    }
    // A second SUBOK answers a repeated request: what follows starts from a snapshot again.
    entry.forget()
    entry.phase = 'active'
    this.#call(() => entry.listener.active?.())
  }

  #unsubscribed(subId: number): void {
    const entry = this.#entries.get(subId)
    this.#strangers.delete(subId)
    if (entry === undefined) return
    this.#entries.delete(subId)
    // Not asked for by us: the server took it away.
    if (entry.phase === 'active' || entry.phase === 'adding') {
      this.#call(() => entry.listener.refused?.({ code: SUBSCRIPTION_NOT_FOUND, text: 'the server ended it' }))
    }
  }

  #refused(requestId: number, refusal: Refusal): void {
    for (const entry of this.#entries.values()) {
      if (entry.requestId !== requestId) continue
      // The first of two equal requests was answered with SUBOK after all.
      if (entry.phase === 'active') return
      this.#entries.delete(entry.subId)
      if (entry.phase === 'adding') {
        const { code, text } = refusal
        this.#call(() => entry.listener.refused?.({ code, text }))
      }
      return
    }
  }

  /** One bad row costs its subscription a restart, and nothing else anything. */
  #restart(entry: SubscriptionEntry, reason: string): void {
    this.#entries.delete(entry.subId)
    this.#deleteStranger(entry.subId)
    entry.restarts = entry.rowCount() >= GOOD_ROWS ? 1 : entry.restarts + 1
    if (entry.restarts > MAX_RESTARTS) {
      const text = `its rows cannot be read: ${reason}`
      return this.#call(() => entry.listener.refused?.({ code: CLIENT_SAW_NONSENSE, text }))
    }
    entry.subId = ++this.#lastSubId
    entry.phase = 'paused'
    this.#entries.set(entry.subId, entry)
    this.#ports.later(entry.restarts - 1, () => this.#resume(entry))
    this.#call(() => entry.listener.inactive?.(reason))
    this.#call(() => entry.listener.interrupted?.(reason))
  }

  #resume(entry: SubscriptionEntry): void {
    // Closed, or asked for again by a new session, in the meantime.
    if (this.#entries.get(entry.subId) !== entry || entry.phase !== 'paused') return
    entry.forget()
    entry.phase = 'wanted'
    if (this.#ports.isLive()) this.#ports.send([this.#request(entry)])
  }

  #deleteStranger(subId: number): void {
    if (this.#strangers.has(subId)) return
    this.#strangers.add(subId)
    this.#ports.send([deleteLine(this.nextRequestId(), subId)])
  }

  #call(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#ports.report(error)
    }
  }
}
