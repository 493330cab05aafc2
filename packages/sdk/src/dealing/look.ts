import type { Activity } from '../activity.ts'
import type { Confirm } from '../confirm.ts'
import type { DealRequest } from '../deal-request.ts'
import type { Position } from '../position.ts'
import type { ReadOptions } from '../rest/rest.ts'
import type { Evidence } from '../settlement.ts'
import { unreachable } from '../unreachable.ts'
import type { WorkingOrder } from '../working-order.ts'
import { type Finding, findInActivity, findInOrders, findInPositions, findingOf, isDoubtful } from './evidence.ts'
import {
  isBorneOutByOrders,
  isBorneOutByPositions,
  type Undealt,
  undealtByOrders,
  undealtByPositions,
} from './list-evidence.ts'
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

type StepResult = Extract<LookResult, { kind: 'accepted' }> | Nothing

interface Nothing {
  readonly kind: 'nothing'
  readonly undealt: Undealt
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
  let undealt: Undealt = 'surely'
  let rejection: string | null = null
  for (const step of stepsFor(request, doubted !== null)) {
    const result = await step(request, doubted?.confirm ?? null, asker)
    if (result.kind === 'accepted') return result
    if (asker.isOver) return { kind: 'nothing', isSure: false, rejection: null }
    undealt = weaker(undealt, result.undealt)
    rejection ??= result.rejection
  }
  const isSure = undealt === 'surely' || (undealt === 'if-refused' && rejection !== null)
  return { kind: 'nothing', isSure, rejection }
}

function weaker(one: Undealt, other: Undealt): Undealt {
  return one === 'surely' || other === 'not-at-all' ? other : one
}

type LookStep = (request: DealRequest, doubted: Confirm | null, asker: Asker) => Promise<StepResult>

function stepsFor({ kind }: DealRequest, isDoubted: boolean): readonly LookStep[] {
  switch (kind) {
    case 'open':
      return [lookAtPositions, lookAtActivity]
    case 'place-order':
      // One that has dealt is a position by now.
      return isDoubted ? [lookAtOrders, lookAtPositions, lookAtActivity] : [lookAtActivity, lookAtPositions]
    case 'close':
    case 'amend':
      return isDoubted ? [lookAtActivity, lookAtWhatIsHeld] : [lookAtActivity]
    case 'cancel-order':
    case 'amend-order':
      return isDoubted ? [lookAtActivity, lookAtWhatRests] : [lookAtActivity]
    default:
      return unreachable(kind)
  }
}

const SURE: Nothing = { kind: 'nothing', undealt: 'surely', rejection: null }
const NOT_SURE: Nothing = { kind: 'nothing', undealt: 'not-at-all', rejection: null }

async function lookAtPositions(request: DealRequest, doubted: Confirm | null, asker: Asker): Promise<StepResult> {
  const positions = await readPositions(asker)
  if (positions === undefined) return NOT_SURE
  const finding = findInPositions(request, positions, doubted)
  if (finding !== null) return { kind: 'accepted', finding }
  asker.noteNothing('position')
  return SURE
}

async function lookAtOrders(request: DealRequest, doubted: Confirm | null, asker: Asker): Promise<StepResult> {
  const orders = await readOrders(asker)
  if (orders === undefined) return NOT_SURE
  const finding = findInOrders(request, orders, doubted)
  if (finding !== null) return { kind: 'accepted', finding }
  asker.noteNothing('working-order')
  return SURE
}

async function lookAtWhatIsHeld(request: DealRequest, _doubted: Confirm | null, asker: Asker): Promise<StepResult> {
  const positions = await readPositions(asker)
  if (positions === undefined) return NOT_SURE
  asker.noteNothing('position')
  return { ...SURE, undealt: undealtByPositions(request, positions, asker.ports.register) }
}

async function lookAtWhatRests(request: DealRequest, _doubted: Confirm | null, asker: Asker): Promise<StepResult> {
  const orders = await readOrders(asker)
  if (orders === undefined) return NOT_SURE
  asker.noteNothing('working-order')
  return { ...SURE, undealt: undealtByOrders(request, orders) }
}

async function lookAtActivity(request: DealRequest, _doubted: Confirm | null, asker: Asker): Promise<StepResult> {
  const { ports } = asker
  const { register, clock } = ports
  const activity = await asker.read('activity', options => ports.activitySince(request.sentAtMs, options))
  if (activity === undefined) return NOT_SURE
  register.activity.note(activity, clock.nowMs())
  if (request.reference === null) {
    const row = findUnnamed(request, activity, register)
    const finding = row === null ? null : await proveUnnamed(request, row, asker)
    if (finding !== null) return { kind: 'accepted', finding }
  } else {
    const found = findInActivity(request.reference, activity)
    if (found?.kind === 'accepted') return found
    if (found?.kind === 'rejected') return { ...SURE, rejection: found.reason }
  }
  asker.noteNothing('activity')
  return SURE
}

/** The lists must agree with the row, and its confirm, where there still is one, must say accepted. */
async function proveUnnamed(request: DealRequest, row: Activity, asker: Asker): Promise<Finding | null> {
  const { ports } = asker
  if (!(await isBorneOut(request, row, asker))) return null
  const finding = findingOf(row)
  const { reference } = finding
  const confirm =
    reference === null
      ? null
      : (ports.inbox.find(reference) ??
        (await asker.read('confirm', options => ports.confirms.find(reference, options))) ??
        null)
  // Another search may have taken the row, or its reference become known as another's, while this one was reading.
  if (asker.isOver || findUnnamed(request, [row], ports.register) === null) return null
  const { outcome } = confirm ?? {}
  if (outcome?.kind === 'rejected' && !isDoubtful(outcome.reason)) return null
  ports.register.activity.claim(row, request)
  if (reference !== null) ports.register.noteName(request, reference)
  if (outcome?.kind !== 'accepted') return finding
  return { ...finding, confirm, level: outcome.level ?? finding.level, size: outcome.size ?? finding.size }
}

async function isBorneOut(request: DealRequest, row: Activity, asker: Asker): Promise<boolean> {
  if (request.kind === 'close' || request.kind === 'amend') {
    const positions = await readPositions(asker)
    return positions !== undefined && isBorneOutByPositions(request, row, positions, asker.ports.register)
  }
  const orders = await readOrders(asker)
  return orders !== undefined && isBorneOutByOrders(request, row, orders)
}

async function readPositions(asker: Asker): Promise<readonly Position[] | undefined> {
  const { clock, positions, register } = asker.ports
  const askedAtMs = clock.nowMs()
  const listed = await asker.read('position', options => positions.list(options))
  if (listed !== undefined) register.sizes.note(listed, { askedAtMs, heardAtMs: clock.nowMs() })
  return listed
}

function readOrders(asker: Asker): Promise<readonly WorkingOrder[] | undefined> {
  return asker.read('working-order', options => asker.ports.orders.list(options))
}
