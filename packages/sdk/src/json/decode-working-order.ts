import { dealId, epic } from '../ids.ts'
import type { WorkingOrder } from '../working-order.ts'
import { decodeDealtMarket } from './decode-dealt-market.ts'
import { decodeDirection } from './decode-position.ts'
import { JsonNode } from './json-node.ts'

const KINDS = { LIMIT: 'limit', STOP: 'stop' } as const
const TIMES = { GOOD_TILL_CANCELLED: 'good-till-cancelled', GOOD_TILL_DATE: 'good-till-date' } as const

/**
 * GET /workingorders. A row without deal id or epic costs the list, because then nobody knows what rests. Whatever else is
 * missing or strange costs only itself.
 * @throws {DecodeError}
 */
export function decodeWorkingOrders(json: unknown): readonly WorkingOrder[] {
  return new JsonNode(json, '').get('workingOrders').list().map(decodeRow)
}

function decodeRow(row: JsonNode): WorkingOrder {
  const order = row.get('workingOrderData')
  const decimal = (name: string): WorkingOrder['size'] => order.get(name).orNull(value => value.decimal())
  return {
    ...decodeDealtMarket(row.get('marketData'), order.get('epic').as(epic, 'an epic')),
    dealId: order.get('dealId').as(dealId, 'a deal id'),
    direction: order.get('direction').orNull(decodeDirection),
    size: decimal('orderSize'),
    level: decimal('orderLevel'),
    kind: order.get('orderType').orNull(node => node.word(KINDS)) ?? { other: '' },
    timeInForce: order.get('timeInForce').orNull(node => node.word(TIMES)),
    // `goodTillDate` is the same in the account's own zone, which a row does not tell.
    goodTillAtMs: order.get('goodTillDateISO').orNull(node => node.utcMs()),
    stopDistancePoints: decimal('stopDistance'),
    limitDistancePoints: decimal('limitDistance'),
    isGuaranteed: order.get('guaranteedStop').orNull(node => node.flag()) ?? false,
    currency: order.get('currencyCode').orNull(node => node.text()),
    isDma: order.get('dma').orNull(node => node.flag()),
    limitedRiskPremium: decimal('limitedRiskPremium'),
    createdAtMs: order.get('createdDateUTC').orNull(node => node.utcMs()),
  }
}
