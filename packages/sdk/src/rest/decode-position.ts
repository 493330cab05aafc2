import { dealId, dealReference, epic } from '../ids.ts'
import type { Direction, Position, WorkingOrder } from '../position.ts'
import { scalingFactor } from './decode-market.ts'
import { JsonNode } from './json-node.ts'

/** @throws {DecodeError} */
export function decodePositions(json: unknown): readonly Position[] {
  return new JsonNode(json, '').get('positions').list().map(decodePosition)
}

function decodePosition(row: JsonNode): Position {
  const position = row.get('position')
  const market = row.get('market')
  return {
    dealId: position.get('dealId').as(dealId, 'a deal id'),
    dealReference: position.get('dealReference').as(dealReference, 'a deal reference'),
    epic: market.get('epic').as(epic, 'an epic'),
    marketName: market.get('instrumentName').text(),
    direction: decodeDirection(position.get('direction')),
    size: position.get('size').decimal(),
    level: position.get('level').decimal(),
    currency: position.get('currency').text(),
    contractSize: position.get('contractSize').decimal(),
    pointsPerUnit: scalingFactor(market.get('scalingFactor')),
    stopLevel: position.get('stopLevel').decimalOrNull(),
    limitLevel: position.get('limitLevel').decimalOrNull(),
    isGuaranteed: position.get('controlledRisk').flag(),
    createdAtMs: position.get('createdDateUTC').utcMs(),
  }
}

/** @throws {DecodeError} */
export function decodeWorkingOrders(json: unknown): readonly WorkingOrder[] {
  return new JsonNode(json, '')
    .get('workingOrders')
    .list()
    .map(row => {
      const order = row.get('workingOrderData')
      return {
        dealId: order.get('dealId').as(dealId, 'a deal id'),
        epic: order.get('epic').as(epic, 'an epic'),
        direction: decodeDirection(order.get('direction')),
        size: order.get('orderSize').decimal(),
        level: order.get('orderLevel').decimal(),
        kind: order.get('orderType').word({ LIMIT: 'limit', STOP: 'stop' } as const),
      }
    })
}

/** A direction is never guessed. @throws {DecodeError} */
export function decodeDirection(node: JsonNode): Direction {
  const text = node.text()
  if (text === 'BUY' || text === 'SELL') return text
  throw node.wrong('BUY or SELL')
}
