import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BotDeal, type BotIntent, buy, close, defineStrategy, moveStop, sell } from '@scalpdesk/bots'
import { BOT_LIMITS, type Bots, marketViewOf, seatHere, startBots } from '@scalpdesk/bots/runner'
import { contractFor, NO_LIMITS } from '@scalpdesk/desk'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { markets, sampleTape } from '@scalpdesk/mock-broker/engine'
import { connectIg, Decimal, epic, type Ig, type MarketDetails } from '@scalpdesk/sdk'
import { beforeAll, expect, it } from 'vitest'
import { backtest } from '../../../bots/src/backtest/backtest.ts'
import { openTicks } from '../../../bots/src/ticks/tape-feed.ts'
import { presetFor } from '../session/default-presets.ts'
import { readSettings } from '../settings/read-settings.ts'
import { isProblem } from '../settings/settings-problem.ts'
import { ownBotDesk } from './bot-desk.ts'
import { deskSetup } from './bot-place.ts'
import { startReplayDesk } from './replay-desk.ts'
import { startSteppedDesk, steppedMock } from './stepped-desk.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')

/** Does by turns whatever a strategy can do, and writes down what it hears. */
function busyBody(heard: BotDeal[]) {
  return defineStrategy({
    name: 'busy-body',
    markets: [EURUSD],
    candles: () => ['15s'],
    indicators: kit => ({ fast: kit.on('tick').ema(5), slow: kit.on('15s').sma(4) }),
    state: () => ({ turn: 0, nextMs: 0 }),
    decide(view): BotIntent | BotIntent[] | null {
      const { state, position, positions, orders, isBusy, indicators, tick } = view
      // The desk reads the broker's lists eleven times a minute at most, and changes of legs wait for one.
      if (!indicators.slow.isReady || isBusy || view.nowMs < state.nextMs) return null
      state.nextMs = view.nowMs + 6_000 + Math.round(view.random.next() * 4_000)
      const turn = state.turn++ % 9
      const isUp = indicators.fast.value > indicators.slow.value
      const enter = isUp ? buy : sell
      if (turn === 0) return enter(1, { stop: 6 })
      if (turn === 1) return position ? close(position.dealId) : enter(0.5, { stop: 4, limitPoints: 4 })
      if (turn === 2) return enter(2, { stop: { points: 5, stepPoints: 2 } })
      if (turn === 3) return position ? { kind: 'close-part', dealId: position.dealId, part: 'half' } : null
      if (turn === 4)
        return { kind: 'place-buy', order: 'limit', size: 1, level: (tick.bid - 0.0002).toFixed(5), stopPoints: 8 }
      if (turn === 5) return position && !position.isTrailing ? moveStop(position.dealId, { nearerByPoints: 1 }) : null
      if (turn === 6) return orders[0] ? { kind: 'cancel', dealId: orders[0].dealId } : buy(-1)
      if (turn === 7) return position ? [close(position.dealId), enter(1, { stop: 7 })] : [enter(1), enter(1)]
      return positions.length > 1 ? { kind: 'flatten' } : null
    },
    onDeal(_view, deal) {
      heard.push(deal)
      return null
    },
  })
}

const START_MS = Date.UTC(2026, 0, 5, 9)
const SIZE_STEP = String(markets.find(market => market.epic === EURUSD)?.sizeStep)

let tapes = { long: '', short: '' }

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-'))
  const own = markets.filter(market => market.epic === EURUSD)
  function made(name: string, minutes: number): string {
    const file = join(folder, name)
    writeFileSync(file, [...sampleTape({ markets: own, seed: 11, startMs: START_MS, minutes })].join(''))
    return file
  }
  tapes = { long: made('long.tape', 9), short: made('short.tape', 1.5) }
  return () => rmSync(folder, { recursive: true })
})

interface Run {
  readonly heard: readonly string[]
  readonly booked: readonly string[]
}

it('brings the same deals, levels, times and results in a backtest, in a replay, and over sockets as fast as it goes', async () => {
  const expected = await inBacktest(tapes.long)
  expect(expected.booked.length).toBeGreaterThan(20)
  expect(new Set(expected.heard.map(text => text.split(' ')[0]))).toEqual(
    new Set(['opened', 'closed', 'order-placed', 'order-gone', 'denied']),
  )
  expect(await inReplay(tapes.long)).toEqual(expected)
  expect(await overSockets(tapes.long, 'max')).toEqual(expected)
})

it('brings the same over sockets when the tape is played slower than it could be', async () => {
  expect(await overSockets(tapes.short, 60)).toEqual(await inBacktest(tapes.short))
})

async function inBacktest(tape: string): Promise<Run> {
  const heard: BotDeal[] = []
  const feed = await openTicks([tape])
  const run = await backtest({ strategy: busyBody(heard), feed, cash: new Decimal(100_000), limits: NO_LIMITS })
  expect(run.end.kind).toBe('done')
  const rows = run.engine.history.transactions(run.account).slice(1)
  return {
    heard: heardTexts(heard),
    booked: rows.map(({ atMs, size, openLevel, closeLevel, amount }) =>
      [Math.floor(atMs / 1000), size, openLevel, closeLevel, amount].map(String).join(' '),
    ),
  }
}

