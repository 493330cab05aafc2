import { CombinedSubscriptions } from './combined-subscriptions.ts'
import { FrequencyChanges } from './frequency-changes.ts'
import type { Notification } from './notification.ts'
import { RowIntake } from './row-intake.ts'
import { Strangers } from './strangers.ts'
import type { Refusal, SubscriptionSpec, TlcpSubscription } from './subscription.ts'
import { deleteLine, type EntryListener, SubscriptionEntry } from './subscription-entry.ts'
import { CLIENT_SAW_NONSENSE, tellNews } from './subscription-news.ts'

export interface BookPorts {
  /** Sends control lines on the session's connection; they are lost when there is none. */
  send(lines: readonly string[]): void
  /** Whether there is a session to send to. */
  isLive(): boolean
  /** Whether the server takes a request of that size, in bytes. */
  takes(bytes: number): boolean
  /** Runs something after a pause that grows with `attempt`. */
  later(attempt: number, run: () => void): void
  /** Monotonic. */
  nowMs(): number
  /** Something odd that costs nothing. */
  warn(text: string): void
  /** A listener threw. */
  report(error: unknown): void
}

/** Our choice: a subscription whose rows stay unreadable is given up. */
const MAX_RESTARTS = 5
/** TLCP specification, "Request error codes": subscription not found. */
const SUBSCRIPTION_NOT_FOUND = 19

/** The subscriptions of a connection. They outlive its sessions. The phases of each: see `Phase`. */
export class SubscriptionBook {
  readonly #ports: BookPorts
  readonly #entries = new Map<number, SubscriptionEntry>()
  readonly #combined = new CombinedSubscriptions()
  readonly #strangers: Strangers
  readonly #intake: RowIntake
  readonly #frequencies: FrequencyChanges
  #lastSubId = 0
  #lastRequestId = 0

