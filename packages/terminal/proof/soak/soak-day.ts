import type { Faults } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
import type { KeyAction } from '../../src/keys/key-action.ts'
import { hasPending, type SoakWorld } from './soak-world.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]

/** What goes wrong in the trades of a session, one after another through the days. */
const TROUBLES: readonly ((faults: Faults) => void)[] = [
  faults => faults.loseReply('open'),
  faults => faults.expireToken(),
  faults => faults.dropStream(),
  faults => faults.confirmLost('close'),
  faults => faults.gatewayTimeoutAfterAccept('open'),
  faults => faults.endStream(48, 'Maximum duration'),
  faults => faults.emptyBody('close'),
  faults => faults.confirmTwice('open'),
  faults => faults.restart(),
  faults => faults.rejectNext('ORDER_DECLINED'),
  faults => faults.forgetStream(),
  faults => faults.slowReply(1_500, 'open'),
  faults => faults.badRow(),
  faults => faults.loopStream(),
]

/** Windows of the trader, wide and narrow. */
const SIZES = [
  [120, 36],
  [80, 24],
  [200, 60],
] as const

export interface SoakDayCounts {
  trades: number
  looks: number
  troubles: number
  denied: number
}

/** Trades in a world, day after day. */
export interface SoakTrader {
  readonly counts: SoakDayCounts
  /** So many round trips from this time of the day on. */
  session(atMs: number, trades: number): Promise<void>
  /** Holds a position over the night of 22:00 UTC, when funding is booked. */
  overNight(dayMs: number): Promise<void>
  /** Presses while the market is closed, and is denied. */
  closedMarket(atMs: number): Promise<void>
  /** Lets everything come to rest. */
  rest(): Promise<void>
}

/** @param isAwake between its hours the world plays on; else the machine sleeps */
export function soakTrader(world: SoakWorld, seed: number, isAwake: boolean): SoakTrader {
  const { desk, keys, broker, clock, market } = world
  const { epic } = market
  const random = seededRandom(seed)
  const counts: SoakDayCounts = { trades: 0, looks: 0, troubles: 0, denied: 0 }
  let mid = 116_840
  let trouble = 0

  const act = (action: KeyAction): void => keys.act(action, clock.program.monotonicMs())
  const goTo = (wallMs: number): Promise<void> => (isAwake ? world.playUntil(wallMs) : world.sleepUntil(wallMs))

  /** A new price every two seconds, for ever: closed markets stand still. */
  function tick(): void {
    clock.world.at(clock.world.monotonicMs() + 2 * SECOND, tick)
    if (broker.state().markets.find(one => one.epic === epic)?.state !== 'TRADEABLE') return
    mid = Math.max(110_000, Math.min(120_000, mid + Math.round((random.next() - 0.5) * 8)))
    broker.injectTick(epic, price(mid - 3), price(mid + 3))
  }
  tick()

  const isReady = (): boolean =>
    desk.state.stream.kind === 'live' && desk.state.book.agreedAt !== null && !hasPending(desk)

  async function press(action: KeyAction, what: string): Promise<void> {
    act(action)
    await world.playWhile(() => !hasPending(desk), 3 * MINUTE, `the outcome of ${what}`)
    acceptWhatStaysUnknown()
  }

  /** As the trader does who looked at the broker's platform. */
  function acceptWhatStaysUnknown(): void {
    for (const { stage } of desk.state.orders.values())
      if (stage.kind === 'unresolved' && !stage.isAccepted)
        for (const key of ['accept-unknown', 'yes'] as const) act(key)
  }

  /** What there is to look at is looked at: other panes, another span of the chart, the page of keys, a window of another size. */
  function lookAround(): void {
    const { looks } = counts
    counts.looks++
    if (looks % 3 === 0) act('next-layout')
    if (looks % 4 === 0) act('next-time-frame')
    if (looks % 5 < 2) act('help')
    const [columns, rows] = SIZES[looks % SIZES.length] ?? SIZES[0]
    world.resize(columns, rows)
  }

  async function getOut(): Promise<void> {
    await press('flatten', 'a flatten')
    await world.playWhile(() => broker.positions().length === 0 && desk.state.holdings.size === 0, MINUTE, 'FLAT')
  }

  async function roundTrip(): Promise<void> {
    await world.playWhile(isReady, 5 * MINUTE, 'a desk that can trade')
    // A price of this session.
    await world.playUntil(clock.program.nowMs() + 5 * SECOND)
    const entry = random.next() < 0.5 ? 'buy' : 'sell'
    TROUBLES[trouble++ % TROUBLES.length]?.(broker.faults)
    counts.troubles++
    const before = broker.positions().length
    await press(entry, 'an entry')
    lookAround()
    if (broker.positions().length > before) counts.trades++
    await world.playUntil(clock.program.nowMs() + (5 + Math.floor(random.next() * 30)) * SECOND)
    await getOut()
  }

  return {
    counts,
    async session(atMs, trades) {
      await goTo(atMs)
      for (let number = 0; number < trades; number++) await roundTrip()
    },
    async overNight(dayMs) {
      await goTo(dayMs + 21.97 * HOUR)
      await world.playWhile(isReady, 5 * MINUTE, 'a desk that can trade')
      await world.playUntil(clock.program.nowMs() + 5 * SECOND)
      await press('buy', 'an entry for the night')
      await world.playUntil(dayMs + 22.02 * HOUR)
      await getOut()
    },
    async closedMarket(atMs) {
      await goTo(atMs)
      // What was booked is asked for every quarter of an hour: on a quiet account the answer is what ends the day before.
      await world.playUntil(clock.program.nowMs() + 16 * MINUTE)
      const opened = broker.dealingRequests().length
      act('buy')
      if (broker.dealingRequests().length > opened) throw new Error('expected a closed market, but an order left')
      counts.denied++
    },
    async rest() {
      await world.playWhile(isReady, 5 * MINUTE, 'a desk at rest')
      await world.playUntil(clock.program.nowMs() + 2 * MINUTE)
    },
  }
}

const price = (units: number): string => `${Math.floor(units / 100_000)}.${String(units % 100_000).padStart(5, '0')}`
