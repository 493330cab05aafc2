/**
 * The data lines of one streaming session with their numbers, so that a client that lost its socket gets what it missed (TLCP
 * specification, "Session recovery"). Numbers count from the start of the session.
 */
export interface SessionLog {
  /** The number that the next line will get. */
  next(): number
  append(line: string): void
  /** @returns null when some of the lines from this number on are no longer held, or the number is ahead. */
  from(index: number): readonly string[] | null
}

export function sessionLog(keptLines = KEPT_LINES): SessionLog {
  let lines: string[] = []
  let first = 0
  return {
    next: () => first + lines.length,
    append(line) {
      lines.push(line)
      if (lines.length > 2 * keptLines) {
        first += lines.length - keptLines
        lines = lines.slice(-keptLines)
      }
    },
    from: index => (index < first || index > first + lines.length ? null : lines.slice(index - first)),
  }
}

/** At least this many; more than half a minute of a fast market. Our choice. */
const KEPT_LINES = 8192
