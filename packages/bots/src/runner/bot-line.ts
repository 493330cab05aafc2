import type { Holding } from '@scalpdesk/desk'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { MarketView } from '../strategy/view.ts'
import type { Warming } from './seat-news.ts'

/** One thing that a person should read. */
export interface BotLine {
  /** Null: of the runner itself. */
  readonly bot: string | null
  readonly kind: 'said' | 'sent' | 'denied' | 'rejected' | 'unknown' | 'nothing' | 'deal' | 'state' | 'failed'
  readonly text: string
}

const CAUSES = { order: 'order', stop: 'stop', limit: 'limit', broker: 'another hand or the broker' } as const

/** @param currency of the account */
export function dealLine(deal: BotDeal, markets: readonly MarketView[], currency: string): string {
  const name = 'epic' in deal ? (markets.find(({ epic }) => epic === deal.epic)?.name ?? deal.epic) : ''
  const level = (units: number): string => {
    const decimals = ('epic' in deal && markets.find(({ epic }) => epic === deal.epic)?.decimals) || 0
    return (units / 10 ** decimals).toFixed(decimals)
  }
  switch (deal.kind) {
    case 'opened':
      return `opened ${deal.direction} ${deal.size} ${name} at ${level(deal.levelUnits)} (${deal.dealId})`
    case 'closed': {
      const money = `${deal.profitCents < 0 ? '' : '+'}${(deal.profitCents / 100).toFixed(2)}`
      return `closed ${deal.direction} ${deal.size} ${name} at ${level(deal.levelUnits)} by ${CAUSES[deal.cause]}: ${money} ${currency} (${deal.dealId})`
    }
    case 'changed':
      return `the legs of ${deal.dealId} changed`
    case 'order-placed':
      return `a working order rests in ${name} (${deal.dealId})`
    case 'order-gone':
      return `the working order ${deal.dealId} is ${deal.cause}`
    case 'denied':
      return `denied: ${deal.text}`
    case 'rejected':
      return `rejected: ${deal.reason}`
    default:
      return unreachable(deal)
  }
}

/** What a run takes over from the one before it; null: nothing. */
export function earlierLine({
  positions,
  orders,
  bookedTodayCents,
  currency,
}: {
  readonly currency: string
  readonly positions: readonly Pick<Holding, 'direction' | 'size' | 'marketName' | 'dealId'>[]
  readonly orders: readonly unknown[]
  readonly bookedTodayCents: number
}): string | null {
  if (positions.length + orders.length === 0 && bookedTodayCents === 0) return null
  const held = positions.map(
    ({ direction, size, marketName, dealId }) => `${direction} ${size} ${marketName} (${dealId})`,
  )
  const resting = orders.length === 0 ? [] : [`${orders.length} working ${orders.length === 1 ? 'order' : 'orders'}`]
  const booked = `${bookedTodayCents < 0 ? '' : '+'}${(bookedTodayCents / 100).toFixed(2)} ${currency} booked today`
  return `goes on from its run before: ${[...held, ...resting, booked].join(', ')}`
}

/** How far the slowest indicator is. */
export const warmingWords = ({ of, seen, needed }: Warming): string =>
  `warming: ${seen} of ${needed} ${of === 'tick' ? 'ticks' : `${of} candles`}`

function unreachable(deal: never): never {
  throw new Error(`expected a known deal, but got ${JSON.stringify(deal)}`)
}
