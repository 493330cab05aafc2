import type { Decimal } from '@scalpdesk/sdk'
import type { BrokerActivity } from '../day-facts.ts'
import type { TradeDeal } from '../trade.ts'
import { closes, isAccepted, opens } from './broker-rows.ts'

export interface OpenedRow {
  readonly row: BrokerActivity
  readonly how: TradeDeal['how']
}

/** By the deal id of the position. */
export function openingsOf(activities: readonly BrokerActivity[]): ReadonlyMap<string, OpenedRow> {
  const found = new Map<string, OpenedRow>()
  for (const row of activities) {
    if (!isAccepted(row)) continue
    for (const action of row.details?.actions ?? []) {
      if (!opens(action)) continue
      const dealId = action.affectedDealId ?? row.dealId
      if (dealId === null || found.has(dealId)) continue
      const isOrder = action.type !== 'position-opened' || row.type === 'working-order'
      found.set(dealId, { row, how: isOrder ? 'working-order' : openedHow(row) })
    }
  }
  return found
}

const openedHow = ({ channel }: BrokerActivity): TradeDeal['how'] =>
  channel === 'public-web-api' || channel === 'system' ? 'market' : 'elsewhere'

/** A position was reduced: `dealId` names it, the row's own is the closing deal's. */
export interface Closing {
  readonly row: BrokerActivity
  readonly dealId: string
}

export function closingsOf(activities: readonly BrokerActivity[]): readonly Closing[] {
  return activities.filter(isAccepted).flatMap(row =>
    (row.details?.actions ?? []).flatMap(action => {
      const dealId = action.affectedDealId
      return closes(action) && dealId !== null ? [{ row, dealId }] : []
    }),
  )
}

/** Its stop and limit were moved. */
export interface Restop {
  readonly atMs: number | null
  readonly stop: Decimal | null
  readonly limit: Decimal | null
  readonly isTrailing: boolean
}

/** By the deal id of the position, in their order. */
export function restopsOf(activities: readonly BrokerActivity[]): ReadonlyMap<string, readonly Restop[]> {
  const found = new Map<string, Restop[]>()
  for (const row of activities) {
    const { details } = row
    if (!isAccepted(row) || !details) continue
    for (const { type, affectedDealId } of details.actions) {
      const dealId = affectedDealId ?? row.dealId
      if (type !== 'stop-limit-amended' || dealId === null) continue
      const moved = found.get(dealId) ?? []
      const { stopLevel: stop, limitLevel: limit, trailingStopDistance } = details
      moved.push({ atMs: row.atMs, stop, limit, isTrailing: trailingStopDistance !== null })
      found.set(dealId, moved)
    }
  }
  return found
}
