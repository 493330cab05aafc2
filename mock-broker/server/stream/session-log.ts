import { type Chunk, chunkAfter } from './chunk.ts'

/**
 * The data lines of one streaming session with their numbers, so that a client that lost its socket gets what it missed (TLCP
 * specification, "Session recovery"). Numbers count from the start of the session.
 */
export interface SessionLog {
  /** The number that the next line will get. */
  next(): number
  append(chunk: Chunk): void
  /** @returns null when some of the lines from this number on are no longer held, or the number is ahead. */
  from(index: number): readonly Chunk[] | null
  /** Drops every line before this number. */
  forget(index: number): void
}

export function sessionLog(keptLines = KEPT_LINES): SessionLog {
  let chunks: Chunk[] = []
  let first = 0
  let next = 0

  /** Drops whole chunks from the front, for as long as this many lines are left. */
  function shorten(leastLines: number): void {
    let dropped = 0
    for (const { lines } of chunks) {
      if (next - first - lines < leastLines) break
      first += lines
      dropped++
    }
    chunks = chunks.slice(dropped)
  }

  return {
    next: () => next,
    append(chunk) {
      chunks.push(chunk)
      next += chunk.lines
      if (next - first > 2 * keptLines) shorten(keptLines)
    },
    from(index) {
      if (index < first || index > next) return null
      // From the end: what is asked for is mostly the last chunk.
      let start = next
      let position = chunks.length
      while (start > index) {
        position--
        start -= chunks[position]?.lines ?? start
      }
      const found = chunks.slice(position)
      const [cut] = found
      return cut && start < index ? [chunkAfter(cut, index - start), ...found.slice(1)] : found
    },
    forget(index) {
      shorten(next - index)
    },
  }
}

/** At least this many; more than half a minute of a fast market. Our choice. */
const KEPT_LINES = 8192
