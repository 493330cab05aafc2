import { dayAt, dayBounds } from '@scalpdesk/sdk'
import { heldAfterCollection } from './held-memory.ts'
import { soakTrader } from './soak-day.ts'
import { cashOf, dayProblems, journalProblems } from './soak-truth.ts'
import { startSoakWorld, ZONE } from './soak-world.ts'

export interface SoakOptions {
  readonly days: number
  readonly seed: number
  /** For the journal. */
  readonly folder: string
  /** Every second of the days is played; else the machine sleeps between the hours of trading. */
  readonly isAwake: boolean
  readonly tradesInSession: number
  /** Keys are rehearsed all the while, as by the program. */
  readonly staysWarm: boolean
  readonly onDay: (line: SoakDay) => void
}

export interface SoakDay {
  readonly day: string
  readonly trades: number
  readonly troubles: number
  readonly change: string
  /** After a collection of what is not used any more. */
  readonly heldBytes: number
  readonly problems: readonly string[]
}

const HOUR = 3_600_000

/** Thursday, so that the weekend comes soon. */
const FIRST_DAY_MS = Date.UTC(2026, 0, 8)

export interface SoakResult {
  /** Every difference that nothing explains; empty: none. */
  readonly problems: readonly string[]
  /** Drawn on the trader's screen. */
  readonly frames: number
  /** What was on it in the end. */
  readonly seen: string
}

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { days, seed, folder, isAwake, staysWarm, tradesInSession: trades, onDay } = options
  const world = await startSoakWorld({ startMs: FIRST_DAY_MS + 7 * HOUR, seed, folder, staysWarm })
  const trader = soakTrader(world, seed, isAwake)
  const problems: string[] = []
  for (let number = 0; number < days; number++) {
    const dayMs = FIRST_DAY_MS + number * 24 * HOUR
    const day = dayAt(dayMs + 12 * HOUR, ZONE)
    const weekday = new Date(dayMs).getUTCDay()
    const before = cashOf(world)
    const counted = { ...trader.counts }
    if (weekday === 6 || weekday === 0) await trader.closedMarket(dayMs + 9 * HOUR)
    else {
      await trader.session(dayMs + 8 * HOUR, trades)
      await trader.session(dayMs + 13 * HOUR, trades)
      if (weekday !== 5) await trader.overNight(dayMs)
    }
    await trader.rest()
    const wrong = await dayProblems(world, day, before)
    problems.push(...wrong)
    const change = cashOf(world).minus(before).toFixed(2)
    const { endMs } = dayBounds(day, ZONE)
    if (isAwake) await world.playUntil(endMs + 60_000)
    else {
      await world.sleepUntil(endMs - 30_000)
      await world.playUntil(endMs + 30_000)
    }
    onDay({
      day,
      trades: trader.counts.trades - counted.trades,
      troubles: trader.counts.troubles - counted.troubles,
      change,
      heldBytes: await heldAfterCollection(),
      problems: wrong,
    })
  }
  await world.close()
  const journal = journalProblems(world.journalFolder)
  if (journal.files !== days + 1) problems.push(`expected ${days + 1} journal files, but there are ${journal.files}`)
  return { problems: [...problems, ...journal.problems], frames: world.screen.frames, seen: await world.screen.seen() }
}
