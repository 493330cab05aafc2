/**
 * The lines that a log has gained: those after the longest end of the old one with which the new one begins. A log that lost lines at its
 * beginning, because it keeps only so many, loses none here.
 */
export function gainedLines(before: readonly string[], log: readonly string[]): readonly string[] {
  if (before === log) return []
  for (let kept = Math.min(before.length, log.length); kept > 0; kept -= 1) {
    const start = before.length - kept
    let at = 0
    while (at < kept && before[start + at] === log[at]) at += 1
    if (at === kept) return log.slice(kept)
  }
  return log
}

/** The words of a log line, without the time in front of them. */
export function wordsOf(line: string): string {
  return line.replace(/^\d{2}:\d{2}:\d{2} /, '')
}
