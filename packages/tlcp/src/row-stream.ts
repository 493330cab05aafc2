import { CommandConflation, type Conflation, type EntryRow, MergeConflation } from './conflation.ts'
import type { Refusal, Row, SubscriptionSpec } from './subscription.ts'
import type { EntryListener } from './subscription-entry.ts'

/** What a subscription tells, one after the other. */
export type StreamEvent =
  /** `merged`: how many rows of the server it stands for; more than 1 when the reader was slow. */
  | { readonly kind: 'row'; readonly row: Row; readonly merged: number }
  | { readonly kind: 'active' }
  | { readonly kind: 'inactive'; readonly reason: string }
  | { readonly kind: 'snapshot-ended' | 'cleared'; readonly itemIndex: number }
  /** Rows are missing here. `count`: `null` when nobody knows how many. */
  | { readonly kind: 'lost'; readonly by: 'server' | 'slow-reader' | 'bad-row'; readonly count: number | null }
  /** The last one. */
  | ({ readonly kind: 'refused' } & Refusal)

/** A subscription to be read with `for await`. Leaving the loop closes it. */
export interface RowStream extends AsyncIterableIterator<StreamEvent, undefined> {
  /** Rows that were merged into others because the reader was slow. */
  readonly conflated: number
  /** Rows that were dropped because the reader was slow; each time told by an event `lost`. */
  readonly dropped: number
  close(): void
}

/** Our choice: seconds of a busy market, and less than a megabyte. */
export const DEFAULT_QUEUE = 1_024

/**
 * Between the socket, which never waits, and a reader, who may. In MERGE and COMMAND the rows that were not read yet are
 * merged by item or key, in DISTINCT and RAW they queue up. The queue drops its oldest when it is full, and says so.
 */
export class QueuedRowStream implements RowStream {
  readonly listener: EntryListener
  readonly #capacity: number
  readonly #conflation: Conflation | null
  #queue: StreamEvent[] = []
  /** Where the queue begins: its front is cut off now and then, not at each read. */
  #front = 0
  readonly #readers: ((result: IteratorResult<StreamEvent, undefined>) => void)[] = []
  readonly #onClose: () => void
  #isOver = false
  #untold = 0
  #isDropTold = false
  conflated = 0
  dropped = 0

  constructor(spec: SubscriptionSpec, capacity: number, onClose: () => void) {
    this.#capacity = capacity
    this.#onClose = onClose
    this.#conflation = conflationOf(spec)
    const fields = spec.fields.length
    this.listener = {
      update: row => this.#row(row, fields),
      active: () => this.#tell({ kind: 'active' }),
      inactive: reason => this.#tell({ kind: 'inactive', reason }),
      snapshotEnded: itemIndex => this.#tell({ kind: 'snapshot-ended', itemIndex }),
      cleared: itemIndex => {
        this.#conflation?.clear(itemIndex)
        this.#tell({ kind: 'cleared', itemIndex })
      },
      rowsDropped: (_itemIndex, count) => {
        this.#isDropTold = true
        this.#tell({ kind: 'lost', by: 'server', count })
      },
      interrupted: () => {
        if (!this.#isDropTold) this.#tell({ kind: 'lost', by: 'bad-row', count: null })
        this.#isDropTold = false
      },
      forgetting: () => this.#flush(),
      refused: refusal => this.#tell({ kind: 'refused', ...refusal }),
      ended: () => this.#end(),
    }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<StreamEvent, undefined>> {
    const event = this.#take()
    if (event !== null) return Promise.resolve({ done: false, value: event })
    if (this.#isOver) return Promise.resolve(OVER)
    return new Promise(resolve => this.#readers.push(resolve))
  }

  return(): Promise<IteratorResult<StreamEvent, undefined>> {
    this.close()
    return Promise.resolve(OVER)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  close(): void {
    this.#end()
    // Whoever closes it wants no more of it, not even what is here.
    this.#queue = []
    this.#front = 0
    this.#untold = 0
    this.#onClose()
  }

  #row(row: EntryRow, fields: number): void {
    const reader = this.#readers.shift()
    if (reader !== undefined) return reader({ done: false, value: { kind: 'row', row: row.copy(), merged: 1 } })
    if (this.#conflation === null) return this.#push({ kind: 'row', row: row.copy(), merged: 1 })
    const before = this.#conflation.size
    this.#conflation.add(row, fields)
    if (this.#conflation.size <= before) this.conflated++
  }

  #tell(event: StreamEvent): void {
    const reader = this.#readers.shift()
    if (reader !== undefined) return reader({ done: false, value: event })
    // Rows that came before it are read before it.
    this.#flush()
    this.#push(event)
  }

  #flush(): void {
    for (let pending = this.#conflation?.take() ?? null; pending !== null; ) {
      this.#push({ kind: 'row', ...pending })
      pending = this.#conflation?.take() ?? null
    }
  }

  #push(event: StreamEvent): void {
    if (this.#isOver) return
    this.#queue.push(event)
    if (this.#queue.length - this.#front <= this.#capacity) return
    const oldest = this.#queue[this.#front++]
    if (oldest?.kind === 'row' || (oldest?.kind === 'lost' && oldest.count !== null)) {
      const count = oldest.kind === 'row' ? oldest.merged : (oldest.count ?? 0)
      this.dropped += count
      this.#untold += count
    }
    this.#compact()
  }

  #take(): StreamEvent | null {
    if (this.#untold > 0) {
      const count = this.#untold
      this.#untold = 0
      return { kind: 'lost', by: 'slow-reader', count }
    }
    const event = this.#queue[this.#front]
    if (event !== undefined) {
      this.#front++
      this.#compact()
      return event
    }
    const pending = this.#conflation?.take() ?? null
    return pending === null ? null : { kind: 'row', ...pending }
  }

  #compact(): void {
    if (this.#front < this.#capacity && this.#front < this.#queue.length) return
    this.#queue = this.#queue.slice(this.#front)
    this.#front = 0
  }

  #end(): void {
    if (this.#isOver) return
    this.#flush()
    this.#isOver = true
    for (const reader of this.#readers.splice(0)) reader(OVER)
  }
}

const OVER = { done: true, value: undefined } as const

function conflationOf({ mode }: SubscriptionSpec): Conflation | null {
  if (mode === 'MERGE') return new MergeConflation()
  return mode === 'COMMAND' ? new CommandConflation() : null
}
