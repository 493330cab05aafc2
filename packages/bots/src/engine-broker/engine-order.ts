import type { CancelOrder } from '@scalpdesk/desk'
import type { AmendedStop, StopLeg as EngineStop, Leg, Order } from '@scalpdesk/mock-broker/engine'
import type {
  AmendOrder,
  CloseOrder,
  Decimal,
  LimitLeg,
  OpenOrder,
  PlacedStop,
  PlaceOrder,
  StopLeg,
} from '@scalpdesk/sdk'

/** A request as the desk hands it over. */
export type DeskRequest =
  | { readonly kind: 'open'; readonly order: OpenOrder }
  | { readonly kind: 'close'; readonly order: CloseOrder }
  | { readonly kind: 'amend'; readonly order: AmendOrder }
  | { readonly kind: 'place'; readonly order: PlaceOrder }
  | { readonly kind: 'cancel'; readonly order: CancelOrder }

interface Stamp {
  readonly atMs: number
  readonly reference: string
  readonly account: string
}

/** The request as the engine takes it. @param losesStop the position comes without the stop that its confirm names */
export function engineOrder(request: DeskRequest, stamp: Stamp, losesStop = false): Order {
  switch (request.kind) {
    case 'open': {
      const { market, direction, size, stop, limit, isNetting } = request.order
      return {
        ...stamp,
        kind: 'open',
        epic: market.epic,
        expiry: market.expiry,
        currency: market.currency,
        direction,
        size,
        price: { type: 'MARKET' },
        timeInForce: 'FILL_OR_KILL',
        mode: isNetting ? 'net' : 'force',
        stop: stop ? openStop(stop) : null,
        limit: limit ? leg(limit) : null,
        losesStop: losesStop && stop !== undefined,
      }
    }
    case 'close': {
      const { dealId, direction, size } = request.order
      const target = { by: 'deal', dealId } as const
      return {
        ...stamp,
        kind: 'close',
        target,
        direction,
        size,
        price: { type: 'MARKET' },
        timeInForce: 'FILL_OR_KILL',
      }
    }
    case 'amend':
      return {
        ...stamp,
        kind: 'amend',
        dealId: request.order.dealId,
        stop: amendedStop(request.order),
        limitLevel: request.order.limitLevel,
      }
    case 'place': {
      const { market, direction, kind, size, level, goodTill, stop, limit, isNetting } = request.order
      return {
        ...stamp,
        kind: 'place-order',
        epic: market.epic,
        expiry: market.expiry,
        currency: market.currency,
        direction,
        type: kind === 'limit' ? 'LIMIT' : 'STOP',
        size,
        level,
        goodTillMs: goodTill === 'cancelled' ? null : goodTill.atMs,
        mode: isNetting ? 'net' : 'force',
        stop: stop ? { ...leg(stop), kind: stop.isGuaranteed ? 'guaranteed' : 'normal' } : null,
        limit: limit ? leg(limit) : null,
      }
    }
    case 'cancel':
      return { ...stamp, kind: 'cancel-order', dealId: request.order.dealId }
  }
}

function openStop(stop: StopLeg): EngineStop {
  if (stop.stepPoints !== undefined)
    return { kind: 'trailing', by: 'distance', points: stop.distancePoints, stepPoints: stop.stepPoints }
  return { ...leg(stop), kind: stop.isGuaranteed ? 'guaranteed' : 'normal' }
}

function leg(either: LimitLeg | PlacedStop | Exclude<StopLeg, { readonly stepPoints: Decimal }>): Leg {
  return either.level === undefined
    ? { by: 'distance', points: either.distancePoints }
    : { by: 'level', level: either.level }
}

function amendedStop({ stopLevel: level, isGuaranteed, trailingStop }: AmendOrder): AmendedStop | null {
  if (level === null) return null
  if (trailingStop) return { kind: 'trailing', level, ...trailingStop }
  return { kind: isGuaranteed ? 'guaranteed' : 'normal', level }
}
