/** Where a tape was when, so that a session can be begun again from there. */
export interface TapeTrace {
  /** @param sessionMs since the session began @param tapeMs what the tape said then; null before its first price */
  note(sessionMs: number, tapeMs: number | null): void
  /** The last time of the session at which the tape was not yet beyond this; 0 where it always was. */
  sessionMsAt(tapeMs: number): number
  /** As far as a session that is begun again up to this time will have it in common. */
  until(sessionMs: number): TapeTrace
}

interface Point {
  readonly sessionMs: number
  readonly tapeMs: number
}

export function tapeTrace(earlier: readonly Point[] = []): TapeTrace {
  const points = [...earlier]
  return {
    note(sessionMs, tapeMs) {
      if (tapeMs !== null && points.at(-1)?.tapeMs !== tapeMs) points.push({ sessionMs, tapeMs })
    },
    sessionMsAt: tapeMs => points.findLast(point => point.tapeMs <= tapeMs)?.sessionMs ?? 0,
    until: sessionMs => tapeTrace(points.filter(point => point.sessionMs <= sessionMs)),
  }
}
