import type { Clock } from './clock.ts'

/** Remembers each entry for so long after it was put in. */
export interface FadingMap<Value> {
  get(key: string): Value | undefined
  /** The first value of a key stays until it fades. @returns that value, when it is there already. */
  put(key: string, value: Value): Value | undefined
  clear(): void
}

/**
 * Entries go by generations, one for each `keptMs`: a map that loses its oldest entry with every new one is slow to say which
 * is its oldest.
 */
export function fadingMap<Value>(clock: Clock, keptMs: number): FadingMap<Value> {
  let bornMs = clock.monotonicMs()
  let older = new Map<string, Entry<Value>>()
  let newer = new Map<string, Entry<Value>>()

  function renew(nowMs: number): void {
    const ageMs = nowMs - bornMs
    if (ageMs < keptMs) return
    older = ageMs < 2 * keptMs ? newer : new Map()
    newer = new Map()
    bornMs = nowMs
  }

  function find(key: string, nowMs: number): Entry<Value> | undefined {
    const found = newer.get(key) ?? (older.size === 0 ? undefined : older.get(key))
    return found && found.fadesMs > nowMs ? found : undefined
  }

  return {
    get(key) {
      const nowMs = clock.monotonicMs()
      renew(nowMs)
      return find(key, nowMs)?.value
    },
    put(key, value) {
      const nowMs = clock.monotonicMs()
      renew(nowMs)
      const known = find(key, nowMs)
      if (!known) newer.set(key, { value, fadesMs: nowMs + keptMs })
      return known?.value
    },
    clear() {
      older.clear()
      newer.clear()
    },
  }
}

interface Entry<Value> {
  readonly value: Value
  readonly fadesMs: number
}
