import { type Market, spellAt } from '../../engine/index.ts'

/** The first minute from this one on in which a market trades. */
export function nextTradingMinute({ hours }: Market, minute: number): number {
  const { isOpen, untilMs } = spellAt(hours, minute * MINUTE_MS)
  return isOpen ? minute : untilMs / MINUTE_MS
}

/** The first minute after this one, in which a market trades, in which it does not. */
export function nextClosedMinute({ hours }: Market, minute: number): number {
  return spellAt(hours, minute * MINUTE_MS).untilMs / MINUTE_MS
}

const MINUTE_MS = 60_000
