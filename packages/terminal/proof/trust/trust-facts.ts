import type { MemoryTrend, MemoryVerdict } from '../soak/memory-trend.ts'

/** What the proofs said in one run: all that the trust page is made of. */
export interface TrustFacts {
  readonly date: string
  readonly commit: string
  readonly machine: string
  /** Orders at the broker for one call, as Markdown; null: not run in the short form. */
  readonly lostAnswers: string | null
  readonly simulation: SimulationCounts
  readonly soak: SoakCounts
  readonly fuzz: FuzzCounts
  readonly properties: PropertyCounts
  /** Each proof with a real process that is killed; null: not run in the short form. */
  readonly crashes: readonly ProvedTest[] | null
  /** Each proof with a client of others; null: not run in the short form. */
  readonly clients: readonly ProvedTest[] | null
}

/** As `pnpm simulate` prints it. */
export interface SimulationCounts {
  readonly runs: number
  readonly failures: number
  readonly presses: number
  readonly entries: number
  readonly exits: number
  readonly amendments: number
  readonly denied: number
  readonly filled: number
  readonly rejected: number
  readonly unresolved: number
  readonly faults: number
  readonly crashes: number
  readonly elsewhere: number
  readonly events: number
  readonly flats: number
}

/** As `pnpm soak --json` prints it. */
export interface SoakCounts {
  readonly days: number
  readonly trades: number
  readonly troubles: number
  readonly problems: number
  /** Drawn on the trader's screen. */
  readonly frames: number
  /** After each day, once what is not used any more was collected. */
  readonly heldMiB: readonly number[]
  /** MiB a day; null: too few days to say. */
  readonly trend: MemoryTrend | null
  readonly memory: MemoryVerdict | null
}

/** As the fuzzer of TLCP prints it. */
export interface FuzzCounts {
  readonly seed: number
  readonly lines: number
  readonly rows: number
  readonly dials: number
}

/** Properties in the tests, by what fast-check runs. */
export interface PropertyCounts {
  readonly properties: number
  readonly files: number
}

export interface ProvedTest {
  readonly file: string
  readonly title: string
  readonly passed: boolean
}
