import type { Clock, Timer } from '../clock.ts'

/** Holds a session's data to so many kilobits a second (TLCP specification, "Session constrain"). */
export interface BandwidthLimit {
  set(kilobits: number | null): void
  use(bytes: number): void
  isOpen(): boolean
  close(): void
}

/** @param onOpen hears when data may flow again. */
export function bandwidthLimit(clock: Clock, onOpen: () => void): BandwidthLimit {
  let kilobits: number | null = null
  let openMs = Number.NEGATIVE_INFINITY
  let timer: Timer | null = null

  function wait(): void {
    timer ??= clock.at(openMs, () => {
      timer = null
      if (clock.monotonicMs() < openMs) wait()
      else onOpen()
    })
  }

  return {
    set(next) {
      kilobits = next
      if (next === null) openMs = Number.NEGATIVE_INFINITY
    },
    use(bytes) {
      if (kilobits === null) return
      openMs = Math.max(openMs, clock.monotonicMs()) + (bytes * 8) / kilobits
      wait()
    },
    isOpen: () => kilobits === null || clock.monotonicMs() >= openMs,
    close() {
      timer?.cancel()
      timer = null
    },
  }
}
