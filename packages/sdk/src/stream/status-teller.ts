import type { StreamStatus } from '../live-stream.ts'

type Hear = (status: StreamStatus) => void

/** Those who want to know of the status. What one of them throws is thrown again, outside: the others hear of it all the same. */
export class StatusTeller {
  readonly #hearing = new Set<{ readonly hear: Hear }>()
  #told: StreamStatus | null = null

  /** Tells the present status at once, then each, until the function that this returns is called. */
  add(hear: Hear, present: StreamStatus): () => void {
    const own = { hear }
    this.#hearing.add(own)
    guarded(hear, present)
    return () => {
      this.#hearing.delete(own)
    }
  }

  tell(status: StreamStatus): void {
    this.#told = status
    for (const own of [...this.#hearing]) {
      // One that was told before may have changed it, and everyone has been told of that already.
      if (this.#told !== status) return
      if (this.#hearing.has(own)) guarded(own.hear, status)
    }
  }
}

function guarded(hear: Hear, status: StreamStatus): void {
  try {
    hear(status)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
