/**
 * Data notifications of a session: what recovery goes by. All of them count, delivered or not, and nothing else.
 * Source: TLCP specification, "Session recovery".
 */
export class DataCount {
  received = 0
  /** Those that the server is about to repeat. */
  #repeated = 0

  /** A session has begun. */
  restart(): void {
    this.received = 0
    this.#repeated = 0
  }

  /** The server takes up before where we are. */
  expectRepeated(count: number): void {
    this.#repeated = count
  }

  /** One has come. Returns whether it is new. */
  take(): boolean {
    if (this.#repeated > 0) {
      this.#repeated--
      return false
    }
    this.received++
    return true
  }
}
