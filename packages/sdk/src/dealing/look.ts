import type { Confirm } from '../confirm.ts'
import type { DealRequest } from '../deal-request.ts'
import type { ReadOptions } from '../rest/rest.ts'
import type { Evidence } from '../settlement.ts'
import { unreachable } from '../unreachable.ts'
import {
  endedBy,
  type Finding,
  findInActivity,
  findInOrders,
  findInPositions,
  findingOf,
  isDoubtful,
} from './evidence.ts'
import type { SettlePorts } from './settle.ts'
import { findUnnamed } from './unnamed-evidence.ts'

export type LookResult =
  | { readonly kind: 'accepted'; readonly finding: Finding }
  | {
      readonly kind: 'nothing'
      /** Everything that could show the request was read, and agrees that it was not dealt. */
      readonly isSure: boolean
      /** The account's history has it as rejected, in these words. */
      readonly rejection: string | null
    }

/** Reads for one search, which may end while they are under way. */
export interface Asker {
  readonly ports: SettlePorts
  readonly isOver: boolean
  /** `undefined`: it failed, or the search is over. */
  read<T>(source: Evidence, ask: (options: ReadOptions) => Promise<T>): Promise<T | undefined>
  /** It was read, and shows nothing. */
  noteNothing(source: Evidence): void
}

/** @param doubted the request was rejected, and that may be wrong; with the confirm, where that said so. */
export async function lookFor(
  request: DealRequest,
  doubted: { readonly confirm: Confirm | null } | null,
  asker: Asker,
): Promise<LookResult> {
  let isSure = true
  let rejection: string | null = null
  for (const step of stepsFor(request, doubted !== null)) {
    const result = await step(request, doubted?.confirm ?? null, asker)
    if (result.kind === 'accepted') return result
    if (asker.isOver) return NOT_SURE
    isSure &&= result.isSure
    rejection ??= result.rejection
  }
  return { kind: 'nothing', isSure, rejection }
}

type LookStep = (request: DealRequest, doubted: Confirm | null, asker: Asker) => Promise<LookResult>

function stepsFor({ kind }: DealRequest, isDoubted: boolean): readonly LookStep[] {
  switch (kind) {
    case 'open':
      return [lookAtPositions, lookAtActivity]
    case 'place-order':
      // One that has dealt is a position by now.
      return isDoubted ? [lookAtOrders, lookAtPositions, lookAtActivity] : [lookAtActivity, lookAtPositions]
    case 'close':
      return isDoubted ? [lookAtActivity, lookWhetherHeld] : [lookAtActivity]
    case 'cancel-order':
      return isDoubted ? [lookAtActivity, lookWhetherResting] : [lookAtActivity]
    case 'amend':
    case 'amend-order':
      return [lookAtActivity]
    default:
      return unreachable(kind)
  }
}

const SURE: LookResult = { kind: 'nothing', isSure: true, rejection: null }
const NOT_SURE: LookResult = { kind: 'nothing', isSure: false, rejection: null }

async function lookAtPositions(request: DealRequest, doubted: Confirm | null, asker: Asker): Promise<LookResult> {
  const positions = await asker.read('position', options => asker.ports.positions.list(options))
  if (positions === undefined) return NOT_SURE
  const finding = findInPositions(request, positions, doubted)
  if (finding !== null) return { kind: 'accepted', finding }
  asker.noteNothing('position')
  return SURE
}

async function lookAtOrders(request: DealRequest, doubted: Confirm | null, asker: Asker): Promise<LookResult> {
  const orders = await asker.read('working-order', options => asker.ports.orders.list(options))
  if (orders === undefined) return NOT_SURE
  const finding = findInOrders(request, orders, doubted)
  if (finding !== null) return { kind: 'accepted', finding }
  asker.noteNothing('working-order')
  return SURE
}

/** A position that is gone may have been closed by this request after all. */
async function lookWhetherHeld(request: DealRequest, _doubted: Confirm | null, asker: Asker): Promise<LookResult> {
  const positions = await asker.read('position', options => asker.ports.positions.list(options))
  if (positions === undefined) return NOT_SURE
  asker.noteNothing('position')
  const dealId = request.kind === 'close' ? request.dealId : null
  return dealId === null || positions.some(position => position.dealId === dealId) ? SURE : NOT_SURE
}

async function lookWhetherResting(request: DealRequest, _doubted: Confirm | null, asker: Asker): Promise<LookResult> {
  const orders = await asker.read('working-order', options => asker.ports.orders.list(options))
  if (orders === undefined) return NOT_SURE
  asker.noteNothing('working-order')
  return request.kind === 'cancel-order' && orders.some(order => order.dealId === request.dealId) ? SURE : NOT_SURE
}

async function lookAtActivity(request: DealRequest, _doubted: Confirm | null, asker: Asker): Promise<LookResult> {
  const { ports } = asker
  const activity = await asker.read('activity', options => ports.activitySince(request.sentAtMs, options))
  if (activity === undefined) return NOT_SURE
  if (request.reference === null) {
    const row = findUnnamed(request, activity, ports.register)
    const finding = row === null ? null : await proveUnnamed(request, row, asker)
    if (finding !== null) return { kind: 'accepted', finding }
  } else {
    const found = findInActivity(request.reference, activity)
    if (found?.kind === 'accepted') return found
    if (found?.kind === 'rejected') return { kind: 'nothing', isSure: true, rejection: found.reason }
  }
  asker.noteNothing('activity')
  return SURE
}

/** What has ended must be gone from the lists, and its confirm, where there still is one, must say accepted. */
async function proveUnnamed(
  request: DealRequest,
  row: Parameters<typeof findingOf>[0],
  asker: Asker,
): Promise<Finding | null> {
  const { ports } = asker
  const ended = endedBy(row)
  if (request.kind === 'close' || request.kind === 'cancel-order') {
    const isClose = request.kind === 'close'
    const listed = await asker.read<readonly { readonly dealId: string }[]>(
      isClose ? 'position' : 'working-order',
      options => (isClose ? ports.positions.list(options) : ports.orders.list(options)),
    )
    if (listed === undefined || listed.some(({ dealId }) => ended.some(gone => gone === dealId))) return null
  }
  const finding = findingOf(row)
  const { reference } = finding
  if (reference === null) return finding
  const confirm =
    ports.inbox.find(reference) ??
    (await asker.read('confirm', options => ports.confirms.find(reference, options))) ??
    null
  if (confirm === null) return finding
  const { outcome } = confirm
  if (outcome.kind === 'rejected') return isDoubtful(outcome.reason) ? finding : null
  return { ...finding, confirm, level: outcome.level ?? finding.level, size: outcome.size ?? finding.size }
}
