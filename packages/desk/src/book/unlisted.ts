import type { DealId, DealReference, Decimal, Epic } from '@scalpdesk/sdk'
import type { Recovered, Start } from '../desk-setup.ts'
import type { DeskState } from '../desk-state.ts'
import { type Turn, update } from '../turn.ts'
import { LIST_LAG_MS } from './list-lag.ts'

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

/**
 * Deals of the run before, its own and those that its open questions are about: the lists may not show yet what came just before
 * this start. What the journal told of long before, they show, or it is gone.
 */
export function unlistedAtStart(recovered: Recovered | undefined, { atMs, wallMs }: Start): DeskState['unlisted'] {
  const unlisted = new Map<DealId, Unlisted>()
  if (!recovered) return unlisted
  const toldMs = new Map<string, number>()
  for (const { record, wallMs: writtenMs } of recovered.entries ?? [])
    if ('dealId' in record && record.dealId !== null && !toldMs.has(record.dealId)) toldMs.set(record.dealId, writtenMs)
  // Of what only the files before tell, this one began after it.
  const begunMs = recovered.entries?.[0]?.wallMs ?? Number.POSITIVE_INFINITY
  const told = { atMs, epic: null, size: null, reference: null }
  for (const { dealId } of recovered.deals)
    if (wallMs - (toldMs.get(dealId) ?? begunMs) < LIST_LAG_MS) unlisted.set(dealId, told)
  for (const { purpose, sentWallMs } of recovered.orders)
    if ('dealId' in purpose && wallMs - (toldMs.get(purpose.dealId) ?? sentWallMs) < LIST_LAG_MS)
      unlisted.set(purpose.dealId, told)
  return unlisted
}
