/** What the terminal took last, told from the painting thread to the desk's without waking it: it is read when somebody asks. */
export class PaintedMark {
  readonly memory: SharedArrayBuffer
  readonly #sequence: Int32Array
  readonly #atMs: Float64Array

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#atMs = new Float64Array(memory, 0, 1)
    this.#sequence = new Int32Array(memory, Float64Array.BYTES_PER_ELEMENT, 2)
  }

  /** Painter. @param atMs wall time, as both threads read it */
  note(sequence: number, atMs: number): void {
    // Odd while it is being written, so that nobody takes the one with the other's time.
    Atomics.add(this.#sequence, WRITES, 1)
    this.#atMs[0] = atMs
    Atomics.store(this.#sequence, SEQUENCE, sequence)
    Atomics.add(this.#sequence, WRITES, 1)
  }

  /** Desk. @returns null before the first frame */
  read(): { readonly sequence: number; readonly atMs: number } | null {
    for (;;) {
      const writes = Atomics.load(this.#sequence, WRITES)
      const sequence = Atomics.load(this.#sequence, SEQUENCE)
      const atMs = this.#atMs[0] ?? 0
      if (writes === 0) return null
      if (writes % 2 === 0 && Atomics.load(this.#sequence, WRITES) === writes) return { sequence, atMs }
    }
  }
}

const SEQUENCE = 0
const WRITES = 1
