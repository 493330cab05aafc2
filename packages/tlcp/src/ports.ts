/** Time, as this package needs it. */
export interface Clock {
  /** Monotonic milliseconds. */
  monotonicMs(): number
  /** Runs something once, at a monotonic time. */
  at(dueMonotonicMs: number, run: () => void): { cancel(): void }
}

export interface Random {
  /** A number in [0, 1). */
  next(): number
}

/** Opens a connection that carries text. Must not call back before it returns. */
export type Dial = (url: string, protocol: string, events: SocketEvents) => Socket

export interface Socket {
  /** @param url where it goes, if each message goes by itself (HTTP); where the connection goes, unless told. */
  send(message: string, url?: string): void
  /** Says goodbye (WebSocket code 1000); `closed` follows when the other side agrees. */
  close(): void
  /** Cuts the connection now. */
  destroy(): void
  /** Asks the other end for a sign of life, where the transport can; `alive` follows. */
  ping?(): void
}

/** What a connection tells. Data comes as `bytes`, or as `text` where a transport has nothing else. */
export interface SocketEvents {
  opened(): void
  /**
   * As they came; line ends, and characters, may be cut anywhere. Not to be written to afterwards.
   * @param isSameRead it came in one read with the piece before: at the same time.
   * @param from where in the chunk the piece begins; 0 unless told.
   * @param to where it ends; the end of the chunk unless told.
   */
  bytes(chunk: Uint8Array, isSameRead?: boolean, from?: number, to?: number): void
  /** Text as it came; line ends may fall anywhere. */
  text(chunk: string): void
  /** The whole answer to one request, where answers do not come in the stream (HTTP). */
  answer(body: Uint8Array): void
  /** The whole answer to a poll has come (HTTP); the connection takes the next one. */
  pollOver(): void
  /** The other end has answered a ping. */
  alive(): void
  /**
   * Once, also when it never opened.
   * @param how `upgrade-refused`: someone answered, but not with the protocol asked for.
   */
  closed(cause: string, how?: 'upgrade-refused'): void
}
