import { hasLivePrices, type MarketState } from '../market-state.ts'
import type { TapeInput } from './tape-entry.ts'

/** Finds the holes in what tapes play, and closes markets for as long as they last. */
export interface MarketGaps {
  /**
   * The same, with market states put in between: a market takes edits only from its last quote before a hole on, and is open again
   * just before the first after it.
   */
  mark(inputs: readonly TapeInput[]): readonly TapeInput[]
  /** What comes next does not follow on from what came. */
  forget(): void
}

/**
 * @param epics the markets on these tapes. When all are silent, all close at once; when others go on, a market closes once it has been
 * silent for `gapMs`.
 */
export function marketGaps(epics: readonly string[], gapMs: number): MarketGaps {
  const lastQuoteMs = new Map<string, number>()
  const closed = new Set<string>()
  /** What the tape itself says of its markets; they trade where it says nothing. */
  const stated = new Map<string, MarketState>()
  let lastMs: number | null = null
  let nextLookMs = Number.NEGATIVE_INFINITY

  function close(epic: string, atMs: number, marked: TapeInput[]): void {
    if (closed.has(epic) || !hasLivePrices(stated.get(epic) ?? 'TRADEABLE')) return
    closed.add(epic)
    marked.push({ kind: 'market-state', epic, atMs, state: 'EDITS_ONLY' })
  }

  function closeSilent(atMs: number, marked: TapeInput[]): void {
    nextLookMs = atMs + LOOK_MS
    for (const [epic, quotedMs] of lastQuoteMs) if (atMs - quotedMs > gapMs) close(epic, atMs, marked)
  }

  return {
    mark(inputs) {
      const marked: TapeInput[] = []
      for (const input of inputs) {
        const { atMs, epic } = input
        if (lastMs !== null && atMs - lastMs > gapMs) for (const each of lastQuoteMs.keys()) close(each, lastMs, marked)
        else if (epics.length > 1 && atMs >= nextLookMs) closeSilent(atMs, marked)
        lastMs = atMs
        if (input.kind === 'tick') {
          lastQuoteMs.set(epic, atMs)
          if (closed.delete(epic)) {
            marked.push({ kind: 'market-state', epic, atMs, state: stated.get(epic) ?? 'TRADEABLE' })
          }
        } else if (input.kind === 'market-state') {
          // The tape knows better than its silence.
          stated.set(epic, input.state)
          closed.delete(epic)
          lastQuoteMs.delete(epic)
        }
        marked.push(input)
      }
      return marked
    },
    forget() {
      lastMs = null
      nextLookMs = Number.NEGATIVE_INFINITY
      lastQuoteMs.clear()
      // What was said at the end of a tape does not hold at its beginning.
      for (const epic of stated.keys()) closed.add(epic)
      stated.clear()
    },
  }
}

/** How often silent markets are looked for, in the time of the tape (our choice). */
const LOOK_MS = 60_000
