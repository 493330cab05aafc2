/**
 * What an event costs the desk: a quote, with one market and with forty, beside making a quote out of its two price texts; and a whole
 * round trip from the key to FLAT. Nothing is sent and nothing is written: this is the desk's own work.
 */
import { createQuote, type DealReference, Decimal, dealReference, type Epic, epic, type Quote } from '@scalpdesk/sdk'
import { exposure } from '../src/book/exposure.ts'
import { ACCOUNT } from '../src/book/scope.ts'
import { process as next } from '../src/desk.ts'
import type { DeskEvent } from '../src/desk-event.ts'
import { initialState } from '../src/desk-setup.ts'
import type { DeskState } from '../src/desk-state.ts'
import { aCloseConfirm, aConfirm, aConfirmEvent } from '../src/testing/confirm-fixtures.ts'
import { aContract, aHolding, aQuote } from '../src/testing/desk-fixtures.ts'
import { median, spread } from './statistics.ts'

const ROUNDS = 7
const QUOTES = 200_000
const TRIPS = 2_000

const epics = (markets: number): readonly Epic[] =>
  Array.from({ length: markets }, (_, i) => epic(`CS.D.EURUSD${i}.MINI.IP`))

const quoteOf = (market: Epic, i: number): Quote =>
  createQuote({
    epic: market,
    decimals: 5,
    bidUnits: 108_400 + ((i * 7) % 50),
    offerUnits: 108_408 + ((i * 7) % 50),
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: 1,
    receivedAtMs: 1,
    isSnapshot: false,
  })

/** A desk with positions in its first markets, and quotes for all of them. */
function quoting(
  markets: number,
  held: number,
  limits: { maxDayLoss?: Decimal },
): { state: DeskState; quotes: Quote[] } {
  const names = epics(markets)
  const contracts = names.map(name => aContract({}, { epic: name }))
  const quotes = Array.from({ length: 1_000 }, (_, i) => quoteOf(names[i % markets]!, i))
  let state = initialState({ contracts, accountCurrency: 'USD', limits })
  for (const quote of quotes) state = next(state, { kind: 'quote', quote }).state
  const holdings = Array.from({ length: held }, (_, i) => aHolding({ dealId: aHolding().dealId, epic: names[i]! }))
  state = {
    ...state,
    holdings: new Map(holdings.map((holding, i) => [`${holding.dealId}${i}` as typeof holding.dealId, holding])),
  }
  return { state: next(state, { kind: 'clock', atMs: 1 }).state, quotes }
}

function timeQuotes({ state, quotes }: ReturnType<typeof quoting>): number {
  let present = state
  const from = performance.now()
  for (let i = 0; i < QUOTES; i++) present = next(present, { kind: 'quote', quote: quotes[i % quotes.length]! }).state
  return ((performance.now() - from) * 1e6) / QUOTES
}

/** The least that a program does with an update: the numbers out of the texts, and an object. */
function timeFloor(): number {
  const texts = Array.from({ length: 1_000 }, (_, i) => [`1.084${10 + (i % 50)}`, `1.084${18 + (i % 50)}`] as const)
  let sum = 0
  const from = performance.now()
  for (let i = 0; i < QUOTES; i++) {
    const [bid, offer] = texts[i % texts.length]!
    const units = [Number(bid.replace('.', '')), Number(offer.replace('.', ''))] as const
    sum += { epic: bid, bidUnits: units[0], offerUnits: units[1], receivedAtMs: i }.bidUnits
  }
  if (sum === 0) throw new Error('expected the numbers to be read')
  return ((performance.now() - from) * 1e6) / QUOTES
}

/** Key, acknowledgement, fill, flatten, acknowledgement, close, reading: µs for each of its events. */
function timeTrips(): number {
  let state = initialState({ contracts: [aContract()], accountCurrency: 'USD', limits: { duplicateWindowMs: 0 } })
  let events = 0
  let atMs = 0
  const feed = (event: DeskEvent): void => {
    state = next(state, event).state
    events += 1
  }
  const read = (): void =>
    feed({ kind: 'book-read', ask: state.book.asks, book: { positions: [], workingOrders: [] }, atMs })
  feed({ kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs })
  feed({ kind: 'trade', trade: { kind: 'feed', state: 'listening' }, atMs })
  read()
  read()
  const from = performance.now()
  for (let trip = 0; trip < TRIPS; trip++) {
    atMs += 60_000
    const id: DealReference = dealReference(`R${trip}`)
    const moment = { pressedAtMs: atMs, atMs, wallMs: atMs }
    const market = aQuote().epic
    feed({ kind: 'quote', quote: aQuote({ receivedAtMs: atMs }) })
    feed({ kind: 'intent', intent: { kind: 'enter', epic: market, direction: 'BUY' }, ...moment, reference: id })
    feed({ kind: 'submitted', id, submission: { kind: 'acknowledged', reference: id, acknowledgedAtMs: atMs }, atMs })
    feed({ kind: 'trade', trade: aConfirmEvent(aConfirm(id, `DI${trip}`)), atMs })
    const exit = dealReference(`X${trip}`)
    feed({ kind: 'intent', intent: { kind: 'flatten', scope: ACCOUNT }, ...moment, reference: exit })
    const answer = { kind: 'acknowledged', reference: dealReference(`IG${trip}`), acknowledgedAtMs: atMs } as const
    feed({ kind: 'submitted', id: `${exit}.1`, submission: answer, atMs })
    feed({ kind: 'trade', trade: aConfirmEvent(aCloseConfirm(`IG${trip}`, `DI${trip}`)), atMs })
    atMs += 6_000
    for (let i = 0; state.flattens.length > 0 && i < 5; i += 1) read()
    if (exposure(state) !== 'flat')
      throw new Error(`expected to be flat, but it is ${exposure(state)}: ${state.outcome.text}`)
  }
  return ((performance.now() - from) * 1_000) / events
}

function measured(what: string, unit: string, measure: () => number, floor?: readonly number[]): readonly number[] {
  measure()
  const values = Array.from({ length: ROUNDS }, measure)
  const times = floor ? `, ${(median(values) / median(floor)).toFixed(2)}x the floor` : ''
  console.log(`${what}: ${spread(values, unit === 'ns' ? 0 : 1)} ${unit}${times}`)
  return values
}

console.log(`desk events; medians of ${ROUNDS} rounds (lowest-highest)`)
const floor = measured('floor: two price texts to numbers, and an object', 'ns', timeFloor)
const loss = { maxDayLoss: new Decimal(1_000_000) }
measured('a quote, 1 market, nothing held', 'ns', () => timeQuotes(quoting(1, 0, {})), floor)
measured('a quote, 5 markets, 3 positions', 'ns', () => timeQuotes(quoting(5, 3, {})), floor)
measured('a quote, 5 markets, 3 positions, a daily loss is watched', 'ns', () => timeQuotes(quoting(5, 3, loss)), floor)
measured('a quote, 40 markets, 3 positions', 'ns', () => timeQuotes(quoting(40, 3, {})), floor)
const trips = measured('an event of a round trip from the key to FLAT', 'us', timeTrips)
console.log(`that is ${Math.round(1e6 / median(trips)).toLocaleString('en')} events a second`)
