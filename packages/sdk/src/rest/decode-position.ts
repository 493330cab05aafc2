import { Decimal } from 'decimal.js'
import { dealId, dealReference, epic } from '../ids.ts'
import type { Direction, Position, WorkingOrder } from '../position.ts'
import { scalingFactor } from './decode-market.ts'
import { JsonNode } from './json-node.ts'

const ORDER_KINDS = { LIMIT: 'limit', STOP: 'stop' } as const

/**
 * A row without deal id, epic, direction or size costs the list, because then nobody knows what is open. Whatever else is
 * missing or strange costs only itself: one odd row must not hide the others.
 * @throws {DecodeError}
 */
export function decodePositions(json: unknown): readonly Position[] {
  return new JsonNode(json, '').get('positions').list().map(decodePosition)
}

function decodePosition(row: JsonNode): Position {
  const position = row.get('position')
  const market = row.get('market')
  const id = market.get('epic').as(epic, 'an epic')
  const contractSize = position.get('contractSize')
  const readContractSize = contractSize.orNull(node => node.decimal())
  return {
    dealId: position.get('dealId').as(dealId, 'a deal id'),
    dealReference: position.get('dealReference').orNull(node => node.as(dealReference, 'a deal reference')),
    epic: id,
    marketName: market.get('instrumentName').orNull(node => node.text()) ?? id,
    direction: decodeDirection(position.get('direction')),
    size: position.get('size').decimal(),
    level: position.get('level').orNull(node => node.decimal()),
    // No amount can be worked out with a contract size that is there but not readable: one without a currency is none.
    currency:
      readContractSize === null && !contractSize.isAbsent ? null : position.get('currency').orNull(node => node.text()),
    // Shares have none: one share is one share.
    contractSize: readContractSize ?? new Decimal(1),
    pointsPerUnit: market.get('scalingFactor').orNull(scalingFactor),
    // These two alone are not optional: null says that there is none, and a stop that is not there protects nobody.
    stopLevel: position.get('stopLevel').decimalOrNull(),
    limitLevel: position.get('limitLevel').decimalOrNull(),
    isGuaranteed: position.get('controlledRisk').orNull(node => node.flag()) ?? false,
    createdAtMs: position.get('createdDateUTC').orNull(node => node.utcMs()),
  }
}

/**
 * As {@link decodePositions}; a row without deal id or epic costs the list.
 * @throws {DecodeError}
 */
export function decodeWorkingOrders(json: unknown): readonly WorkingOrder[] {
  return new JsonNode(json, '')
    .get('workingOrders')
    .list()
    .map(row => {
      const order = row.get('workingOrderData')
      return {
        dealId: order.get('dealId').as(dealId, 'a deal id'),
        epic: order.get('epic').as(epic, 'an epic'),
        direction: order.get('direction').orNull(decodeDirection),
        size: order.get('orderSize').orNull(node => node.decimal()),
        level: order.get('orderLevel').orNull(node => node.decimal()),
        kind: order.get('orderType').orNull(node => node.word(ORDER_KINDS)) ?? { other: '' },
      }
    })
}

/** A direction is never guessed. @throws {DecodeError} */
export function decodeDirection(node: JsonNode): Direction {
  const text = node.text()
  if (text === 'BUY' || text === 'SELL') return text
  throw node.wrong('BUY or SELL')
}
