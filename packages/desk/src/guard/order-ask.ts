import {
  Decimal,
  type Direction,
  type LimitLeg,
  type OpenOrder,
  type PlacedStop,
  type PlaceOrder,
  type StopLeg,
} from '@scalpdesk/sdk'
import type { PresetStop } from '../presets/preset.ts'
import type { EntryAsk, Known } from './question.ts'

/** What an order asks for, in the words of the checks: its legs as distances. */
export function openAsk(order: OpenOrder, known: Known, pressedAtMs: number): EntryAsk {
  const { direction, size, market } = order
  const level = order.level ?? null
  const from = level ?? dealingLevel(known, direction)
  const kind = order.kind === undefined || order.kind === 'market' ? 'market-order' : 'limit-order'
  const legs = legsOf(order, known, direction, from)
  return {
    kind: 'open',
    epic: market.epic,
    direction,
    deal: { kind, size, ...legs },
    level,
    restsAs: null,
    followsPrice: true,
    pressedAtMs,
  }
}

export function placeAsk(order: PlaceOrder, followsPrice: boolean, known: Known, pressedAtMs: number): EntryAsk {
  const { direction, size, market, level, kind: restsAs } = order
  const legs = legsOf(order, known, direction, level)
  const deal = { kind: 'working-order', size, ...legs } as const
  return { kind: 'place', epic: market.epic, direction, deal, level, restsAs, followsPrice, pressedAtMs }
}

interface Legs {
  readonly stop?: StopLeg | PlacedStop
  readonly limit?: LimitLeg
}

function legsOf({ stop, limit }: Legs, known: Known, direction: Direction, from: Decimal | null) {
  const points = (level: Decimal, sign: 1 | -1) => distance(known, direction, from, level, sign)
  return {
    stop: stop ? stopOf(stop, level => points(level, -1)) : null,
    limitPoints: limit ? (limit.distancePoints ?? points(limit.level, 1)) : null,
  }
}

function stopOf(stop: StopLeg | PlacedStop, pointsTo: (level: Decimal) => Decimal): PresetStop {
  if ('stepPoints' in stop && stop.stepPoints !== undefined)
    return { kind: 'trailing', distancePoints: stop.distancePoints, stepPoints: stop.stepPoints }
  const distancePoints = stop.distancePoints ?? pointsTo(stop.level)
  return { kind: stop.isGuaranteed ? 'guaranteed' : 'normal', distancePoints }
}

/** Negative on the wrong side. Not a number, which every rule refuses, when nothing tells where the deal will be. */
function distance(known: Known, direction: Direction, from: Decimal | null, level: Decimal, sign: 1 | -1): Decimal {
  if (from === null || !known.terms) return new Decimal(Number.NaN)
  const won = direction === 'BUY' ? level.minus(from) : from.minus(level)
  return won.times(known.terms.pointsPerUnit).times(sign)
}

function dealingLevel({ quote }: Known, direction: Direction): Decimal | null {
  return (direction === 'BUY' ? quote?.offer : quote?.bid) ?? null
}
