import type { DealId, DealReference, Decimal, Direction, Epic, TrailingStop } from '@scalpdesk/sdk'

/** A position as the desk holds it, from a confirm at first and from the broker's list as soon as that shows it. */
export interface Holding extends Legs {
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly marketName: string
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal | null
  readonly currency: string | null
  readonly contractSize: Decimal
  readonly pointsPerUnit: number | null
  /** Milliseconds since 1970; null where the broker does not say. */
  readonly openedWallMs: number | null
  readonly origin: Origin
  /** Its order asked for a stop. */
  readonly isStopWanted: boolean
  /** When the desk first knew of it (monotonic). */
  readonly firstSeenAtMs: number
  /** When a confirm, the stream or an order of ours told that it is new (monotonic); null: a list showed it, from whenever it is. */
  readonly toldAtMs: number | null
  readonly seen: Seen
}

/** What ends a position without us. */
export interface Legs {
  /** `null`: there is none; so with the limit. */
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  readonly isGuaranteed: boolean
  readonly trailingStop: TrailingStop | null
}

/** Opened by an order of ours, by somebody else, or by somebody else and taken over by the trader. */
export type Origin = 'ours' | 'elsewhere' | 'adopted'

/**
 * Who showed it last. `confirmed`: its confirm only, which may not name its legs. `changed`: the list, and a confirm of ours
 * changed it since; this is believed for a while where the list disagrees.
 */
export type Seen =
  | { readonly kind: 'confirmed'; readonly atMs: number }
  | { readonly kind: 'listed' }
  /** Shown until the last list, which leaves it out though nobody told of its end. */
  | { readonly kind: 'missed' }
  | { readonly kind: 'changed'; readonly atMs: number }

export function areSameLegs(some: Legs, other: Legs): boolean {
  return (
    isSameLevel(some.stopLevel, other.stopLevel) &&
    isSameLevel(some.limitLevel, other.limitLevel) &&
    some.isGuaranteed === other.isGuaranteed &&
    isSameLevel(some.trailingStop?.distancePoints ?? null, other.trailingStop?.distancePoints ?? null) &&
    isSameLevel(some.trailingStop?.stepPoints ?? null, other.trailingStop?.stepPoints ?? null)
  )
}

/** As {@link areSameLegs}; of a stop that trails in both it does not matter how far it has followed. */
export function areSameButForTrailing(some: Legs, other: Legs): boolean {
  const trails = some.trailingStop !== null && other.trailingStop !== null
  return areSameLegs(trails ? { ...some, stopLevel: other.stopLevel } : some, other)
}

export function isSameLevel(some: Decimal | null, other: Decimal | null): boolean {
  return some === null || other === null ? some === other : some.equals(other)
}
