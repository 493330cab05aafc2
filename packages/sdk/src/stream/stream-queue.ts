import type { StreamReader } from '../live-stream.ts'
import type { Outlet } from './outlet.ts'

/** Our choice: seconds of a busy market, and less than a megabyte. */
const DEFAULT_CAPACITY = 1_024

export interface StreamQueueOptions<Value> {
  readonly capacity?: number | undefined
  /** How many things there are to tell the state of: unless a capacity is given, all of them have room. */
  readonly things?: number
  /** Says in the place of dropped values how many there were. */
  readonly dropped: (count: number) => Value
}

/**
 * Between the socket, which never waits, and a reader, who may. States of the same thing replace each other, and are made only
 * when they are read; events queue up. The oldest are dropped when it is full, and it says so.
 */
export class StreamQueue<Value> implements StreamReader<Value>, Outlet<Value> {
  readonly #capacity: number
  readonly #dropped: (count: number) => Value
  readonly #readers: ((result: IteratorResult<Value, undefined>) => void)[] = []
  #waiting: Waiting<Value>[] = []
  /** Where the queue begins: its front is cut off now and then, not at each read. */
  #front = 0
  /** Of the states that wait. */
  readonly #keys = new Set<object>()
  #untold = 0
  #isOver = false
  #onClose: () => void = () => {}
  skipped = 0
  dropped = 0

  constructor({ capacity, things = 0, dropped }: StreamQueueOptions<Value>) {
    // Of each thing its state when the reader came, and the newest.
    this.#capacity = capacity ?? Math.max(DEFAULT_CAPACITY, 2 * things)
    this.#dropped = dropped
  }

  /** Called once, when the reader leaves. */
  onClose(run: () => void): void {
    this.#onClose = run
  }

  tell(key: object | null, make: () => Value): void {
    if (this.#isOver) return
    const reader = this.#readers.shift()
    if (reader !== undefined) return reader({ done: false, value: make() })
    if (key === null) {
      const value = make()
      this.#push({ key, make: () => value })
    } else if (this.#keys.has(key)) {
      this.skipped++
    } else {
      this.#keys.add(key)
      this.#push({ key, make })
    }
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const reader of this.#readers.splice(0)) reader(OVER)
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    if (this.#untold > 0) {
      const value = this.#dropped(this.#untold)
      this.#untold = 0
      return Promise.resolve({ done: false, value })
    }
    const oldest = this.#shift()
    if (oldest !== undefined) return Promise.resolve({ done: false, value: oldest.make() })
    if (this.#isOver) return Promise.resolve(OVER)
    return new Promise(resolve => this.#readers.push(resolve))
  }

  return(): Promise<IteratorResult<Value, undefined>> {
    this.close()
    return Promise.resolve(OVER)
  }

  close(): void {
    this.end()
    // Whoever closes it wants no more of it, not even what is here.
    this.#waiting = []
    this.#front = 0
    this.#untold = 0
    this.#keys.clear()
    this.#onClose()
    this.#onClose = () => {}
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  #push(waiting: Waiting<Value>): void {
    this.#waiting.push(waiting)
    if (this.#waiting.length - this.#front <= this.#capacity) return
    this.#shift()
    this.dropped++
    this.#untold++
  }

  #shift(): Waiting<Value> | undefined {
    const oldest = this.#waiting[this.#front]
    if (oldest === undefined) return undefined
    this.#front++
    if (oldest.key !== null) this.#keys.delete(oldest.key)
    if (this.#front >= this.#capacity || this.#front === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#front)
      this.#front = 0
    }
    return oldest
  }
}

interface Waiting<Value> {
  readonly key: object | null
  readonly make: () => Value
}

const OVER = { done: true, value: undefined } as const
