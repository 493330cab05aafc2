/**
 * A lock between the desk's thread and the painting thread, so that the desk can be sure that nothing is drawn any more, at once and
 * without the painting thread's help. Also counts the views that the painter has taken, so that the desk never sends more than it takes.
 */
export class PaintLock {
  readonly memory: SharedArrayBuffer
  readonly #cells: Int32Array

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#cells = new Int32Array(memory)
  }

  /** Painter: writes unless painting was stopped. @returns false when nothing may be written any more */
  whilePainting(write: () => void): boolean {
    if (Atomics.compareExchange(this.#cells, HOLDER, FREE, PAINTER) !== FREE) return false
    try {
      if (Atomics.load(this.#cells, STOPPED) !== 0) return false
      write()
      return true
    } finally {
      Atomics.store(this.#cells, HOLDER, FREE)
      Atomics.notify(this.#cells, HOLDER)
    }
  }

  /**
   * Desk: ends painting for good. The lock is never given back.
   * @returns false when the painter was still inside a write after `limitMs`, which only a terminal that holds up a blocking write can cause
   */
  stop(limitMs: number, monotonicMs: () => number): boolean {
    Atomics.store(this.#cells, STOPPED, 1)
    const end = monotonicMs() + limitMs
    for (;;) {
      if (Atomics.compareExchange(this.#cells, HOLDER, FREE, DESK) !== PAINTER) return true
      const leftMs = end - monotonicMs()
      if (leftMs <= 0) return false
      Atomics.wait(this.#cells, HOLDER, PAINTER, leftMs)
    }
  }

  get isStopped(): boolean {
    return Atomics.load(this.#cells, STOPPED) !== 0
  }

  /** Painter: one more view was taken. */
  countTaken(): void {
    Atomics.add(this.#cells, TAKEN, 1)
  }

  /** Views taken so far, modulo 2^32. */
  get taken(): number {
    return Atomics.load(this.#cells, TAKEN)
  }
}

const HOLDER = 0
const STOPPED = 1
const TAKEN = 2
const CELLS = 3

const FREE = 0
const PAINTER = 1
const DESK = 2
