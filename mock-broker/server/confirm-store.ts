import type { ConfirmJson } from '@scalpdesk/wire'
import type { Clock } from './clock.ts'

/** Confirms that can be asked for: each for a minute (IG Labs, REST API reference, "Deal confirmation"). */
export interface ConfirmStore {
  /** The first confirm of a reference stays: that of a repeated reference is only streamed (IG's way is unconfirmed). */
  put(confirm: ConfirmJson): void
  find(reference: string): ConfirmJson | undefined
}

export function confirmStore(clock: Clock): ConfirmStore {
  const confirms = new Map<string, { readonly confirm: ConfirmJson; readonly dropMs: number }>()
  function dropOld(): void {
    const nowMs = clock.monotonicMs()
    for (const [reference, { dropMs }] of confirms) {
      if (dropMs > nowMs) return
      confirms.delete(reference)
    }
  }
  return {
    put(confirm) {
      dropOld()
      if (confirms.has(confirm.dealReference)) return
      confirms.set(confirm.dealReference, { confirm, dropMs: clock.monotonicMs() + KEPT_MS })
    },
    find(reference) {
      dropOld()
      return confirms.get(reference)?.confirm
    },
  }
}

const KEPT_MS = 60_000
