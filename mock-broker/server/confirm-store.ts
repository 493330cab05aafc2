import type { ConfirmJson } from '@scalpdesk/wire'
import type { Clock } from './clock.ts'
import { fadingMap } from './fading-map.ts'

/** Confirms that can be asked for: each for a minute (IG Labs, REST API reference, "Deal confirmation"). */
export interface ConfirmStore {
  /**
   * The first confirm of a reference stays: that of a repeated reference is only streamed (IG's way is unconfirmed).
   * @param read is called when somebody asks.
   */
  put(account: string, reference: string, read: () => ConfirmJson): void
  find(account: string, reference: string): ConfirmJson | undefined
  forgetAll(): void
}

export function confirmStore(clock: Clock): ConfirmStore {
  const confirms = fadingMap<() => ConfirmJson>(clock, KEPT_MS)
  const keyOf = (account: string, reference: string): string => `${account} ${reference}`
  return {
    put: (account, reference, read) => void confirms.put(keyOf(account, reference), read),
    find: (account, reference) => confirms.get(keyOf(account, reference))?.(),
    forgetAll: confirms.clear,
  }
}

const KEPT_MS = 60_000
