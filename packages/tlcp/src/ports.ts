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
  send(message: string): void
  /** Says goodbye (WebSocket code 1000); `closed` follows when the other side agrees. */
  close(): void
  /** Cuts the connection now. */
  destroy(): void
}

export interface SocketEvents {
  opened(): void
  /** Text as it came; line ends may fall anywhere. */
  text(chunk: string): void
  /** Once, also when it never opened. */
  closed(cause: string): void
}
