import {
  type Contract,
  type DeskState,
  exposure,
  freshness,
  type Holding,
  isPending,
  marketOf,
  type OrderTiming,
  type Preset,
  type PresetSize,
  profitOf,
  type SizeKey,
  type TrackedOrder,
} from '@scalpdesk/desk'
import { Decimal, type Market, type Quote } from '@scalpdesk/sdk'
import type { KeyAction } from '../keys/key-action.ts'
import { actionKeys } from '../keys/key-hints.ts'
import { type KeyContext, profileTable } from '../keys/key-table.ts'
import type { KeyHint, LatencyView, MoneyView, PositionView, QuoteView, ScreenView } from '../screen/view.ts'

/** What the session knows besides the desk. */
export interface ScreenSurroundings {
  readonly environment: ScreenView['environment']
  readonly account: string
  readonly hasBareCtrl: boolean
  readonly question: string | null
  readonly chart: QuoteView['chart']
  /** Something the keys have to say that is newer than the desk's last outcome. */
  readonly notice: string | null
  /** Wall time at monotonic zero (epoch milliseconds), as the clocks stand now. */
  readonly wallOffsetMs: number
}

/**
 * From what the desk knows to what the screen shows, once a frame; `nowMs` is monotonic. What has not changed stays the
 * very same object, so that only changes cross to the painting thread.
 */
export function screenViewer(): (state: DeskState, around: ScreenSurroundings, nowMs: number) => ScreenView {
  const market = unlessSame(({ name, epic }: Market) => ({ name, epic }))
  const preset = unlessSame(presetView)
  const positions = unlessSame((_holdings: DeskState['holdings']): readonly PositionView[] => [])
  const day = unlessSame(dayProfit)
  const outcome = unlessSame((text: string | null, last: DeskState['outcome']): ScreenView['outcome'] =>
    text === null ? last : { tone: 'info', text },
  )
  const latency = unlessSame(latencyView)
  const lines = new WeakMap<DeskState['news'][number], string>()
  let wallOffsetMs = 0
  // A line keeps the time at which it was first seen, even when the clock is set afterwards.
  const log = unlessSame((news: DeskState['news']) =>
    news.map(item => {
      const line = lines.get(item) ?? `${wallTime(item.atMs + wallOffsetMs)} ${item.text}`
      lines.set(item, line)
      return line
    }),
  )
  const keys = unlessSame(keyHints)
  return (state, around, nowMs) => {
    wallOffsetMs = around.wallOffsetMs
    const contract = shownContract(state)
    return {
      environment: around.environment,
      account: around.account,
      market: market(contract.market),
      quote: quoteView(state, contract.market, around.chart, nowMs),
      preset: preset(contract.chosen, contract.sizeKey),
      exposure: exposure(state),
      positions:
        state.holdings.size === 0
          ? positions(state.holdings)
          : [...state.holdings.values()].map(holding => positionView(state, holding, nowMs)),
      workingOrders: state.areOrdersListed ? state.resting.size : null,
      dayProfit: day(state.account, state.openingEquity, state.accountCurrency, state.stream.kind === 'live'),
      outcome: outcome(around.notice, state.outcome),
      latency: latency([...state.orders.values()].at(-1)),
      log: log(state.news),
      keys: keys(around.question === null ? 'trading' : 'question', around.hasBareCtrl),
      question: around.question,
    }
  }
}

/** What the hint bar calls the keys that this screen knows. */
const HINTS: Readonly<Partial<Record<KeyAction, string>>> = {
  buy: 'buy',
  sell: 'sell',
  flatten: 'close everything',
  quit: 'quit',
  yes: 'yes',
  no: 'no',
}

/** The keys of the hint bar. */
export function keyHints(context: KeyContext, hasBareCtrl: boolean): readonly KeyHint[] {
  return actionKeys(profileTable('scalper'), context, hasBareCtrl).flatMap(({ action, kind, chords }) => {
    const label = HINTS[action]
    return label === undefined ? [] : [{ chord: chords.join(' / '), label, kind }]
  })
}

/** Remembers the last answer, and gives it again while the arguments are the very same. */
function unlessSame<Inputs extends readonly unknown[], Answer>(
  make: (...inputs: Inputs) => Answer,
): (...inputs: Inputs) => Answer {
  let last: { inputs: Inputs; answer: Answer } | null = null
  return (...inputs) => {
    if (!last || inputs.some((input, index) => input !== last?.inputs[index]))
      last = { inputs, answer: make(...inputs) }
    return last.answer
  }
}

/** A size from risk is what is risked: what it comes to changes with the price and the equity. */
function sizeText(size: PresetSize | undefined): string {
  if (!size) return '?'
  if (size.kind === 'fixed') return size.size.toFixed()
  return size.risk.kind === 'money' ? `risk ${size.risk.amount.toFixed()}` : `risk ${size.risk.percent.toFixed()} %`
}