  constructor(ports: BookPorts) {
    this.#ports = ports
    const requests = {
      nextRequestId: () => this.nextRequestId(),
      send: (lines: readonly string[]) => ports.send(lines),
    }
    this.#strangers = new Strangers(requests)
    this.#intake = new RowIntake(this.#entries, {
      stranger: subId => this.#strangers.expel(subId),
      unreadable: (entry, reason) => this.#restart(entry, reason),
      warn: text => ports.warn(text),
      report: error => ports.report(error),
    })
    this.#frequencies = new FrequencyChanges({
      ...requests,
      call: run => this.#call(run),
    })
  }

  add(spec: SubscriptionSpec, listener: EntryListener): TlcpSubscription {
    const entry = new SubscriptionEntry(++this.#lastSubId, spec, listener)
    this.#entries.set(entry.subId, entry)
    if (this.#ports.isLive()) this.#request([entry])
    return {
      close: () => this.#close(entry),
      limitFrequency: perSecond => this.#frequencies.want(entry, perSecond),
    }
  }

  nextRequestId(): number {
    return ++this.#lastRequestId
  }

  /** The lines that are to be part of the next create_session: all, or none. */
  combine(isWanted: boolean): readonly string[] {
    return this.#combined.gather(isWanted ? this.#entries.values() : [])
  }

  /** A session has begun that knows no subscription but those that were part of the request for it. */
  subscribeAll(): void {
    this.#strangers.clear()
    for (const [subId, entry] of this.#entries) {
      if (entry.isLeaving) this.#entries.delete(subId)
      else {
        entry.forget()
        entry.phase = 'wanted'
      }
    }
    const combined = this.#combined.take()
    this.#request([...this.#entries.values()].filter(entry => !combined.has(entry)))
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
    const entries = [...this.#entries.values()]
    this.#request(entries.filter(({ phase }) => phase === 'adding' || phase === 'wanted'))
    for (const entry of entries) {
      // Whether the server ever had it is unknown; a delete tells, by UNSUB or by a refusal.
      if (entry.isLeaving) this.#remove(entry)
      if (entry.phase === 'active') this.#frequencies.repeat(entry)
    }
    this.#strangers.repeat()
  }

  /** A `U` line among whole lines; returns where the next one starts. This is the hot path. */
  row(bytes: Uint8Array, start: number, end: number, receivedAtMs: number): number {
    return this.#intake.row(bytes, start, end, receivedAtMs)
  }

  /** Any other line that concerns subscriptions. */
  handle(notification: Notification): void {
    switch (notification.kind) {
      case 'subscribed':
        return this.#subscribed(notification)
      case 'unsubscribed':
        return this.#unsubscribed(notification.subId)
      case 'request-done':
        return this.#frequencies.done(this.#entries.values(), notification.requestId)
      case 'request-refused':
        if (this.#frequencies.refused(this.#entries.values(), notification)) return
        return this.#refused(notification.requestId, notification)
      case 'snapshot-end':
      case 'cleared':
      case 'overflow':
      case 'frequency': {
        const entry = this.#entries.get(notification.subId)
        if (entry === undefined || entry.isLeaving) return
        return this.#call(() => tellNews(entry, notification, text => this.#ports.warn(text)))
      }
      default:
        return
    }
  }

  clear(): void {
    for (const entry of [...this.#entries.values()]) this.#end(entry)
  }

  #request(entries: readonly SubscriptionEntry[]): void {
    const lines: string[] = []
    for (const entry of entries) {
      // What is asked again is asked in the same words: whichever the server heard, we know what it was.
      if (entry.phase !== 'adding') entry.asked = entry.frequency
      entry.phase = 'adding'
      entry.reconf = null
      entry.requestId = this.nextRequestId()
      const line = entry.addLine(entry.requestId)
      if (this.#ports.takes(line.length)) lines.push(line)
      else this.#refuse(entry, { code: CLIENT_SAW_NONSENSE, text: 'the server takes no request of this length' })
    }
    this.#ports.send(lines)
  }

  #close(entry: SubscriptionEntry): void {
    if (this.#entries.get(entry.subId) !== entry) return
    switch (entry.phase) {
      case 'wanted':
      case 'paused':
        return this.#end(entry)
      case 'adding':
        entry.phase = 'dropping'
        break
      case 'active':
        this.#remove(entry)
        break
      default:
        return
    }
    this.#call(() => entry.listener.ended?.())
  }

  #remove(entry: SubscriptionEntry): void {
    entry.phase = 'removing'
    entry.requestId = this.nextRequestId()
    this.#ports.send([deleteLine(entry.requestId, entry.subId)])
  }

  #subscribed({ subId, items, fields, command }: Notification & { kind: 'subscribed' }): void {
    const entry = this.#entries.get(subId)
    if (entry === undefined) return this.#strangers.expel(subId)
    switch (entry.phase) {
      case 'dropping':
        return this.#remove(entry)
      case 'removing':
        return
      case 'wanted':
      case 'paused':
        return this.#ports.warn('an answer to a subscription that has not been asked for')
      default:
        break
    }
    const { spec } = entry
    const isFitting = items === spec.items.length && fields === spec.fields.length
    if (!isFitting || !entry.fits({ command })) {
      const text = isFitting
        ? `the server does not know the mode ${spec.mode} of it`
        : `the server understood ${items} items and ${fields} fields`
      this.#remove(entry)
      return this.#call(() => {
        entry.listener.refused?.({ code: CLIENT_SAW_NONSENSE, text })
        entry.listener.ended?.()
      })
    }
    // A second SUBOK answers a repeated request: what follows starts from a snapshot again.
    entry.forget()
    if (command !== null) entry.openTables(command.keyField, command.commandField)
    entry.phase = 'active'
    // The frequency may have changed while the answer was on its way.
    this.#frequencies.settle(entry)
    this.#call(() => entry.listener.active?.())
  }

  #unsubscribed(subId: number): void {
    const entry = this.#entries.get(subId)
    this.#strangers.gone(subId)
    if (entry === undefined) return
    // Not asked for by us: the server took it away.
    if (entry.phase === 'active' || entry.phase === 'adding') {
      this.#refuse(entry, { code: SUBSCRIPTION_NOT_FOUND, text: 'the server ended it' })
    } else if (entry.isLeaving) {
      this.#entries.delete(subId)
    }
  }

  #refused(requestId: number, { code, text }: Refusal): void {
    for (const entry of this.#entries.values()) {
      if (entry.requestId !== requestId) continue
      if (entry.phase === 'adding') return this.#refuse(entry, { code, text })
      // Else the first of two equal requests was answered with SUBOK after all, or it will be asked for again.
      if (entry.isLeaving) this.#entries.delete(entry.subId)
      return
    }
    this.#strangers.refused(requestId)
  }

  #refuse(entry: SubscriptionEntry, refusal: Refusal): void {
    this.#entries.delete(entry.subId)
    this.#call(() => entry.listener.refused?.(refusal))
    this.#call(() => entry.listener.ended?.())
  }

  #end(entry: SubscriptionEntry): void {
    this.#entries.delete(entry.subId)
    // Those that are closed already have been told.
    if (entry.isLeaving) return
    this.#call(() => entry.listener.ended?.())
  }

  /** One bad row costs its subscription a restart, and nothing else anything. */
  #restart(entry: SubscriptionEntry, reason: string): void {
    this.#entries.delete(entry.subId)
    this.#strangers.expel(entry.subId)
    entry.countRestart(this.#ports.nowMs())
    if (entry.restarts > MAX_RESTARTS) {
      return this.#refuse(entry, { code: CLIENT_SAW_NONSENSE, text: `its rows cannot be read: ${reason}` })
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
    if (this.#ports.isLive()) this.#request([entry])
  }

  #call(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#ports.report(error)
    }
  }
}
