import type { SubscriptionEntry } from './subscription-entry.ts'

/** Our choice: far below what servers take in one request. */
const MOST_BYTES = 8_000

/** The subscriptions that are part of the create_session under way (TLCP specification, "create_session"). */
export class CombinedSubscriptions {
  #asked = new Set<SubscriptionEntry>()

  /** For another request of these; as its lines. */
  gather(entries: Iterable<SubscriptionEntry>): readonly string[] {
    this.#asked = new Set()
    const lines: string[] = []
    let bytes = 0
    for (const entry of entries) {
      if (entry.isLeaving) continue
      entry.asked = entry.frequency
      const line = entry.addLine(null)
      bytes += line.length
      // The rest is asked for when the server has said what it takes.
      if (bytes > MOST_BYTES) break
      lines.push(line)
      this.#asked.add(entry)
    }
    return lines
  }

  /** The session is there, and has been asked for these. */
  take(): ReadonlySet<SubscriptionEntry> {
    const asked = this.#asked
    this.#asked = new Set()
    for (const entry of asked) {
      entry.phase = 'adding'
      entry.reconf = null
      entry.requestId = 0
    }
    return asked
  }
}
