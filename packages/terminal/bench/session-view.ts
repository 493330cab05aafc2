/**
 * What the session does for a frame, on the thread that trades: the view of six markets whose prices all changed, with three
 * positions, and what of it crosses to the painting thread. Beside what a full-screen cell difference of 120x40 costs, which target U1 is
 * measured against, and one update of P/L in decimal.js, which target N1 is.
 *
 * `pnpm exec node packages/terminal/bench/session-view.ts` (`ROUNDS`, `FRAMES`)
 */
import { contractFor, type DeskState, initialState, process as step } from '@scalpdesk/desk'
import { createQuote, Decimal, dealId, epic, type Market } from '@scalpdesk/sdk'
import type { ScreenView } from '../src/screen/view.ts'
import { changedParts } from '../src/screen/view-changes.ts'
import { createChartFeed } from '../src/session/chart-feed.ts'
import { presetFor } from '../src/session/default-presets.ts'
import { screenViewer } from '../src/session/screen-view.ts'
import { sessionWords } from '../src/session/session-words.ts'
import { aHolding, MARKET, NO_ALLOWANCES } from '../src/testing/desk-states.ts'
import { PLAIN_SESSION } from '../src/testing/session-parts.ts'
import { FullScreenDifference } from './frame-floor.ts'
import { spread } from './statistics.ts'

const rounds = Number(process.env.ROUNDS ?? 9)
const frames = Number(process.env.FRAMES ?? 3_000)
const MARKETS = 6

const markets: readonly Market[] = Array.from({ length: MARKETS }, (_, index) => ({
  ...MARKET,
  epic: epic(`CS.D.MARKET${index}.CFD.IP`),
  name: `Market ${index}`,
}))
const contracts = markets.map(market => contractFor(market, [presetFor(market, {})]))
const holdings = [0, 1, 2].map(index => {
  const market = markets[index] ?? MARKET
  return aHolding({ dealId: dealId(`DEAL${index}`), epic: market.epic, marketName: market.name })
})

/** A desk on which six markets have prices and three positions are open. */
function start(): DeskState {
  const fresh = initialState({ contracts, accountCurrency: 'EUR' })
  const live = step(fresh, { kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 }).state
  return { ...live, holdings: new Map(holdings.map(held => [held.dealId, held])), areOrdersListed: true }
}

function quoted(state: DeskState, tick: number, add: ReturnType<typeof createChartFeed>['add']): DeskState {
  let next = state
  for (const [index, market] of markets.entries()) {
    const bidUnits = 139_000 + ((tick * 37 + index * 11) % 101)
    const quote = createQuote({
      epic: market.epic,
      decimals: 5,
      bidUnits,
      offerUnits: bidUnits + 6,
      state: 'tradeable',
      isDelayed: false,
      brokerTimeMs: 1_400_000_000_000 + tick,
      receivedAtMs: tick,
      isSnapshot: false,
    })
    add(quote)
    next = step(next, { kind: 'quote', quote }).state
  }
  return next
}

/** Microseconds of a frame: of all its work, and of the view alone. */
function measureView(): { readonly whole: number; readonly view: number; readonly bytes: number } {
  const viewer = screenViewer()
  const feed = createChartFeed()
  let state = start()
  let before: ScreenView | null = null
  let viewMs = 0
  let bytes = 0
  const beganMs = performance.now()
  for (let tick = 1; tick <= frames; tick++) {
    state = quoted(state, tick, feed.add)
    const viewBeganMs = performance.now()
    const view = viewer(
      state,
      {
        environment: 'mock',
        account: 'MOCK1 · EUR',
        appearance: PLAIN_SESSION.appearance,
        words: sessionWords('en'),
        chosen: markets[0]?.epic ?? MARKET.epic,
        selected: holdings[0]?.dealId ?? null,
        arming: ARMED,
        feeds: feed.take(tick, 0),
        depth: null,
        range: null,
        allowances: () => NO_ALLOWANCES,
        keys: NO_KEYS,
        keyboard: '',
        question: null,
        overlay: null,
        notice: null,
        wallOffsetMs: 0,
      },
      tick,
    )
    const changed = changedParts(before, view)
    viewMs += performance.now() - viewBeganMs
    if (tick === frames) bytes = JSON.stringify(changed).length
    before = view
  }
  return { whole: ((performance.now() - beganMs) * 1_000) / frames, view: (viewMs * 1_000) / frames, bytes }
}

const ARMED = { kind: 'armed' } as const
const NO_KEYS: ScreenView['keys'] = []

function measureFloor(): number {
  const screen = new FullScreenDifference(120, 40)
  const beganMs = performance.now()
  let written = 0
  for (let tick = 1; tick <= frames; tick++) written += screen.frame(tick, 108_500 + ((tick * 37) % 101)).length
  if (written === 0) throw new Error('expected the floor to write something')
  return ((performance.now() - beganMs) * 1_000) / frames
}

/** The P/L of three positions in decimal.js, from texts, as a plain program works it out. */
function measureDecimals(): number {
  const beganMs = performance.now()
  let sum = new Decimal(0)
  for (let tick = 1; tick <= frames; tick++)
    for (const { level, size, contractSize } of holdings)
      sum = sum.plus(
        new Decimal(`1.39${tick % 1_000}`)
          .minus(level ?? 0)
          .times(size)
          .times(contractSize),
      )
  if (!sum.isFinite()) throw new Error('expected a sum')
  return ((performance.now() - beganMs) * 1_000) / frames
}

measureView()
measureFloor()
const samples = Array.from({ length: rounds }, () => ({
  view: measureView(),
  floor: measureFloor(),
  decimals: measureDecimals(),
}))
const print = (name: string, values: readonly number[], unit: string): void =>
  console.log(`${name.padEnd(58)}${spread(values)} ${unit}`)
console.log(
  `${MARKETS} markets, 3 positions, every price new in each of ${frames} frames; ${rounds} rounds, median (lowest-highest)`,
)
print(
  'view and what of it changed',
  samples.map(({ view }) => view.view),
  'us a frame',
)
print(
  'with the desk’s six quotes',
  samples.map(({ view }) => view.whole),
  'us a frame',
)
print(
  'full-screen cell difference of 120x40',
  samples.map(({ floor }) => floor),
  'us a frame',
)
print(
  'P/L of three positions in decimal.js',
  samples.map(({ decimals }) => decimals),
  'us a frame',
)
print(
  'view / cell difference',
  samples.map(({ view, floor }) => view.view / floor),
  '',
)
console.log(`crosses to the painter: ${samples[0]?.view.bytes} characters of JSON a frame`)
