import type { BrokerPort, PastDeal } from '@scalpdesk/desk'
import type { Activity, Ig } from '@scalpdesk/sdk'
import { bookedMoney } from './booked-money.ts'

/** The SDK as the desk's broker. */
export function brokerPort(ig: Ig): BrokerPort {
  return {
    open: (order, watch) => ig.positions.open(order, watch),
    close: (order, watch) => ig.positions.close(order, watch),
    amend: (order, watch) => ig.positions.amend(order, watch),
    place: (order, watch) => ig.orders.place(order, watch),
    cancel: (order, watch) => ig.orders.cancel(order.dealId, watch),
    findConfirm: reference => ig.confirms.find(reference),
    // In this order: a working order that fills between the two readings is seen in the second, never in neither.
    async readBook() {
      const workingOrders = await ig.orders.list().catch(() => null)
      return { workingOrders, positions: await ig.positions.list() }
    },
    findCharges: sinceMs => bookedMoney(ig.history, sinceMs),
    async findDeals(sinceMs) {
      const deals: PastDeal[] = []
      for await (const row of ig.history.activity({ fromMs: sinceMs - ANY_OFFSET_MS, isDetailed: true }))
        deals.push(...pastDealsOf(row))
      return deals
    },
  }
}

/** The largest offset of any zone from UTC: IG does not say in which zone it reads the dates of an activity. */
const ANY_OFFSET_MS = 15 * 3_600_000

/** Only what says in a word that can be read whether it was dealt. */
function pastDealsOf({ status, dealId, description, details }: Activity): readonly PastDeal[] {
  if (status !== 'accepted' && status !== 'rejected') return []
  const affected = details?.actions.flatMap(({ affectedDealId }) => affectedDealId ?? []) ?? []
  return [{ reference: details?.dealReference ?? null, dealId, status, affected, description }]
}
