import { type Direction, dealReference, type Epic, freshness, type OpenOrder, type Quote } from '@scalpdesk/sdk'
import { ageAtArrivalMs, brokerTime } from '../book/brokers-time.ts'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskState } from '../desk-state.ts'
import { type Approved, approveInAll, type Circumstances, underReference } from '../guard/approved.ts'
import { goOn } from '../guard/memory/day-clock.ts'
import { openAsk } from '../guard/order-ask.ts'
import { pressOf } from '../guard/question.ts'
import type { RecordOf } from '../journal/record.ts'
import { isPending, isUnknown } from '../orders/order.ts'
import { trackOrder } from '../orders/sending.ts'
import { wantedDeal } from '../preset-deal.ts'
import { openLegs } from '../presets/arming.ts'
import type { Turn } from '../turn.ts'
import { circumstancesOf } from './circumstances.ts'
import { openingRecord, openPurpose } from './entering.ts'
import { levelText } from './level-text.ts'
import { bandAround, cornersOf, isInBand, type PriceBand } from './price-band.ts'

/**
 * What a key would send now, judged before it is pressed by the checks that judge every entry, at the ends of a band of prices.
 * The guard's work is the larger part of what a press costs, and most of what it looks at changes about once a second.
 */
export interface ForeseenEntry {
  readonly epic: Epic
  readonly direction: Direction
  /** Under a reference that is never sent. */
  readonly order: Approved<OpenOrder>
  /** Its moment, its name and the price that is seen are the press's own. */
  readonly announcement: RecordOf<'about-to-open'>
  readonly press: string
  readonly band: PriceBand
  /** Of which it was foreseen: whatever is replaced in it, but prices, ends it. */
  readonly state: DeskState
  /** When it was foreseen (monotonic); a press from before is another one's. */
  readonly atMs: number
  /** By the day's clock, in which trading hours begin and end; null where there are none. */
  readonly minute: number | null
}

/** An entry that leaves now, as it was foreseen. */
export interface ReadyEntry {
  readonly order: Approved<OpenOrder>
  readonly announcement: RecordOf<'about-to-open'>
  readonly press: string
  readonly quote: Quote
}

/** @returns null when it would be denied, or when more hangs on a price than a band can tell: while a position is held. */
export function foresee(state: DeskState, epic: Epic, direction: Direction, atMs: number): ForeseenEntry | null {
  if (!isForeseeable(state)) return null
  // A spread that is twice as wide is often still narrow enough; one that is as wide as now is it.
  return foreseeWithin(state, epic, direction, atMs, 2) ?? foreseeWithin(state, epic, direction, atMs, 1)
}

function foreseeWithin(
  state: DeskState,
  epic: Epic,
  direction: Direction,
  atMs: number,
  widening: number,
): ForeseenEntry | null {
  const contract = state.contracts.get(epic)
  const quote = state.quotes.get(epic)
  const band = quote && bandAround(quote, widening)
  if (!contract || !band) return null
  let order: OpenOrder | null = null
  const all: Circumstances[] = []
  for (const corner of cornersOf(band)) {
    // How old the price is, the press sees by itself.
    const quotes = state.quotes.with({ ...corner, receivedAtMs: atMs })
    const there = { ...state, quotes }
    const { deal, problems } = wantedDeal(there, contract, undefined)
    const { size } = deal
    if (problems.length > 0 || (order && !order.size.eq(size))) return null
    order ??= { reference: FORESEEN, market: contract.market, direction, size, ...openLegs(deal) }
    all.push(circumstancesOf(there, epic, atMs, atMs))
  }
  const approved = order && approveInAll(order, all)
  if (!approved || !all[0]) return null
  const press = pressOf(openAsk(approved, all[0].known, atMs))
  const announcement = openingRecord(state, approved, '0', atMs)
  const minute = minuteOf(state, state.brokerMs, atMs)
  return { epic, direction, order: approved, announcement, press, band, state, atMs, minute }
}

