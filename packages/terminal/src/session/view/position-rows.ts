import {
  type Deal,
  type DeskState,
  dealFigures,
  dealOf,
  freshness,
  type Holding,
  isPending,
  marketOf,
  type Profit,
  profitOf,
} from '@scalpdesk/desk'
import { type DealId, Decimal, type Quote } from '@scalpdesk/sdk'
import type { MoneyView, PositionView } from '../../screen/view.ts'
import { signed, withDecimals } from './figure-text.ts'
import { sameList } from './unless-same.ts'

/** Rows of what is held. A row whose figures have not changed stays the very same object, and the list with its rows. */
export function positionRows(): (state: DeskState, selected: DealId | null, nowMs: number) => readonly PositionView[] {
  let kept = new Map<DealId, Kept>()
  let rows: readonly PositionView[] = []
  return (state, selected, nowMs) => {
    if (state.holdings.size === 0 && rows.length === 0) return rows
    const closing = closingStates(state)
    const next = new Map<DealId, Kept>()
    for (const [dealId, holding] of state.holdings) {
      const quote = state.quotes.get(holding.epic)
      const isTrusted = freshness(state, quote, nowMs) === 'live'
      const sources: Sources = {
        holding,
        quote: isTrusted ? quote : undefined,
        isSelected: dealId === selected,
        state: closing.get(dealId) ?? 'open',
        decimals: marketOf(state, holding.epic)?.decimals ?? 0,
        risk: riskOf(state, dealId),
      }
      const before = kept.get(dealId)
      next.set(dealId, before && isSame(before.sources, sources) ? before : { sources, row: rowOf(sources) })
    }
    kept = next
    rows = sameList(
      rows,
      [...next.values()].map(({ row }) => row),
    )
    return rows
  }
}

interface Kept {
  readonly sources: Sources
  readonly row: PositionView
}

interface Sources {
  readonly holding: Holding
  /** Only one that may be believed. */
  readonly quote: Quote | undefined
  readonly isSelected: boolean
  readonly state: PositionView['state']
  readonly decimals: number
  readonly risk: Risked | null
}

function isSame(some: Sources, other: Sources): boolean {
  return (
    some.holding === other.holding &&
    some.quote === other.quote &&
    some.isSelected === other.isSelected &&
    some.state === other.state &&
    some.decimals === other.decimals &&
    some.risk === other.risk
  )
}

function rowOf({ holding, quote, isSelected, state, decimals, risk }: Sources): PositionView {
  const profit = quote ? profitOf(holding, quote) : null
  const level = (value: Decimal) => withDecimals(value, decimals)
  return {
    direction: holding.direction,
    size: holding.size.toFixed(),
    market: holding.marketName,
    epic: holding.epic,
    level: holding.level ? level(holding.level) : '?',
    stop: holding.stopLevel && level(holding.stopLevel),
    isTrailing: holding.trailingStop !== null,
    limit: holding.limitLevel && level(holding.limitLevel),
    isSelected,
    isForeign: holding.origin === 'elsewhere',
    r: risk && profit && inRisks(profit, risk),
    points: profit?.points ? signed(profit.points, 1, '') : null,
    profit: profit && signed(profit.money, 2, ` ${profit.currency}`),
    currency: holding.currency,
    state,
  }
}

/** What a deal risked at first, and what it brought already, in its own currency. */
interface Risked {
  readonly risk: Decimal
  readonly realised: Decimal
}

/** Prices change a deal of the day often, its risk and its parts seldom. */
const risks = new WeakMap<Deal['parts'], { readonly of: Deal; readonly risked: Risked | null }>()

function riskOf(state: DeskState, dealId: DealId): Risked | null {
  const deal = dealOf(state.day, dealId)
  if (!deal) return null
  const known = risks.get(deal.parts)
  if (known && known.of.firstStop === deal.firstStop && known.of.level === deal.level && known.of.left === deal.left)
    return known.risked
  const { risk } = dealFigures(state.day, deal, undefined, deal.openedAtMs)
  const realised = [...deal.earlierParts, ...deal.parts].reduce<Decimal | null>(
    (sum, { profit }) => sum && profit && sum.plus(profit),
    new Decimal(0),
  )
  const risked = risk && realised && { risk, realised }
  risks.set(deal.parts, { of: deal, risked })
  return risked
}

function inRisks({ money }: Profit, { risk, realised }: Risked): MoneyView {
  return signed(realised.plus(money).div(risk), 1, ' R')
}

function closingStates({ orders }: DeskState): ReadonlyMap<DealId, PositionView['state']> {
  let states: Map<DealId, PositionView['state']> | null = null
  for (const order of orders.values()) {
    if (order.purpose.kind !== 'close' || !isPending(order)) continue
    states ??= new Map()
    const isChecking = order.stage.kind === 'checking' || states.get(order.purpose.dealId) === 'checking'
    states.set(order.purpose.dealId, isChecking ? 'checking' : 'closing')
  }
  return states ?? NONE
}

const NONE: ReadonlyMap<DealId, PositionView['state']> = new Map()
