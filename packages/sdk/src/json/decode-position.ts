import { Decimal } from 'decimal.js'
import { dealId, dealReference, epic } from '../ids.ts'
import type { Direction, Position, TrailingStop } from '../position.ts'
import { decodeDealtMarket } from './decode-dealt-market.ts'
import { JsonNode } from './json-node.ts'

/**
 * GET /positions. A row without deal id, epic, direction or size costs the list, because then nobody knows what is open.
 * Whatever else is missing or strange costs only itself: one odd row must not hide the others.
 * @throws {DecodeError}
 */
export function decodePositions(json: unknown): readonly Position[] {
  return new JsonNode(json, '').get('positions').list().map(decodeRow)
}

/** GET /positions/{dealId}. @throws {DecodeError} */
export function decodePosition(json: unknown): Position {
  return decodeRow(new JsonNode(json, ''))
}

function decodeRow(row: JsonNode): Position {
  const position = row.get('position')
  const market = row.get('market')
  const contractSize = position.get('contractSize')
  const readContractSize = contractSize.orNull(node => node.decimal())
  return {
    ...decodeDealtMarket(market, market.get('epic').as(epic, 'an epic')),
    dealId: position.get('dealId').as(dealId, 'a deal id'),
    dealReference: position.get('dealReference').orNull(node => node.as(dealReference, 'a deal reference')),
    direction: decodeDirection(position.get('direction')),
    size: position.get('size').decimal(),
    level: position.get('level').orNull(node => node.decimal()),
    // No amount can be worked out with a contract size that is there but not readable: one without a currency is none.
    currency:
      readContractSize === null && !contractSize.isAbsent ? null : position.get('currency').orNull(node => node.text()),
    // Shares have none: one share is one share.
    contractSize: readContractSize ?? new Decimal(1),
    // These two alone are not optional: null says that there is none, and a stop that is not there protects nobody.
    stopLevel: position.get('stopLevel').decimalOrNull(),
    limitLevel: position.get('limitLevel').decimalOrNull(),
    isGuaranteed: position.get('controlledRisk').orNull(node => node.flag()) ?? false,
    trailingStop: decodeTrailingStop(position),
    limitedRiskPremium: position.get('limitedRiskPremium').orNull(node => node.decimal()),
    createdAtMs: position.get('createdDateUTC').orNull(node => node.utcMs()),
  }
}

function decodeTrailingStop(position: JsonNode): TrailingStop | null {
  const distancePoints = position.get('trailingStopDistance').orNull(node => node.decimal())
  const stepPoints = position.get('trailingStep').orNull(node => node.decimal())
  return distancePoints === null || stepPoints === null ? null : { distancePoints, stepPoints }
}

/** A direction is never guessed. @throws {DecodeError} */
export function decodeDirection(node: JsonNode): Direction {
  const text = node.text()
  if (text === 'BUY' || text === 'SELL') return text
  throw node.wrong('BUY or SELL')
}
