import type { Row, SubscriptionListener, SubscriptionSpec } from '@scalpdesk/tlcp'
import type { AccountId } from '../ids.ts'
import type { StreamGap } from '../stream-gap.ts'
import type { Outlet } from './outlet.ts'
import type { StreamConnection, WireSubscription } from './stream-connection.ts'

/** An item of IG's streams: how to ask for it, and how to read it. */
export interface StreamItem<Value> {
  /** The same for whatever can share a subscription. */
  readonly key: string
  /** For people. */
  readonly name: string
  /** @param isSecondTry the first one was refused with a code of {@link secondTryAfter}. */
  spec(account: AccountId, isSecondTry: boolean): SubscriptionSpec
  readonly secondTryAfter?: ReadonlySet<number>
  reader(out: FeedOut<Value>): ItemReader<Value>
  /** What who wants it knows of its prices; 0 for nothing. */
  readonly decimals?: number
}

/** Where a reader's values go: to everybody who shares the item. */
export interface FeedOut<Value> {
  event(value: Value): void
  /** @param make gives the present state of `key`, whenever it is called. */
  state(key: object, make: () => Value): void
  /** Of the stream, counted from 1. */
  readonly session: number
  /** Monotonic. */
  nowMs(): number
}

/** Turns the rows of an item into values. */
export interface ItemReader<Value> {
  update(row: Row): void
  /** Rows come from here on. */
  active?(): void
  gap(gap: StreamGap): void
  /** What is known now, for who comes late; `null` when nothing is. */
  present(): Value | null
  /** Tells prices with so many decimals, or more, from now on. */
  atLeast?(decimals: number): void
}

/** One item on the wire, for all who want it. */
export class Feed<Value> {
  readonly item: StreamItem<Value>
  readonly reader: ItemReader<Value>
  readonly #connection: StreamConnection
  readonly #wire: WireSubscription
  readonly #onEmpty: () => void
  #outlets: readonly Outlet<Value>[] = []
  /** Those who have heard nothing yet, and what was known when they came. */
  readonly #late = new Map<Outlet<Value>, Value>()
  #isSecondTry = false
  #dropped: number | null = null

  /** @throws {StreamLimitError} */
  constructor(item: StreamItem<Value>, connection: StreamConnection, onEmpty: () => void) {
    this.item = item
    this.#connection = connection
    this.#onEmpty = onEmpty
    this.reader = item.reader({
      event: value => this.#tell(null, () => value),
      state: (key, make) => this.#tell(key, make),
      get session() {
        return connection.session
      },
      nowMs: () => connection.nowMs(),
    })
    this.#wire = connection.subscribe({
      name: item.name,
      spec: account => item.spec(account, this.#isSecondTry),
      listener: this.#listener(),
      gap: gap => this.reader.gap(gap),
    })
  }

  get isRefused(): boolean {
    return this.#wire.isRefused
  }

  /**
   * Everything of the item goes there from now on, until the function that this returns is called. What is known of it comes
   * first, after the present turn.
   * @throws {StreamLimitError} when it was refused before, and there is no room to ask again.
   */
  join(outlet: Outlet<Value>, decimals = 0): () => void {
    this.reader.atLeast?.(decimals)
    if (this.#wire.isRefused) this.#wire.again()
    this.#outlets = [...this.#outlets, outlet]
    const known = this.reader.present()
    if (known !== null) {
      this.#late.set(outlet, known)
      queueMicrotask(() => {
        if (!this.#late.delete(outlet)) return
        const present = this.reader.present()
        if (present !== null) outlet.tell(null, () => present)
      })
    }
    return () => this.#leave(outlet)
  }

  end(): void {
    for (const outlet of this.#outlets) outlet.end()
  }

  #leave(outlet: Outlet<Value>): void {
    if (!this.#outlets.includes(outlet)) return
    this.#outlets = this.#outlets.filter(each => each !== outlet)
    this.#late.delete(outlet)
    if (this.#outlets.length > 0) return
    this.#wire.close()
    this.#onEmpty()
  }

  #tell(key: object | null, make: () => Value): void {
    // Whoever leaves meanwhile is told no more by its outlet.
    const outlets = this.#outlets
    if (this.#late.size > 0) this.#tellLate(key)
    for (let index = 0; index < outlets.length; index++) outlets[index]!.tell(key, make)
  }

  /** Before an event what was known is told; before a state it is not: the state replaces it. */
  #tellLate(key: object | null): void {
    const late = [...this.#late]
    this.#late.clear()
    if (key === null) for (const [outlet, known] of late) outlet.tell(null, () => known)
  }

  #listener(): SubscriptionListener<Row> {
    const { reader } = this
    return {
      update: row => reader.update(row),
      active: () => reader.active?.(),
      inactive: text => reader.gap({ kind: 'lost', text, missed: null }),
      rowsDropped: (_item, count) => {
        this.#dropped = count
      },
      interrupted: text => {
        const missed = this.#dropped
        this.#dropped = null
        reader.gap({ kind: 'interrupted', text, missed })
      },
      refused: ({ code, text }) => {
        if (!this.#isSecondTry && this.item.secondTryAfter?.has(code) && !this.#connection.isClosed) {
          this.#isSecondTry = true
          return this.#wire.again()
        }
        reader.gap({ kind: 'refused', text: `${text} (${code})`, missed: null })
      },
    }
  }
}
