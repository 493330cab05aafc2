import type { Intent } from '@scalpdesk/desk'
import type { Decimal } from '@scalpdesk/sdk'

/** What one bot may do, beside the guard of the desk, which is asked for each order all the same. `null`: no limit. */
export interface BotLimits {
  /** In cents of the account's currency, booked and open together: reached, the bot is stopped and what it holds is closed. */
  readonly maxLossCents: number | null
  /** Orders of every kind in any minute. */
  readonly maxOrdersPerMinute: number | null
  /** Of one order. */
  readonly maxSize: Decimal | null
  /** Positions and working orders of its own, and those under way. */
  readonly maxPositions: number | null
}

/** Our choices: no bot of seconds needs more, and a broken one does no more. */
export const BOT_LIMITS: BotLimits = {
  maxLossCents: null,
  maxOrdersPerMinute: 30,
  maxSize: null,
  maxPositions: 10,
}

/** What a bot has now. */
export interface BotUse {
  /** When its last orders left, by the desk's clock, oldest first. */
  readonly sentAtMs: readonly number[]
  readonly positions: number
  /** Of its positions in the market that is meant. */
  readonly heldSize: Decimal
  readonly atMs: number
}

export interface BotDenial {
  readonly code: 'bot-size' | 'bot-positions' | 'bot-pace'
  readonly text: string
}

/** What stands against it; null: nothing. Getting out is held up by none of them. */
export function botDenial(limits: BotLimits, intent: Intent, use: BotUse): BotDenial | null {
  const { sentAtMs, positions, atMs } = use
  if (intent.kind !== 'enter' && intent.kind !== 'place' && intent.kind !== 'reverse') {
    if (isExit(intent)) return null
    return pace(limits, sentAtMs, atMs)
  }
  const { maxSize, maxPositions } = limits
  const size = intent.kind === 'reverse' ? use.heldSize : intent.size
  if (maxSize && size?.gt(maxSize))
    return {
      code: 'bot-size',
      text: `expected a size of at most ${maxSize} of this bot, but got ${size}; ask for less, or change --max-size`,
    }
  // One that is reversed goes before the other comes.
  if (maxPositions !== null && positions >= maxPositions && intent.kind !== 'reverse')
    return {
      code: 'bot-positions',
      text: `expected at most ${maxPositions} positions and orders of this bot, but there are ${positions}; close one, or change --max-positions`,
    }
  return pace(limits, sentAtMs, atMs)
}

function pace({ maxOrdersPerMinute }: BotLimits, sentAtMs: readonly number[], atMs: number): BotDenial | null {
  if (maxOrdersPerMinute === null) return null
  const recent = sentAtMs.filter(sentMs => atMs - sentMs < MINUTE_MS).length
  if (recent < maxOrdersPerMinute) return null
  return {
    code: 'bot-pace',
    text: `expected at most ${maxOrdersPerMinute} orders of this bot in a minute, but there were ${recent}; wait, or change --max-orders`,
  }
}

function isExit({ kind }: Intent): boolean {
  return kind === 'close' || kind === 'flatten' || kind === 'cancel'
}

export const MINUTE_MS = 60_000
