import { type BotDeal, type BotIntent, buy, close, defineStrategy, moveStop, sell } from '@scalpdesk/bots'
import { BOT_LIMITS, type Bots, marketViewOf, seatHere, startBots } from '@scalpdesk/bots/runner'
import { NO_LIMITS } from '@scalpdesk/desk'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, type Ig } from '@scalpdesk/sdk'
import { backtest } from '../../../bots/src/backtest/backtest.ts'
import { openTicks } from '../../../bots/src/ticks/tape-feed.ts'
import { ownBotDesk } from '../bots/bot-desk.ts'
import { deskSetup } from '../bots/desk-setup.ts'
import { botRig, contractOf, defaultSettings, EURUSD, tradedIn } from './bot-rig.ts'
import { startSteppedDesk, steppedMock } from './stepped-desk.ts'

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

/** What a strategy heard, and what the broker booked. */
export interface Run {
  readonly heard: readonly string[]
  readonly booked: readonly string[]
}

export async function inBacktest(tape: string): Promise<Run> {
  const heard: BotDeal[] = []
  const feed = await openTicks([tape])
  const run = await backtest({ strategy: busyBody(heard), feed, cash: new Decimal(100_000), limits: NO_LIMITS })
  if (run.end.kind !== 'done') throw new Error(`expected the backtest to come to its end, but ${run.end.why}`)
  const rows = run.engine.history.transactions(run.account).slice(1)
  return {
    heard: heardTexts(heard),
    booked: rows.map(({ atMs, size, openLevel, closeLevel, amount }) =>
      [Math.floor(atMs / 1000), size, openLevel, closeLevel, amount].map(String).join(' '),
    ),
  }
}

export async function inReplay(tape: string): Promise<Run> {
  const heard: BotDeal[] = []
  const rig = await botRig(tape, [{ strategy: busyBody(heard), limits: NO_BOT_LIMITS }])
  await rig.run()
  const booked = await rig.within(bookedOf(rig.ig))
  await rig.close()
  return { heard: heardTexts(heard), booked }
}

export async function overSockets(tape: string, speed: number | 'max'): Promise<Run> {
  const heard: BotDeal[] = []
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
    setup: deskSetup({ settings: defaultSettings() }),
    journal: { append() {} },
    contractOf,
    isThinking: () => bots?.isThinking ?? false,
    onNotice() {},
  })
  const { desk, clock } = stepped
  const market = marketViewOf(await tradedIn(desk, ig))
  const strategy = busyBody(heard)
  const seat = seatHere(strategy, { parameters: {}, markets: [market], seed: 1 })
  const { name, exitPolicy } = strategy
  const limits = { ...BOT_LIMITS, ...NO_BOT_LIMITS }
  const soon = (run: () => void): void => void setImmediate(run)
  const running = startBots([{ name, seat, markets: [market], exitPolicy, limits }], {
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

const NO_BOT_LIMITS = { maxOrdersPerMinute: null, maxPositions: null }

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
