import type { DealId, DealReference, Decimal, Direction, Position, PositionUpdate, UpdateStatus } from '@scalpdesk/sdk'
import { aPosition, aPositionUpdate } from './desk-fixtures.ts'

/** A position, with what it was at each time: lists show the past. */
export interface Deal {
  readonly dealId: DealId
  readonly reference: DealReference
  readonly direction: Direction
  readonly isOurs: boolean
  readonly openedAtMs: number
  endedAtMs: number | null
  readonly versions: { readonly atMs: number; readonly size: Decimal; readonly legs: DealLegs }[]
}

interface DealLegs {
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
}

export interface Resting {
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly direction: Direction
  readonly placedAtMs: number
  goneAtMs: number | null
}

/** What a deal is at present. */
export function now({ versions }: Deal): Deal['versions'][number] {
  return versions.at(-1)!
}

export function positionOf({ dealId, reference, direction, versions, openedAtMs }: Deal, shownMs: number): Position {
  const { size, legs } = versions.findLast(({ atMs }) => atMs <= shownMs)!
  return aPosition(dealId, { dealReference: reference, direction, size, ...legs, createdAtMs: openedAtMs })
}

export function updateOf(deal: Deal, status: UpdateStatus): PositionUpdate {
  const { dealId, reference, direction } = deal
  const { size, legs } = now(deal)
  return aPositionUpdate(dealId, { reference, direction, status, size, ...legs })
}
