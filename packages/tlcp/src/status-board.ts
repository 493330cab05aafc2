import type { TlcpStatus } from './status.ts'

/** The present status, and those who want to know of the next. */
export class StatusBoard {
  readonly #report: (error: unknown) => void
  readonly #listeners = new Set<(status: TlcpStatus) => void>()
  #status: TlcpStatus = { kind: 'connecting' }

  /** @param report is told what a listener threw. */
  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  get status(): TlcpStatus {
    return this.#status
  }

  onStatus(listener: (status: TlcpStatus) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#status)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  tell(status: TlcpStatus): void {
    this.#status = status
    // A copy: a listener added meanwhile has been told already.
    for (const listener of [...this.#listeners]) {
      // One that was told before may have changed the status, and everyone has been told of that already.
      if (this.#status !== status) return
      try {
        listener(status)
      } catch (error) {
        this.#report(error)
      }
    }
  }
}
