/** How far tapes have been played. */
export interface ReplayProgress {
  readonly speed: number | 'max'
  readonly isPaused: boolean
  /** One for each market with tapes, or for each group of markets that share them. */
  readonly tapes: readonly TapeProgressEntry[]
}

export interface TapeProgressEntry {
  readonly epics: readonly string[]
  /** The one that is read now. */
  readonly file: string
  /** What was played of all its files, from 0 to 1, by bytes. */
  readonly fraction: number
  /** The time on the tape, UTC, milliseconds since 1970; null before its first tick. */
  readonly atMs: number | null
  readonly hasEnded: boolean
}

/** How far a file was read before the first tick is played: to judge its lines, or to find the time to begin. */
export interface LoadingProgress {
  readonly file: string
  /** From 0 to 1, by bytes. */
  readonly fraction: number
}
