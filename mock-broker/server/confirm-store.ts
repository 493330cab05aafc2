import type { ConfirmJson } from '@scalpdesk/wire'
import type { Clock } from './clock.ts'

/** Confirms that can be asked for: each for a minute (IG Labs, REST API reference, "Deal confirmation"). */
export interface ConfirmStore {
  /** The first confirm of a reference stays: that of a repeated reference is only streamed (IG's way is unconfirmed). */
  put(account: string, confirm: ConfirmJson): void
  find(account: string, reference: string): ConfirmJson | undefined
  forgetAll(): void
}

export function confirmStore(clock: Clock): ConfirmStore {
  const confirms = new Map<string, { readonly confirm: ConfirmJson; readonly dropMs: number }>()
  function dropOld(): void {
    const nowMs = clock.monotonicMs()
    for (const [key, { dropMs }] of confirms) {
      if (dropMs > nowMs) return
      confirms.delete(key)
    }
  }
  const keyOf = (account: string, reference: string): string => `${account} ${reference}`
  return {
    put(account, confirm) {
      dropOld()
      const key = keyOf(account, confirm.dealReference)
      if (confirms.has(key)) return
      confirms.set(key, { confirm, dropMs: clock.monotonicMs() + KEPT_MS })
    },
    find(account, reference) {
      dropOld()
      return confirms.get(keyOf(account, reference))?.confirm
    },
    forgetAll: () => confirms.clear(),
  }
}

const KEPT_MS = 60_000
