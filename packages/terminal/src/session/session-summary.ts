import { type DeskState, dayTotals, dealFigures, latencyReport, leavesExposure } from '@scalpdesk/desk'
import type { Decimal } from '@scalpdesk/sdk'
import type { Texts } from '../texts/texts.ts'
import type { SignalCounts } from './outcome-signals.ts'
import { signed } from './view/figure-text.ts'

/**
 * What the session brought, for the shell it returns to; one line each. Deals and latencies are those of the account's day, what
 * was denied and rejected is of this session.
 */
export function sessionSummary(
  state: DeskState,
  counts: SignalCounts,
  { session: { summary }, sides }: Texts,
): readonly string[] {
  const { day, accountCurrency: currency, latency } = state
  const results = day.ended.map(deal => {
    const { result } = dealFigures(day, deal, undefined, 0)
    const name = state.contracts.get(deal.epic)?.market.name ?? deal.epic
    return { result, words: `${sides[deal.direction]} ${deal.size.toFixed()} ${name}`, currency: deal.currency ?? '' }
  })
  const known = results.filter(isKnown).toSorted((one, other) => one.result.comparedTo(other.result))
  const won = known.filter(({ result }) => result.gt(0)).length
  const lost = known.filter(({ result }) => result.lt(0)).length
  const totals = dayTotals(day)
  const money = (amount: Decimal | null) => (amount ? signed(amount, 2, ` ${currency}`).text : '?')
  const [worst, best] = [known[0], known.at(-1)]
  const told = (deal: KnownResult) => `${deal.words} ${signed(deal.result, 2, ` ${deal.currency}`).text}`
  const report = latencyReport(latency)
  const confirmed = report.untilStep.confirmed
  const deals = day.ended.length + day.open.length
  return [
    summary.head(`${summary.deals(deals)}, ${summary.won(won)}, ${summary.lost(lost)}`),
    `  ${summary.money(money(totals.realised), money(totals.charges))}`,
    ...(best && worst && known.length > 1 ? [`  ${summary.best(told(best))}`, `  ${summary.worst(told(worst))}`] : []),
    `  ${summary.denied(counts.denied)}, ${summary.rejected(counts.rejected)}`,
    ...(confirmed.p50Ms === null || confirmed.p95Ms === null
      ? []
      : [`  ${summary.latency(whole(confirmed.p50Ms), whole(confirmed.p95Ms))}`]),
    `  ${openWords(state, summary)}`,
  ]
}

interface KnownResult {
  readonly result: Decimal
  readonly words: string
  readonly currency: string
}

const isKnown = (deal: Omit<KnownResult, 'result'> & { readonly result: Decimal | null }): deal is KnownResult =>
  deal.result !== null

const whole = (ms: number): string => String(Math.round(ms))

function openWords(state: DeskState, summary: Texts['session']['summary']): string {
  const { size } = state.holdings
  if (size > 0) return summary.stillOpen(size)
  return leavesExposure(state) ? summary.openUnknown : summary.nothingOpen
}
