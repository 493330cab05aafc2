import { nextLine } from './line-reader.ts'
import { RowDecoder } from './row-decoder.ts'
import type { SubscriptionEntry } from './subscription-entry.ts'

export interface IntakePorts {
  /** A row for a subscription that is not here. */
  stranger(subId: number): void
  unreadable(entry: SubscriptionEntry, reason: string): void
  warn(text: string): void
  report(error: unknown): void
}

/** From the bytes of a row to the listener. Allocates nothing: a text is made of a value when somebody reads it. */
export class RowIntake {
  readonly #entries: ReadonlyMap<number, SubscriptionEntry>
  readonly #ports: IntakePorts
  readonly #decoder = new RowDecoder()

  constructor(entries: ReadonlyMap<number, SubscriptionEntry>, ports: IntakePorts) {
    this.#entries = entries
    this.#ports = ports
  }

  /** @param end of whole lines. Returns where the next line starts. */
  row(bytes: Uint8Array, start: number, end: number, receivedAtMs: number): number {
    const decoder = this.#decoder
    if (!decoder.head(bytes, start)) {
      this.#ports.warn('a data row without subscription or item number')
      return nextLine(bytes, start, end)
    }
    const entry = this.#entries.get(decoder.subId)
    if (entry === undefined) {
      this.#ports.stranger(decoder.subId)
      return nextLine(bytes, start, end)
    }
    if (entry.phase !== 'active') {
      // Rows may come until UNSUB (TLCP specification, "control, LS_op=delete").
      if (!entry.isLeaving) this.#warnOnce(entry, `a row before the SUBOK of ${entry.spec.items[0]}`)
      return nextLine(bytes, start, end)
    }
    const itemIndex = decoder.item - 1
    const item = entry.items[itemIndex]
    if (item === undefined) {
      this.#ports.unreadable(entry, `a row for item ${decoder.item} of ${entry.spec.items.length}`)
      return nextLine(bytes, start, end)
    }
    const outcome = decoder.values(bytes, end, item)
    // The decoder may be used again before this returns, by a listener that feeds another row.
    const next = decoder.at
    if (outcome !== 'good' && !this.#isUsable(entry, itemIndex, outcome)) return next
    entry.pointAt(itemIndex, item, receivedAtMs)
    if (entry.isTable && !this.#command(entry, itemIndex)) return next
    try {
      entry.listener.update(entry)
    } catch (error) {
      this.#ports.report(error)
    }
    return next
  }

  #isUsable(entry: SubscriptionEntry, itemIndex: number, outcome: 'short' | 'long' | 'bad'): boolean {
    const name = entry.spec.items[itemIndex]
    if (outcome === 'bad') {
      this.#ports.unreadable(entry, `a row of ${name} that cannot be read`)
      return false
    }
    this.#warnOnce(entry, `a row of ${name} is too ${outcome}`)
    return true
  }

  /** Brings the table up to date; returns whether there is a change to tell. */
  #command(entry: SubscriptionEntry, itemIndex: number): boolean {
    const item = entry.items[itemIndex]
    const row = item === undefined ? 'unreadable' : (entry.tables[itemIndex]?.apply(item) ?? 'unreadable')
    if (typeof row === 'object') {
      entry.commandRow = row
      return true
    }
    const name = entry.spec.items[itemIndex]
    switch (row) {
      case 'unknown-key':
        this.#warnOnce(entry, `a row of ${name} deletes a key that is not there`)
        return false
      case 'full':
      case 'unreadable': {
        const what = row === 'full' ? 'more keys than can be kept' : 'a row without key or with an unknown command'
        this.#ports.unreadable(entry, `${name} has ${what}`)
        return false
      }
      default:
        return row
    }
  }

  #warnOnce(entry: SubscriptionEntry, text: string): void {
    // Bounded by its items and kinds of oddity.
    if (entry.warned.has(text)) return
    entry.warned.add(text)
    this.#ports.warn(text)
  }
}
