import { areTradesHeard, type DeskState, exposure, freshness } from '@scalpdesk/desk'
import type { Clock, Epic } from '@scalpdesk/sdk'

/** Waits for what a press needs to know. Bounded: what does not come, the guard will say. */
export interface DeskReadiness {
  known(): Promise<void>
  priced(epic: Epic): Promise<void>
  /** Call after whatever may have brought something. */
  look(): void
}

/** Longest wait: our choice, well above a sign-in to the stream. */
const WITHIN_MS = 8_000

export function deskReadiness(state: () => DeskState, clock: Pick<Clock, 'monotonicMs' | 'at'>): DeskReadiness {
  const waiting = new Set<() => void>()
  function until(isReady: () => boolean): Promise<void> {
    if (isReady()) return Promise.resolve()
    return new Promise(resolve => {
      const limit = clock.at(clock.monotonicMs() + WITHIN_MS, finish)
      function look(): void {
        if (isReady()) finish()
      }
      function finish(): void {
        limit.cancel()
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
    })
  }
  return {
    known: () => until(() => isKnown(state())),
    priced: epic => until(() => isPriced(state(), epic, clock.monotonicMs())),
    look() {
      if (waiting.size > 0) for (const look of [...waiting]) look()
    },
  }
}

function isKnown(state: DeskState): boolean {
  const isBookRead = state.book.agreedAt !== null && exposure(state) !== 'unknown'
  return areTradesHeard(state) && isBookRead && state.account !== null
}

function isPriced(state: DeskState, epic: Epic, atMs: number): boolean {
  const quote = state.quotes.get(epic)
  if (!quote) return false
  // A closed market has no fresh price, and never will: the guard says so.
  if (quote.state !== 'tradeable') return true
  // How old a price is that came with its subscription, only the broker's time tells.
  const isAgeTold = !quote.isSnapshot || quote.brokerTimeMs === null || state.brokerMs !== null
  return isAgeTold && freshness(state, quote, atMs) === 'live'
}
