import type { Deal, DeskState, Holding } from '@scalpdesk/desk'
import { Decimal } from '@scalpdesk/sdk'
import type { BotDeal } from '../strategy/bot-deal.ts'

/** How a part of a position ended. */
export interface DealEnd {
  readonly cause: Extract<BotDeal, { kind: 'closed' }>['cause']
  readonly level: Decimal | null
  /** Of the account's currency. */
  readonly profitCents: number
}

/**
 * The desk takes no result of what the broker closed until the broker tells what it booked, a minute later. A strategy hears of it at
 * once: at the price of that moment, or the level of a guaranteed stop. What is told later corrects the sums.
 */
export function endOf(state: DeskState, deal: Deal, part: Deal['parts'][number], last: Holding | undefined): DealEnd {
  const { quotes, day } = state
  // The confirm of a close tells its level; of what the broker closed, nobody tells more than that it is gone.
  const isOurs = part.level !== null || part.told !== null
  const quote = quotes.get(deal.epic)
  const closing = quote ? (deal.direction === 'BUY' ? quote.bid : quote.offer) : null
  const cause = isOurs ? 'order' : causeOf(deal, part.level ?? closing, last)
  const guaranteed = cause === 'stop' && last?.isGuaranteed ? last.stopLevel : null
  const level = part.level ?? guaranteed ?? closing
  if (part.booked) return { cause, level, profitCents: centsOf(part.booked) }
  const perUnit = deal.currency === day.currency ? ONE : day.rates.get(deal.currency ?? '')
  if (!level || !deal.level || !deal.contractSize || !perUnit) return { cause, level, profitCents: 0 }
  const moved = deal.direction === 'BUY' ? level.minus(deal.level) : deal.level.minus(level)
  const cents = moved.times(part.size).times(deal.contractSize).div(perUnit).times(100)
  return { cause, level, profitCents: cents.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() }
}

export const centsOf = (money: Decimal): number => money.times(100).toNumber()

function causeOf(deal: Deal, level: Decimal | null, last: Holding | undefined): DealEnd['cause'] {
  if (!level || !last) return 'broker'
  const { stopLevel, limitLevel } = last
  const isLong = deal.direction === 'BUY'
  if (stopLevel && (isLong ? level.lte(stopLevel) : level.gte(stopLevel))) return 'stop'
  if (limitLevel && (isLong ? level.gte(limitLevel) : level.lte(limitLevel))) return 'limit'
  return 'broker'
}

const ONE = new Decimal(1)
