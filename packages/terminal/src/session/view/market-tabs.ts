import { type Contract, type DeskState, type Freshness, freshness, type Holding, profitOf } from '@scalpdesk/desk'
import { Decimal, type Epic, type Quote } from '@scalpdesk/sdk'
import type { MarketTab, MoneyView } from '../../screen/view.ts'
import { priceText, signed, spreadPoints } from './figure-text.ts'
import { sameList } from './unless-same.ts'

/** Prices of tabs follow ten times a second: our choice, nobody trades on a tab. What else it says follows at once. */
const PRICE_EVERY_MS = 100

/** A tab of each market. One that has not changed stays the very same object, and the list with its tabs. */
export function marketTabs(): (state: DeskState, chosen: Epic, nowMs: number) => readonly MarketTab[] {
  const kept = new Map<Epic, { readonly sources: Sources; readonly tab: MarketTab; readonly atMs: number }>()
  let held: { readonly of: DeskState['holdings']; readonly byMarket: ReadonlyMap<Epic, readonly Holding[]> } | null =
    null
  let tabs: readonly MarketTab[] = []
  return (state, chosen, nowMs) => {
    if (held?.of !== state.holdings)
      held = { of: state.holdings, byMarket: Map.groupBy(state.holdings.values(), ({ epic }) => epic) }
    const next: MarketTab[] = []
    for (const [epic, contract] of state.contracts) {
      const quote = state.quotes.get(epic)
      const sources: Sources = {
        market: contract.market,
        quote,
        seen: freshness(state, quote, nowMs),
        holdings: held.byMarket.get(epic) ?? NONE,
        isChosen: epic === chosen,
      }
      const before = kept.get(epic)
      const same = before && isSame(before.sources, sources, nowMs - before.atMs < PRICE_EVERY_MS) ? before.tab : null
      const tab = same ?? tabOf(sources)
      if (tab !== before?.tab) kept.set(epic, { sources, tab, atMs: nowMs })
      next.push(tab)
    }
    tabs = sameList(tabs, next)
    return tabs
  }
}

const NONE: readonly Holding[] = []

interface Sources {
  readonly market: Contract['market']
  readonly quote: Quote | undefined
  readonly seen: Freshness
  readonly holdings: readonly Holding[]
  readonly isChosen: boolean
}

function isSame(some: Sources, other: Sources, isPriceYoung: boolean): boolean {
  return (
    (some.quote === other.quote || isPriceYoung) &&
    some.seen === other.seen &&
    some.holdings === other.holdings &&
    some.isChosen === other.isChosen &&
    some.market === other.market
  )
}

function tabOf({ market, quote, seen, holdings, isChosen }: Sources): MarketTab {
  return {
    name: market.name,
    epic: market.epic,
    freshness: seen,
    bid: priceText(quote, quote?.bidUnits),
    offer: priceText(quote, quote?.offerUnits),
    spread: seen === 'crossed' || seen === 'none' ? null : spreadPoints(quote, market.pointsPerUnit),
    held: heldText(holdings),
    profit: seen === 'live' ? profitText(holdings, quote) : null,
    isChosen,
  }
}

/** `+2`, or `+2 -1` where both sides are held. */
function heldText(holdings: readonly Holding[]): string | null {
  if (holdings.length === 0) return null
  return (['BUY', 'SELL'] as const)
    .map(side => holdings.filter(({ direction }) => direction === side))
    .flatMap((same, index) => (same.length > 0 ? `${index === 0 ? '+' : '-'}${sizeOf(same)}` : []))
    .join(' ')
}

const sizeOf = (holdings: readonly Holding[]): string =>
  holdings.reduce((sum, { size }) => sum.plus(size), new Decimal(0)).toFixed()

/** Null where one of them has no result, or they are in several currencies. */
function profitText(holdings: readonly Holding[], quote: Quote | undefined): MoneyView | null {
  let sum = new Decimal(0)
  let currency: string | null = null
  for (const holding of holdings) {
    const profit = profitOf(holding, quote)
    if (!profit || (currency !== null && profit.currency !== currency)) return null
    currency = profit.currency
    sum = sum.plus(profit.money)
  }
  return currency === null ? null : signed(sum, 2, ` ${currency}`)
}
