import type { ExitPolicy } from '../strategy/strategy.ts'
import type { MarketView } from '../strategy/view.ts'
import type { BotDesk } from './bot-desk.ts'
import type { BotLimits } from './bot-limits.ts'
import type { BotLine } from './bot-line.ts'
import type { EarlierRun } from './earlier-run.ts'
import type { BotKeeper, Heard } from './kept-bot.ts'
import type { PastAnswer, PastAsk } from './past-prices.ts'
import type { Seat } from './seat.ts'

/** One bot, as it is set up. */
export interface BotParts {
  /** Of its own in the runner: it is written into the journal with each of its orders. */
  readonly name: string
  readonly seat: Seat
  readonly markets: readonly [MarketView, ...MarketView[]]
  readonly exitPolicy: ExitPolicy
  readonly limits: BotLimits
  /** What runs of the same name left on the account; this is the first unless told. */
  readonly earlier?: EarlierBot | null
  /** Where it keeps what its next run has to know; nowhere unless told. */
  readonly keeper?: BotKeeper | null
}

export interface EarlierBot extends Omit<EarlierRun, 'sentWallMs'> {
  /** When its orders left, by the clock of {@link BotPorts.nowMs}. */
  readonly sentAtMs: readonly number[]
  /** What its strategy had heard of when it ended; null: nothing was kept, and all that was done counts as heard. */
  readonly heard: Heard | null
  /** What that remembered; null: nothing. */
  readonly state: unknown
}

export interface BotPorts {
  readonly desk: BotDesk
  /** Monotonic. */
  nowMs(): number
  /** Runs it when what is being told now has been told altogether: a fill comes with the price that made it. */
  soon(run: () => void): void
  onLine(line: BotLine): void
  /** The broker's price history; indicators begin anew where there is none. */
  readonly past?: PastPort | null
}

export interface PastPort {
  /** Of one market and resolution in one question; 0: nothing is asked. */
  readonly mostPoints: number
  /** Never rejects. */
  ask(ask: PastAsk, withinMs: number): Promise<PastAnswer>
}
