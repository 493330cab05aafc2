import { parameters } from './request.ts'
import type { Refusal } from './subscription.ts'
import type { SubscriptionEntry } from './subscription-entry.ts'
import { checkRate } from './subscription-spec.ts'

export interface FrequencyPorts {
  nextRequestId(): number
  send(lines: readonly string[]): void
  call(run: () => void): void
}

/** TLCP specification, "Request error codes": an unfiltered subscription cannot be changed. */
const UNFILTERED = 13

/** Changes of the highest frequency (TLCP specification, "control, LS_op=reconf"). A second change waits for the first answer. */
export class FrequencyChanges {
  readonly #ports: FrequencyPorts

  constructor(ports: FrequencyPorts) {
    this.#ports = ports
  }

  /** @throws {RangeError} for a frequency that is none. */
  want(entry: SubscriptionEntry, perSecond: number | 'unlimited'): void {
    if (perSecond !== 'unlimited') checkRate('perSecond', perSecond)
    if (entry.spec.maxFrequency === 'unfiltered') {
      const refusal = { code: UNFILTERED, text: 'an unfiltered subscription cannot be limited' }
      return this.#ports.call(() => entry.listener.frequencyRefused?.(refusal))
    }
    entry.frequency = perSecond
    if (entry.phase === 'active' && entry.reconf === null) this.#ask(entry, perSecond)
  }

  /** SUBOK has come: what was wanted when it was asked for may be old. */
  settle(entry: SubscriptionEntry): void {
    const { frequency, asked } = entry
    if (frequency !== asked && frequency !== undefined && frequency !== 'unfiltered') this.#ask(entry, frequency)
  }

  done(entries: Iterable<SubscriptionEntry>, requestId: number | null): void {
    const entry = askedBy(entries, requestId)
    if (entry === null) return
    entry.reconf = null
    this.settle(entry)
  }

  /** Returns whether the request was one of these. */
  refused(entries: Iterable<SubscriptionEntry>, { requestId, code, text }: Refusal & { requestId: number }): boolean {
    const entry = askedBy(entries, requestId)
    if (entry === null) return false
    entry.reconf = null
    this.#ports.call(() => entry.listener.frequencyRefused?.({ code, text }))
    return true
  }

  /** The connection was lost before the answer came. */
  repeat(entry: SubscriptionEntry): void {
    if (entry.reconf === null) return
    const { frequency } = entry
    if (frequency !== undefined && frequency !== 'unfiltered') this.#ask(entry, frequency)
  }

  #ask(entry: SubscriptionEntry, frequency: number | 'unlimited'): void {
    const requestId = this.#ports.nextRequestId()
    entry.reconf = { requestId }
    entry.asked = frequency
    const line = { LS_reqId: requestId, LS_op: 'reconf', LS_subId: entry.subId, LS_requested_max_frequency: frequency }
    this.#ports.send([parameters(line)])
  }
}

function askedBy(entries: Iterable<SubscriptionEntry>, requestId: number | null): SubscriptionEntry | null {
  if (requestId === null) return null
  for (const entry of entries) if (entry.reconf?.requestId === requestId) return entry
  return null
}