async function inReplay(tape: string): Promise<Run> {
  const heard: BotDeal[] = []
  let bots: Bots | null = null
  const settings = defaults()
  const {
    clock,
    desk,
    ig,
    play,
    within,
    close: end,
  } = await startReplayDesk({
    files: [tape],
    seed: 1,
    startMs: START_MS,
    setup: deskSetup({ settings }),
    journal: () => ({ append() {} }),
    contractOf: () => contractOf,
    isThinking: () => bots?.isThinking ?? false,
    onNotice() {},
  })
  const market = await within(traded(desk, ig))
  const soon = (run: () => void): void => {
    clock.noteActivity()
    setImmediate(() => {
      clock.noteActivity()
      run()
    })
  }
  const running = startBots([parts(heard, market)], {
    desk: ownBotDesk(desk, clock),
    nowMs: clock.monotonicMs,
    soon,
    onLine() {},
  })
  bots = running
  for (const quote of desk.state.quotes.values()) running.take(quote)
  desk.onQuote(quote => running.take(quote))
  await play(
    () => undefined,
    () => false,
  )
  await within(running.end('the tape is over'))
  const booked = await within(bookedOf(ig))
  await end()
  return { heard: heardTexts(heard), booked }
}

async function overSockets(tape: string, speed: number | 'max'): Promise<Run> {
  const heard: BotDeal[] = []
  const settings = defaults()
  const delays = { acknowledgeMs: 0, confirmMs: 0 }
  await using broker = await startMockBroker({ seed: 1, replay: [tape], synthetic: 'still', staysOpen: true, delays })
  broker.pause()
  await using ig = await connectIg({
    environment: new URL(broker.url),
    credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
  })
  let bots: Bots | null = null
  const steps = steppedMock(broker.stream)
  const stepped = await startSteppedDesk({
    ig,
    tape: steps,
    epic: EURUSD,
    speed,
    setup: deskSetup({ settings }),
    journal: { append() {} },
    contractOf,
    isThinking: () => bots?.isThinking ?? false,
    onNotice() {},
  })
  const { desk, clock } = stepped
  const market = await traded(desk, ig)
  const soon = (run: () => void): void => void setImmediate(run)
  const running = startBots([parts(heard, market)], {
    desk: ownBotDesk(desk, clock),
    nowMs: clock.monotonicMs,
    soon,
    onLine() {},
  })
  bots = running
  await stepped.play(running.take, () => false)
  await running.end('the tape is over')
  const booked = await bookedOf(ig)
  desk.stop()
  steps.close()
  return { heard: heardTexts(heard), booked }
}

type Desk = Awaited<ReturnType<typeof startReplayDesk>>['desk']

async function traded(desk: Desk, ig: Ig) {
  await desk.known()
  await desk.trade(EURUSD)
  await desk.priced(EURUSD)
  return marketViewOf(await ig.markets.get(EURUSD))
}

function parts(heard: BotDeal[], market: ReturnType<typeof marketViewOf>) {
  const strategy = busyBody(heard)
  const seat = seatHere(strategy, { parameters: {}, markets: [market], seed: 1 })
  const limits = { ...BOT_LIMITS, maxOrdersPerMinute: null, maxPositions: null }
  return { name: strategy.name, seat, markets: [market], exitPolicy: strategy.exitPolicy, limits } as const
}

async function bookedOf(ig: Ig): Promise<readonly string[]> {
  const rows = []
  for await (const row of ig.history.transactions({ fromMs: Date.UTC(2026, 0, 5), toMs: Date.UTC(2026, 0, 6) }))
    if (!row.isCash) rows.push(row)
  return rows
    .toReversed()
    .map(({ closedAtMs, size, openLevel, closeLevel, profitAndLoss }) =>
      [Math.floor((closedAtMs ?? 0) / 1000), size, openLevel, closeLevel, profitAndLoss.amount].map(String).join(' '),
    )
}

/** The broker names deals by chance: all but the names has to be the same. */
/** A stop that trails is seen where the list shows it next: not in the moment in which it moved. */
const heardTexts = (heard: readonly BotDeal[]): readonly string[] =>
  heard.filter(({ kind }) => kind !== 'changed').map(heardText)

function heardText(deal: BotDeal): string {
  const text = JSON.stringify(deal, (name, value) => (name === 'dealId' || name === 'text' ? undefined : value))
  return `${deal.kind} ${text}`
}

/** The broker does not tell in which steps sizes go: a trader's settings do, and the backtest knows it of the engine. */
function contractOf(market: MarketDetails) {
  const told = { sizeStep: new Decimal(SIZE_STEP), doesAccountTrail: true }
  return contractFor(market, [presetFor(market, {})], told)
}

function defaults() {
  const settings = readSettings(join(tmpdir(), 'there-is-none'))
  if (isProblem(settings)) throw new Error('expected the default settings')
  return settings
}
