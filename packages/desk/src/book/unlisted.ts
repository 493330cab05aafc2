import type { DealId, DealReference, Decimal, Epic } from '@scalpdesk/sdk'
import type { DeskState } from '../desk-state.ts'
import { type Turn, update } from '../turn.ts'
import { LIST_LAG_MS } from './reconciling.ts'

/**
 * Something that may be at the broker although its lists do not show it yet: what a working order turned into when it ended, a
 * position in a market that is not ours, a deal of ours from just before this program started. Until it is shown, or the
 * lists have had the time for it, no list proves that it is not there.
 */
export interface Unlisted {
  /** Since when (monotonic). */
  readonly atMs: number
  /** null where nobody told; so with the rest. */
  readonly epic: Epic | null
  readonly size: Decimal | null
  readonly reference: DealReference | null
}

/** @param dealId of the working order, where what it turned into is meant */
export function doubt(turn: Turn, dealId: DealId, what: Partial<Omit<Unlisted, 'atMs'>>): void {
  const told = { epic: null, size: null, reference: null, ...what, atMs: turn.atMs }
  update(turn, { unlisted: new Map(turn.state.unlisted).set(dealId, told) })
}

export function endDoubt(turn: Turn, isMeant: (dealId: DealId, what: Unlisted) => boolean): void {
  const { unlisted } = turn.state
  const left = [...unlisted].filter(([dealId, what]) => !isMeant(dealId, what))
  if (left.length < unlisted.size) update(turn, { unlisted: new Map(left) })
}

/** What the lists show now, or must have shown by now, is in doubt no more. */
export function endListedDoubts(turn: Turn, listed: Iterable<DealId>, askedAtMs: number): void {
  if (turn.state.unlisted.size === 0) return
  const shown = new Set(listed)
  const { holdings } = turn.state
  const references = new Set([...holdings.values()].map(({ reference }) => reference))
  endDoubt(
    turn,
    (dealId, { atMs, reference }) =>
      shown.has(dealId) ||
      holdings.has(dealId) ||
      (reference !== null && references.has(reference)) ||
      askedAtMs - atMs >= LIST_LAG_MS,
  )
}

/** Deals of an earlier run: the lists may not show the last of them yet. */
export function unlistedAtStart(deals: Iterable<DealId>, atMs: number): DeskState['unlisted'] {
  const told = { atMs, epic: null, size: null, reference: null }
  return new Map([...deals].map(dealId => [dealId, told]))
}
