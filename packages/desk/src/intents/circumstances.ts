import { Decimal, type Epic } from '@scalpdesk/sdk'
import { pricedQuote } from '../book/quotes.ts'
import { isWithin } from '../book/scope.ts'
import { openProfit } from '../day/open-profit.ts'
import type { DeskState } from '../desk-state.ts'
import type { Circumstances } from '../guard/approved.ts'
import type { Known, PendingOrder } from '../guard/question.ts'
import { isPending, isUnknown, type TrackedOrder } from '../orders/order.ts'

/** What the guard judges an order of a market by: everything that the desk knows now. */
export function circumstancesOf(
  state: DeskState,
  epic: Epic,
  atMs: number,
  pressedAtMs: number,
  presetProblems: Known['presetProblems'] = [],
): Circumstances {
  const last = state.quotes.get(epic)
  const quote = last ? pricedQuote(last) : null
  return {
    known: {
      isArmed: state.isArmed,
      isBookKnown: state.book.agreedAt !== null,
      isFlattening: state.flattens.some(({ scope }) => isWithin(scope, { epic })),
      terms: state.contracts.get(epic)?.terms ?? null,
      quote,
      // The desk knows by the time at which prices began anew what is of a session that is over.
      health: {
        status: state.stream,
        session: quote?.session ?? 0,
        heartbeatAtMs: state.heartbeat?.receivedAtMs ?? null,
      },
      pricesSinceMs: state.pricesSinceMs,
      positions: [...state.holdings.values()],
      workingOrders: state.areOrdersListed ? [...state.resting.values()] : null,
      pending: pendingIn(state),
      openProfit: openProfit(state.day, state.quotes).account,
      availableMargin: state.account?.available ?? null,
      accountCurrency: state.accountCurrency,
      presetProblems,
    },
    memory: state.memory,
    now: { atMs, brokerMs: state.brokerMs },
    pressedAtMs,
  }
}

/** With what may have been dealt although no list shows it yet. */
function pendingIn({ orders, unlisted }: DeskState): readonly PendingOrder[] {
  const pending = [...orders.values()].filter(order => isPending(order) || isUnknown(order)).map(pendingOf)
  for (const { epic, size } of unlisted.values())
    if (epic) pending.push({ epic, purpose: 'place', stage: 'checking', size: size ?? NOTHING })
  return pending
}

function pendingOf({ purpose, stage }: TrackedOrder): PendingOrder {
  const { kind, epic } = purpose
  const isOver = stage.kind === 'checking' || stage.kind === 'unresolved'
  return { epic, purpose: kind, stage: isOver ? stage.kind : 'in-flight', size: sizeOf(purpose) }
}

const NOTHING = new Decimal(0)

function sizeOf(purpose: TrackedOrder['purpose']): Decimal {
  return 'size' in purpose ? purpose.size : NOTHING
}