/** What this press sends, when what was foreseen holds for it; null: it is to be judged by itself. */
export function readyEntry(foreseen: ForeseenEntry, state: DeskState, event: IntentEvent): ReadyEntry | null {
  const { intent, reference, atMs } = event
  const { epic, direction, announcement } = foreseen
  if (intent.kind !== 'enter' || intent.epic !== epic || intent.direction !== direction) return null
  const { size, stop, limitPoints } = intent
  if (size !== undefined || stop !== undefined || limitPoints !== undefined || event.by !== undefined) return null
  const quote = state.quotes.get(epic)
  if (!quote || !isAsForeseen(foreseen, state, quote, event)) return null
  if (state.usedReferences.has(reference) || state.orders.has(reference)) return null
  const units = direction === 'BUY' ? quote.offerUnits : quote.bidUnits
  if (units === null) return null
  return {
    order: underReference(foreseen.order, reference),
    announcement: { ...announcement, atMs, id: reference, seenLevel: levelText(units, quote.decimals) },
    press: foreseen.press,
    quote,
  }
}

/** The state in which it is under way. Right after its bytes, and before anything else is looked at. */
export function tracked(state: DeskState, { order, quote }: ReadyEntry, event: IntentEvent): DeskState {
  const { atMs, wallMs, pressedAtMs } = event
  const wallOffsetMs = wallMs === undefined ? state.wallOffsetMs : wallMs - atMs
  const turn: Turn = { state: { ...state, wallOffsetMs }, effects: [], atMs }
  const purpose = openPurpose(order, order.direction === 'BUY' ? quote.offer : quote.bid)
  trackOrder(turn, { effect: { kind: 'open', id: order.reference, order }, purpose, pressedAtMs })
  return turn.state
}

/** With time alone every other check only gets milder: a cool-down ends, a minute's entries and an identical press grow old. */
function isAsForeseen(foreseen: ForeseenEntry, state: DeskState, quote: Quote, event: IntentEvent): boolean {
  const { atMs, pressedAtMs } = event
  const { pricesSinceMs, stream, memory } = state
  if (pressedAtMs < foreseen.atMs || !isSame(foreseen.state, state) || !isInBand(foreseen.band, quote)) return false
  const health = { status: stream, session: quote.session, heartbeatAtMs: null }
  if (quote.receivedAtMs < pricesSinceMs) return false
  if (freshness(quote, health, atMs, memory.limits.inForce.maxPriceAgeMs) !== 'fresh') return false
  const brokerMs = latestOf(state.brokerMs, brokerTime(state)?.brokerMs ?? null)
  if (ageAtArrivalMs(quote, brokerMs) > memory.limits.inForce.maxPriceAgeMs) return false
  return isSameDay(state, brokerMs) && minuteOf(state, brokerMs, atMs) === foreseen.minute
}

/** All that the guard is told, but prices and time. */
function isSame(one: DeskState, other: DeskState): boolean {
  return (
    one.memory === other.memory &&
    one.orders === other.orders &&
    one.holdings === other.holdings &&
    one.resting === other.resting &&
    one.unlisted === other.unlisted &&
    one.areOrdersListed === other.areOrdersListed &&
    one.flattens === other.flattens &&
    one.book.agreedAt === other.book.agreedAt &&
    one.isArmed === other.isArmed &&
    one.mode === other.mode &&
    one.contracts === other.contracts &&
    one.account === other.account &&
    one.stream === other.stream &&
    one.pricesSinceMs === other.pricesSinceMs
  )
}

/** What is held wins and loses with each price, in both directions. Whatever else would deny every entry is not worth a look. */
function isForeseeable({ isArmed, holdings, book, flattens, orders, unlisted, stream, memory }: DeskState): boolean {
  if (!isArmed || holdings.size > 0 || book.agreedAt === null || flattens.length > 0 || unlisted.size > 0) return false
  if (stream.kind !== 'live' || memory.lock !== null || memory.clock === null) return false
  for (const order of orders.values()) if (isPending(order) || isUnknown(order)) return false
  return true
}

const latestOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other)

/** A new day, and the broker's first word about the time, change what the guard remembers. */
function isSameDay({ memory: { day } }: DeskState, brokerMs: number | null): boolean {
  return brokerMs === null || (day !== null && day.by === 'broker' && brokerMs < day.endMs)
}

function minuteOf({ memory: { clock, limits } }: DeskState, brokerMs: number | null, atMs: number): number | null {
  if (limits.inForce.tradingHours.length === 0 || clock === null) return null
  return Math.floor(goOn(clock, atMs, brokerMs).timeMs / MINUTE_MS)
}

const MINUTE_MS = 60_000

/** Of an order that is never sent. */
const FORESEEN = dealReference('FORESEEN')
