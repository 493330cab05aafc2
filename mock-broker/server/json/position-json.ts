import type { OpenPositionJson, PositionUpdateJson } from '@scalpdesk/wire'
import {
  type Book,
  contractUnits,
  formatUnits,
  type Market,
  type Position,
  type PositionChange,
  unitsPerPoint,
} from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'
import { marketSummaryJson } from './market-json.ts'

/** GET /positions, version 2 (IG Labs, REST API reference, "Positions"). */
export function openPositionJson(position: Position, book: Book, nowMs: number): OpenPositionJson {
  const { market } = book
  const level = levelIn(market)
  const points = pointsIn(market)
  return {
    position: {
      contractSize: contractUnits(market),
      createdDate: wireDate.slashes(position.openedAtMs),
      createdDateUTC: wireDate.iso(position.openedAtMs),
      dealId: position.dealId,
      dealReference: position.reference,
      size: position.size.toNumber(),
      direction: position.direction,
      limitLevel: level(position.limitUnits),
      level: Number(formatUnits(position.levelUnits, market.decimals)),
      currency: position.currency,
      controlledRisk: position.isStopGuaranteed,
      stopLevel: level(position.stopUnits),
      trailingStep: points(position.trailing?.stepUnits ?? null),
      trailingStopDistance: points(position.trailing?.distanceUnits ?? null),
      limitedRiskPremium: position.isStopGuaranteed ? (market.guaranteedPremiumPoints?.toNumber() ?? null) : null,
    },
    market: { ...marketSummaryJson(book, nowMs), lotSize: 1 },
  }
}

/** Field OPU of the trade item (IG Labs, Streaming API reference, "Trade"). */
export function positionUpdateJson({ change, atMs, position }: PositionChange, { market }: Book): PositionUpdateJson {
  const level = levelIn(market)
  const points = pointsIn(market)
  return {
    dealId: position.dealId,
    dealIdOrigin: position.dealId,
    dealReference: position.reference,
    direction: position.direction,
    epic: position.epic,
    expiry: market.expiry,
    size: position.size.toNumber(),
    level: level(position.levelUnits),
    currency: position.currency,
    status: change,
    dealStatus: 'ACCEPTED',
    stopLevel: level(position.stopUnits),
    limitLevel: level(position.limitUnits),
    guaranteedStop: position.isStopGuaranteed,
    trailingStep: points(position.trailing?.stepUnits ?? null),
    trailingStopDistance: points(position.trailing?.distanceUnits ?? null),
    timestamp: wireDate.isoWithMs(atMs),
    channel: 'PublicRestOTC',
  }
}

function levelIn({ decimals }: Market): (units: number | null) => number | null {
  return units => (units === null ? null : Number(formatUnits(units, decimals)))
}

function pointsIn(market: Market): (units: number | null) => number | null {
  return units => (units === null ? null : units / unitsPerPoint(market))
}
