import { type Day, type Deal, type DeskState, dayTotals, dealFigures, dealsOf, marketOf } from '@scalpdesk/desk'
import { type DealId, Decimal } from '@scalpdesk/sdk'
import type { DayTotalsView, DealView, MoneyView } from '../../screen/view.ts'
import { signed, spanText, wallTime, withDecimals } from './figure-text.ts'
import { sameList } from './unless-same.ts'

/** More than any pane has rows for: our choice. */
const MOST_ROWS = 200

/**
 * Rows of the day's deals, the newest first. What is open changes with every price, and its row does not: its figures are
 * those of what was closed of it.
 */
export function dealRows(): (state: DeskState, wallOffsetMs: number) => readonly DealView[] {
  let kept = new Map<DealId, { readonly deal: Deal; readonly row: DealView }>()
  let rows: readonly DealView[] = []
  let day: Day | null = null
  return (state, wallOffsetMs) => {
    if (state.day === day) return rows
    day = state.day
    const deals = dealsOf(day)
      .toSorted((one, other) => other.openedAtMs - one.openedAtMs)
      .slice(0, MOST_ROWS)
    const next: typeof kept = new Map()
    for (const deal of deals) {
      const before = kept.get(deal.dealId)
      const isSame = before !== undefined && isSameTold(before.deal, deal)
      next.set(deal.dealId, isSame ? before : { deal, row: rowOf(state, deal, before?.row.time, wallOffsetMs) })
    }
    kept = next
    rows = sameList(
      rows,
      [...next.values()].map(({ row }) => row),
    )
    return rows
  }
}

/** Whatever a row tells of a deal; how far prices went is not among it. */
function isSameTold(some: Deal, other: Deal): boolean {
  return (
    some.parts === other.parts &&
    some.left === other.left &&
    some.size === other.size &&
    some.level === other.level &&
    some.firstStop === other.firstStop &&
    some.currency === other.currency &&
    some.endedAtMs === other.endedAtMs
  )
}

/** @param time of the row before: it stays when the machine's clock is set */
function rowOf(state: DeskState, deal: Deal, time: string | undefined, wallOffsetMs: number): DealView {
  const { direction, size, epic, level, currency, left, parts, earlierParts, openedAtMs, endedAtMs } = deal
  const market = marketOf(state, epic)
  const name = market?.name ?? state.holdings.get(deal.dealId)?.marketName ?? epic
  const figures = dealFigures(state.day, deal, undefined, endedAtMs ?? openedAtMs)
  const hasEnded = left.isZero()
  const brought = hasEnded ? figures.result : figures.realised
  const isPart = parts.length + earlierParts.length > 0
  return {
    time: time ?? wallTime(openedAtMs + wallOffsetMs),
    direction,
    size: size.toFixed(),
    market: name,
    level: level ? withDecimals(level, market?.decimals ?? 0) : '?',
    state: hasEnded ? 'closed' : isPart ? 'part' : 'open',
    profit: brought && (hasEnded || isPart) ? signed(brought, 2, currency === null ? '' : ` ${currency}`) : null,
    r: hasEnded && figures.r ? signed(figures.r, 1, ' R') : null,
    held: hasEnded && figures.heldMs !== null ? spanText(figures.heldMs) : null,
  }
}

/** The figures under them, worked out anew when a deal came or ended, a part was closed, or something was booked. */
export function totalsViewer(): (state: DeskState) => DayTotalsView {
  let last: { readonly day: Day; readonly view: DayTotalsView } | null = null
  return ({ day, accountCurrency }) => {
    if (last?.day === day) return last.view
    last = { day, view: last && isSameTotals(last.day, day) ? last.view : totalsView(day, accountCurrency) }
    return last.view
  }
}

function isSameTotals(some: Day, other: Day): boolean {
  return (
    some.ended === other.ended &&
    some.charges === other.charges &&
    some.open.length === other.open.length &&
    some.open.every((deal, index) => deal.parts === other.open[index]?.parts)
  )
}

function totalsView(day: Day, currency: string): DayTotalsView {
  const totals = dayTotals(day)
  const results = day.ended.map(deal => dealFigures(day, deal, undefined, 0).result)
  return {
    deals: day.ended.length + day.open.length,
    won: results.filter(result => result?.gt(0)).length,
    lost: results.filter(result => result?.lt(0)).length,
    realised: money(totals.realised, currency),
    charges: money(totals.charges, currency),
  }
}

const money = (amount: Decimal | null, currency: string): MoneyView | null =>
  amount && signed(new Decimal(amount), 2, ` ${currency}`)
