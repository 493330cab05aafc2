/**
 * Decides when a frame is due: at once when something happened and the last one is old enough, never more than 60 a
 * second, and ten a second when nothing happens, so that a price visibly grows old.
 */
export interface FramePump {
  /** Something to show has changed. */
  wake(): void
  stop(): void
}

const FRAME_MS = 1_000 / 60
const IDLE_FRAME_MS = 100

export function startFramePump(
  clock: { monotonicMs(): number; at(dueMs: number, run: () => void): { cancel(): void } },
  paint: (atMs: number) => void,
): FramePump {
  let lastMs = Number.NEGATIVE_INFINITY
  let due: { atMs: number; cancel(): void } | null = null

  function schedule(atMs: number): void {
    if (due && due.atMs <= atMs) return
    due?.cancel()
    const timer = clock.at(atMs, () => {
      due = null
      lastMs = clock.monotonicMs()
      paint(lastMs)
      schedule(lastMs + IDLE_FRAME_MS)
    })
    due = { atMs, cancel: () => timer.cancel() }
  }

  schedule(clock.monotonicMs())
  return {
    wake: () => schedule(Math.max(clock.monotonicMs(), lastMs + FRAME_MS)),
    stop: () => due?.cancel(),
  }
}
