import { type DealId, Decimal } from '@scalpdesk/sdk'
import { afterFact, type Day, dealOf, emptyDay } from '../day/day.ts'
import type { Deal } from '../day/deal.ts'
import type { DayFact } from '../day/fact.ts'
import { isUntold, untoldName } from '../day/untold.ts'
import { type DeskState, marketOf } from '../desk-state.ts'
import { learn, learnResult } from '../learning.ts'
import { isPending, isRefused } from '../orders/order.ts'
import { type Turn, update, wallMs } from '../turn.ts'
import { recordAppeared } from './appearing.ts'
import { dealtBy } from './brokers-time.ts'
import type { Holding } from './holding.ts'

/** The day's book before anything happened, with the rates that its markets tell. */
export function dayOf({ contracts, accountCurrency }: Pick<DeskState, 'contracts' | 'accountCurrency'>): Day {
  let day = emptyDay(accountCurrency)
  for (const { terms } of contracts.values()) {
    const { currency, currencyPerBase: perBase } = terms
    day = afterFact(day, { kind: 'rate', currency, perBase, atMs: 0 })
  }
  return day
}

export function tellDay(turn: Turn, fact: DayFact): void {
  const day = afterFact(turn.state.day, fact)
  if (day !== turn.state.day) update(turn, { day })
}

/** Tells the day's book, after each event, which positions are new, changed, smaller or gone. What our closes brought is told by them. */
export function keepDay(turn: Turn, before: DeskState['holdings']): void {
  const { holdings } = turn.state
  if (holdings !== before)
    for (const [dealId, holding] of holdings) {
      if (before.get(dealId) === holding) continue
      tellHolding(turn, holding)
      if (!before.has(dealId) && isOfRestingOrder(turn.state, holding)) recordAppeared(turn, holding)
    }
  forgetExplained(turn)
  // What an earlier run left open is not gone because no list has shown it yet.
  if (turn.state.book.agreedAt === null) return
  for (const deal of turn.state.day.open) {
    const holding = holdings.get(deal.dealId)
    if (turn.state.unlisted.has(deal.dealId)) continue
    // What our closes have not explained by now, they never will.
    if (!holding && !isBeingReduced(turn.state, deal.dealId)) tellGone(turn, deal)
    else if (holding?.seen.kind === 'listed' && holding.size.lt(deal.left) && !isBeingReduced(turn.state, deal.dealId))
      tellSmaller(turn, deal, holding)
  }
}

export function tellHolding(turn: Turn, holding: Holding): void {
  const { state, atMs } = turn
  const { dealId, reference, epic, direction, size, level, currency, contractSize, pointsPerUnit, stopLevel } = holding
  const price = state.quotes.get(epic) ?? null
  const decimals = price?.decimals ?? marketOf(state, epic)?.decimals ?? 0
  const { openedWallMs, seen } = holding
  const heldBeforeMs =
    seen.kind === 'confirmed' ? 0 : openedWallMs === null ? null : Math.max(0, wallMs(turn) - openedWallMs)
  const held = { dealId, reference, epic, direction, size, level, currency, contractSize, pointsPerUnit }
  const before = dealOf(state.day, dealId)
  tellDay(turn, { kind: 'opened', ...held, decimals, stop: stopLevel, price, heldBeforeMs, atMs })
  // More of it is there than was told: nothing else in the journal says so.
  if (before && dealOf(turn.state.day, dealId)?.left.gt(before.left)) recordAppeared(turn, holding)
  tellDay(turn, { kind: 'stop', dealId, stop: stopLevel, atMs })
}

/** By its stop, its limit or somebody else: nobody tells what it brought. */
function tellGone(turn: Turn, deal: Deal): void {
  tellMissing(turn, deal, NOTHING)
}

function tellSmaller(turn: Turn, deal: Deal, { size }: Holding): void {
  tellMissing(turn, deal, size)
}

function tellMissing(turn: Turn, deal: Deal, stays: Decimal): void {
  const { dealId, epic } = deal
  const id = untoldName(deal, stays)
  tellDay(turn, { ...unexplained(turn, deal), id, size: deal.left.minus(stays) })
  learnResult(turn, { id, dealId, epic, profit: null, currency: null, isWhole: stays.isZero() })
}

/**
 * A close that was told after all, or a position that the broker shows again, explains what nobody had told of: the guard,
 * which knows it by its own name, must not wait for its result for ever, nor count it beside the one that was told.
 */
function forgetExplained(turn: Turn): void {
  for (const { id, dealId, profit } of turn.state.memory.results) {
    if (profit !== null || !isUntold(id, dealId)) continue
    const deal = dealOf(turn.state.day, dealId)
    if (!deal || deal.parts.some(part => part.id === id)) continue
    learn(turn, { kind: 'deal-closed', id, dealId, profit: NOTHING, isWhole: false })
  }
}

const NOTHING = new Decimal(0)

function unexplained(turn: Turn, { dealId, epic, direction }: Deal) {
  const told = { level: null, profit: null, profitCurrency: null, by: 'book', dealt: dealtBy(turn, null) } as const
  return { kind: 'reduced', dealId, epic, direction, ...told, atMs: turn.atMs } as const
}

/** No other record tells of it: a working order is done once it rests. */
function isOfRestingOrder({ orders }: DeskState, { reference }: Holding): boolean {
  if (reference === null) return false
  return [...orders.values()].some(
    order => order.purpose.kind === 'place' && order.reference === reference && !isRefused(order),
  )
}

/** A close of ours will explain it, unless it is given up. */
function isBeingReduced({ orders }: DeskState, dealId: DealId): boolean {
  return [...orders.values()].some(
    order => order.purpose.kind === 'close' && order.purpose.dealId === dealId && isPending(order),
  )
}
