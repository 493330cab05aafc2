import type { ExitPolicy } from '../strategy/strategy.ts'
import type { MarketView } from '../strategy/view.ts'
import type { BotDesk } from './bot-desk.ts'
import type { BotLimits } from './bot-limits.ts'
import type { BotLine } from './bot-line.ts'
import type { Seat } from './seat.ts'

/** One bot, as it is set up. */
export interface BotParts {
  /** Of its own in the runner: it is written into the journal with each of its orders. */
  readonly name: string
  readonly seat: Seat
  readonly markets: readonly [MarketView, ...MarketView[]]
  readonly exitPolicy: ExitPolicy
  readonly limits: BotLimits
}

export interface BotPorts {
  readonly desk: BotDesk
  /** Monotonic. */
  nowMs(): number
  /** Runs it when what is being told now has been told altogether: a fill comes with the price that made it. */
  soon(run: () => void): void
  onLine(line: BotLine): void
}
