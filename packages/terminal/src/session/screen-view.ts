import {
  type DeskState,
  exposure,
  freshness,
  type Holding,
  isPending,
  type OrderTiming,
  profitOf,
  type TrackedOrder,
} from '@scalpdesk/desk'
import { Decimal, type Quote } from '@scalpdesk/sdk'
import { keyHints } from '../keys/key-table.ts'
import type { LatencyView, MoneyView, PositionView, QuoteView, ScreenView } from '../screen/view.ts'

/** What the session knows besides the desk. */
export interface ScreenSurroundings {
  readonly environment: ScreenView['environment']
  readonly account: string
  readonly hasBareCtrl: boolean
  readonly question: string | null
  readonly chart: QuoteView['chart']
  /** Something the keys have to say that is newer than the desk's last outcome. */
  readonly notice: string | null
  readonly wallOffsetMs: number
}

/** From what the desk knows to what the screen shows; pure, called once a frame. `nowMs` is monotonic. */
export function screenView(state: DeskState, around: ScreenSurroundings, nowMs: number): ScreenView {
  const { preset } = state
  return {
    environment: around.environment,
    account: around.account,
    market: { name: preset.market.name, epic: preset.market.epic },
    quote: quoteView(state, around.chart, nowMs),
    preset: {
      size: preset.size.toFixed(),
      stop: preset.stopPoints ? `${preset.stopPoints.toFixed()} points` : null,
      limit: preset.limitPoints ? `${preset.limitPoints.toFixed()} points` : null,
    },
    exposure: exposure(state),
    positions: [...state.holdings.values()].map(holding => positionView(state, holding, nowMs)),
    workingOrders: state.workingOrders?.length ?? null,
    dayProfit: dayProfit(state),
    outcome: around.notice === null ? state.outcome : { tone: 'info', text: around.notice },
    latency: latencyView([...state.orders.values()].at(-1)),
    log: state.news.map(({ atMs, text }) => `${wallTime(atMs + around.wallOffsetMs)} ${text}`),
    keys: keyHints(around.question === null ? 'trading' : 'question', around.hasBareCtrl),
    question: around.question,
  }
}

function quoteView(state: DeskState, chart: QuoteView['chart'], nowMs: number): QuoteView {
  const { market } = state.preset
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
  return new Decimal(units).times(pointsPerUnit).div(new Decimal(10).pow(quote.decimals)).toFixed(1)
}

function positionView(state: DeskState, holding: Holding, nowMs: number): PositionView {
  const quote = state.quotes.get(holding.epic)
  const isTrusted = freshness(state, quote, nowMs) === 'live'
  const profit = isTrusted ? profitOf(holding, quote) : null
  const decimals = holding.epic === state.preset.market.epic ? state.preset.market.decimals : undefined
  const level = (value: Decimal) => (decimals === undefined ? value.toFixed() : value.toFixed(decimals))
  return {
    direction: holding.direction,
    size: holding.size.toFixed(),
    market: holding.marketName,
    level: level(holding.level),
    stop: holding.stopLevel && level(holding.stopLevel),
    limit: holding.limitLevel && level(holding.limitLevel),
    points: profit && signed(profit.points, 1, ''),
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

function dayProfit(state: DeskState): MoneyView | null {
  const { account, openingEquity, accountCurrency } = state
  if (!account?.equity || !openingEquity) return null
  return signed(account.equity.minus(openingEquity), 2, ` ${accountCurrency}`)
}

function signed(value: Decimal, decimals: number, unit: string): MoneyView {
  const rounded = value.toDecimalPlaces(decimals)
  const tone = rounded.isZero() ? 'even' : rounded.gt(0) ? 'up' : 'down'
  const sign = tone === 'up' ? '+' : tone === 'even' ? '' : '-'
  return { text: `${sign}${rounded.abs().toFixed(decimals)}${unit}`, tone }
}

function latencyView(order: TrackedOrder | undefined): LatencyView | null {
  if (!order) return null
  const { pressedAtMs, wireAtMs, acknowledgedAtMs, confirmedAtMs }: OrderTiming = order.timing
  const part = (from: number | null, to: number | null) => (from === null || to === null ? null : to - from)
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
