import type { OpenPositionJson, PositionUpdateJson } from '@scalpdesk/wire'
import { type Book, type EngineEvent, formatUnits, type Position } from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'
import { marketSummaryJson } from './market-json.ts'

/** GET /positions, version 2 (IG Labs, REST API reference, "Positions"). */
export function openPositionJson(position: Position, book: Book, nowMs: number): OpenPositionJson {
  const level = (units: number | null): number | null => units && Number(formatUnits(units, book.market.decimals))
  return {
    position: {
      contractSize: book.market.contractSize,
      createdDate: wireDate.slashes(position.openedAtMs),
      createdDateUTC: wireDate.iso(position.openedAtMs),
      dealId: position.dealId,
      dealReference: position.reference,
      size: position.size.toNumber(),
      direction: position.direction,
      limitLevel: level(position.limitUnits),
      level: Number(formatUnits(position.levelUnits, book.market.decimals)),
      currency: book.market.currency,
      controlledRisk: position.isStopGuaranteed,
      stopLevel: level(position.stopUnits),
      trailingStep: null,
      trailingStopDistance: null,
      limitedRiskPremium: null,
    },
    market: { ...marketSummaryJson(book, nowMs), lotSize: 1 },
  }
}

/** Field OPU of the trade item (IG Labs, Streaming API reference, "Trade"). */
export function positionUpdateJson(
  { change, atMs, position }: Extract<EngineEvent, { kind: 'position' }>,
  book: Book,
): PositionUpdateJson {
  const level = (units: number | null): number | null => units && Number(formatUnits(units, book.market.decimals))
  return {
    dealId: position.dealId,
    dealIdOrigin: position.dealId,
    dealReference: position.reference,
    direction: position.direction,
    epic: position.epic,
    expiry: '-',
    size: position.size.toNumber(),
    level: level(position.levelUnits),
    currency: book.market.currency,
    status: change,
    dealStatus: 'ACCEPTED',
    stopLevel: level(position.stopUnits),
    limitLevel: level(position.limitUnits),
    guaranteedStop: position.isStopGuaranteed,
    trailingStep: null,
    trailingStopDistance: null,
    timestamp: wireDate.isoWithMs(atMs),
    channel: 'PublicRestOTC',
  }
}