/** The screen shows one market: the first. */
function shownContract({ contracts }: DeskState): Contract {
  const [first] = contracts.values()
  if (!first) throw new Error('expected a market to show, but the desk has none; start it with one')
  return first
}

function presetView({ sizes, stop, limitPoints }: Preset, key: SizeKey): ScreenView['preset'] {
  return {
    size: sizeText(sizes[key]),
    stop: stop ? `${stop.distancePoints.toFixed()} points` : null,
    limit: limitPoints ? `${limitPoints.toFixed()} points` : null,
  }
}

function quoteView(state: DeskState, market: Market, chart: QuoteView['chart'], nowMs: number): QuoteView {
  const quote = state.quotes.get(market.epic)
  const seen = freshness(state, quote, nowMs)
  return {
    freshness: seen,
    bid: priceText(quote, quote?.bidUnits),
    offer: priceText(quote, quote?.offerUnits),
    spread: seen === 'crossed' || seen === 'none' ? null : spreadPoints(quote, market.pointsPerUnit),
    ageMs: quote ? Math.max(0, nowMs - quote.receivedAtMs) : null,
    brokerTime: quote?.brokerTimeMs ? new Date(quote.brokerTimeMs).toISOString().slice(11, 19) : null,
    chart,
  }
}

/** Digits without a Decimal: units of 10^-decimals, written out. */
function priceText(quote: Quote | undefined, units: number | null | undefined): string | null {
  if (!quote || units === null || units === undefined) return null
  return unitsText(units, quote.decimals)
}

function unitsText(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return units < 0 ? `-${text}` : text
}

function spreadPoints(quote: Quote | undefined, pointsPerUnit: number): string | null {
  if (!quote || quote.bidUnits === null || quote.offerUnits === null) return null
  const units = quote.offerUnits - quote.bidUnits
  return withDecimals(new Decimal(units).times(pointsPerUnit).div(new Decimal(10).pow(quote.decimals)), 1)
}

function positionView(state: DeskState, holding: Holding, nowMs: number): PositionView {
  const quote = state.quotes.get(holding.epic)
  const isTrusted = freshness(state, quote, nowMs) === 'live'
  const profit = isTrusted ? profitOf(holding, quote) : null
  const decimals = marketOf(state, holding.epic)?.decimals ?? 0
  const level = (value: Decimal) => withDecimals(value, decimals)
  return {
    direction: holding.direction,
    size: holding.size.toFixed(),
    market: holding.marketName,
    level: holding.level ? level(holding.level) : '?',
    stop: holding.stopLevel && level(holding.stopLevel),
    limit: holding.limitLevel && level(holding.limitLevel),
    points: profit?.points ? signed(profit.points, 1, '') : null,
    profit: profit && signed(profit.money, 2, ` ${profit.currency}`),
    state: positionState(state, holding),
  }
}

function positionState(state: DeskState, holding: Holding): PositionView['state'] {
  const closes = [...state.orders.values()].filter(
    order => isPending(order) && order.purpose.kind === 'close' && order.purpose.dealId === holding.dealId,
  )
  if (closes.some(order => order.stage.kind === 'checking')) return 'checking'
  return closes.length > 0 ? 'closing' : 'open'
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

function signed(value: Decimal, decimals: number, unit: string): MoneyView {
  const rounded = value.toDecimalPlaces(decimals)
  const tone = rounded.isZero() ? 'even' : rounded.gt(0) ? 'up' : 'down'
  const sign = tone === 'up' ? '+' : tone === 'even' ? '' : '-'
  return { text: `${sign}${rounded.abs().toFixed(decimals)}${unit}`, tone }
}

/** At least so many decimals, and every one that the figure has: nothing is rounded away. */
const withDecimals = (figure: Decimal, least: number): string => figure.toFixed(Math.max(least, figure.decimalPlaces()))

function latencyView(order: TrackedOrder | undefined): LatencyView | null {
  if (!order) return null
  const { pressedAtMs, wireAtMs, acknowledgedAtMs, confirmedAtMs }: OrderTiming = order.timing
  // A confirm that overtakes the acknowledgement has no part of its own to show.
  const part = (from: number | null, to: number | null) =>
    from === null || to === null || to < from ? null : to - from
  return {
    keyToWireMs: part(pressedAtMs, wireAtMs),
    wireToAcknowledgedMs: part(wireAtMs, acknowledgedAtMs),
    acknowledgedToConfirmedMs: part(acknowledgedAtMs, confirmedAtMs),
  }
}

const wallTime = (epochMs: number): string => {
  const date = new Date(epochMs)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0')).join(':')
}
