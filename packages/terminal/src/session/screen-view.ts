import { type Contract, type DeskState, exposure } from '@scalpdesk/desk'
import type { AllowanceView, DealId, Epic, Market } from '@scalpdesk/sdk'
import type { MoneyView, ScreenView } from '../screen/view.ts'
import type { PriceRange } from './price-ranges.ts'
import type { SessionWords } from './session-words.ts'
import { dealRows, totalsViewer } from './view/deal-rows.ts'
import { signed, wallTime } from './view/figure-text.ts'
import { guardLines } from './view/guard-lines.ts'
import { latenciesView, latencyView } from './view/latency-views.ts'
import { marketTabs } from './view/market-tabs.ts'
import { type OrderSources, orderRows } from './view/order-rows.ts'
import { positionRows } from './view/position-rows.ts'
import { presetView } from './view/preset-view.ts'
import { quoteView } from './view/quote-view.ts'
import { againCounter } from './view/said-again.ts'
import { toldView } from './view/told-view.ts'
import { seldom, unlessSame } from './view/unless-same.ts'

/** What the session knows besides the desk. */
export interface ScreenSurroundings {
  readonly environment: ScreenView['environment']
  readonly account: string
  readonly appearance: ScreenView['appearance']
  readonly words: SessionWords
  /** The market that the keys trade. */
  readonly chosen: Epic
  /** The position or working order that one-position keys act on. */
  readonly selected: DealId | null
  readonly arming: ScreenView['arming']
  readonly feeds: ScreenView['feeds']
  readonly depth: ScreenView['depth']
  readonly range: PriceRange | null
  readonly allowances: () => AllowanceView
  readonly keys: ScreenView['keys']
  readonly keyboard: string
  readonly question: ScreenView['question']
  readonly overlay: ScreenView['overlay']
  /** Something the session has to say that is newer than the desk's last outcome; each saying an object of its own. */
  readonly notice: { readonly text: string } | null
  /** Wall time at monotonic zero (epoch milliseconds), as the clocks stand now. */
  readonly wallOffsetMs: number
}

export type ScreenViewer = (state: DeskState, around: ScreenSurroundings, nowMs: number) => ScreenView

/**
 * From what the desk knows to what the screen shows, once a frame; `nowMs` is monotonic. What has not changed stays the
 * very same object, so that only changes cross to the painting thread.
 */
export function screenViewer(): ScreenViewer {
  const market = unlessSame(({ name, epic }: Market) => ({ name, epic }))
  const preset = unlessSame((chosen: Contract['chosen'], sizeKey: Contract['sizeKey']) =>
    presetView({ chosen, sizeKey }),
  )
  const tabs = marketTabs()
  const positions = positionRows()
  const orders = unlessSame((state: OrderSources, selected: DealId | null) => orderRows(state, selected))
  const orderSources = unlessSame(
    (resting: DeskState['resting'], sent: DeskState['orders'], contracts: DeskState['contracts']): OrderSources => ({
      resting,
      orders: sent,
      contracts,
    }),
  )
  const deals = dealRows()
  const totals = totalsViewer()
  const guard = guardViewer()
  const day = unlessSame(dayProfit)
  const again = againCounter()
  const latency = unlessSame(latencyView)
  const latencies = seldom(LATENCIES_EVERY_MS, latenciesView)
  const lines = new WeakMap<DeskState['news'][number], string>()
  let wallOffsetMs = 0
  // A line keeps the time at which it was first seen, even when the clock is set afterwards.
  const log = unlessSame((news: DeskState['news'], say: SessionWords['desk']) =>
    news.map(item => {
      const line = lines.get(item) ?? `${wallTime(item.atMs + wallOffsetMs)} ${say(item.message)}`
      lines.set(item, line)
      return line
    }),
  )
  const told = unlessSame((news: DeskState['news']) => news.map(({ message }) => toldView(message)))
  return (state, around, nowMs) => {
    wallOffsetMs = around.wallOffsetMs
    const contract = chosenContract(state, around.chosen)
    return {
      environment: around.environment,
      account: around.account,
      appearance: around.appearance,
      market: market(contract.market),
      markets: tabs(state, contract.market.epic, nowMs),
      quote: quoteView(state, contract.market, around.range, nowMs),
      feeds: around.feeds,
      depth: around.depth,
      preset: preset(contract.chosen, contract.sizeKey),
      arming: around.arming,
      mode: state.mode,
      exposure: exposure(state),
      positions: positions(state, around.selected, nowMs),
      workingOrders: state.areOrdersListed ? state.resting.size : null,
      orders: orders(orderSources(state.resting, state.orders, state.contracts), around.selected),
      deals: deals(state, wallOffsetMs),
      dayTotals: totals(state),
      guard: guard(state, contract.market.epic, around, nowMs),
      dayProfit: day(state.account, state.openingEquity, state.accountCurrency, state.stream.kind === 'live'),
      outcome: again(around.notice ?? state.outcome, outcomeOf(around, state.outcome)),
      latency: latency([...state.orders.values()].at(-1)),
      latencies: latencies(nowMs, state.latency),
      log: log(state.news, around.words.desk),
      told: told(state.news),
      keys: around.keys,
      keyboard: around.keyboard,
      question: around.question,
      overlay: around.overlay,
    }
  }
}

/** Percentiles of a whole day take milliseconds to work out, and nobody reads them faster: our choice. */
const LATENCIES_EVERY_MS = 1_000
/** As often as anybody reads how much of a limit is used: our choice. */
const GUARD_EVERY_MS = 250

/** @throws when the desk has no market at all */
export function chosenContract({ contracts }: Pick<DeskState, 'contracts'>, chosen: Epic): Contract {
  const [first] = contracts.values()
  const contract = contracts.get(chosen) ?? first
  if (!contract) throw new Error('expected a market to show, but the desk has none; start it with one')
  return contract
}

/** A line that says the same as before stays the same object. */
function guardViewer() {
  let last: { readonly atMs: number; readonly chosen: Epic; readonly lines: ScreenView['guard'] } | null = null
  return (state: DeskState, chosen: Epic, { allowances, words }: ScreenSurroundings, nowMs: number) => {
    if (last && last.chosen === chosen && nowMs - last.atMs < GUARD_EVERY_MS) return last.lines
    const fresh = guardLines(state, chosen, allowances(), nowMs, words)
    const isSame = last !== null && JSON.stringify(last.lines) === JSON.stringify(fresh)
    last = { atMs: nowMs, chosen, lines: isSame && last ? last.lines : fresh }
    return last.lines
  }
}

function outcomeOf({ notice, words }: ScreenSurroundings, last: DeskState['outcome']): ScreenView['outcome'] {
  return notice === null ? { tone: last.tone, text: words.desk(last.message) } : { tone: 'info', text: notice.text }
}

function dayProfit(
  account: DeskState['account'],
  openingEquity: DeskState['openingEquity'],
  currency: string,
  isHeard: boolean,
): MoneyView | null {
  // Without the stream the figure is of some time ago: better none.
  if (!isHeard || !account?.equity || !openingEquity) return null
  return signed(account.equity.minus(openingEquity), 2, ` ${currency}`)
}
