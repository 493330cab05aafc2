import type { Intent } from '@scalpdesk/desk'
import { ACCOUNT } from '@scalpdesk/desk'
import type { Faults } from '@scalpdesk/mock-broker'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
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

export interface SoakDayCounts {
  trades: number
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
  const { desk, broker, clock, market } = world
  const { epic } = market
  const random = seededRandom(seed)
  const counts: SoakDayCounts = { trades: 0, troubles: 0, denied: 0 }
  let mid = 116_840
  let trouble = 0

  const want = (intent: Intent): void => desk.want(intent, clock.program.monotonicMs())
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

  async function press(intent: Intent, what: string): Promise<void> {
    want(intent)
    await world.playWhile(() => !hasPending(desk), 3 * MINUTE, `the outcome of ${what}`)
    acceptWhatStaysUnknown()
  }

  /** As the trader does who looked at the broker's platform. */
  function acceptWhatStaysUnknown(): void {
    for (const { id, stage } of desk.state.orders.values())
      if (stage.kind === 'unresolved' && !stage.isAccepted) want({ kind: 'accept-unknown', id })
  }

  async function getOut(): Promise<void> {
    await press({ kind: 'flatten', scope: ACCOUNT }, 'a flatten')
    await world.playWhile(() => broker.positions().length === 0 && desk.state.holdings.size === 0, MINUTE, 'FLAT')
  }

  async function roundTrip(): Promise<void> {
    await world.playWhile(isReady, 5 * MINUTE, 'a desk that can trade')
    // A price of this session.
    await world.playUntil(clock.program.nowMs() + 5 * SECOND)
    const direction = random.next() < 0.5 ? 'BUY' : 'SELL'
    TROUBLES[trouble++ % TROUBLES.length]?.(broker.faults)
    counts.troubles++
    const before = broker.positions().length
    await press({ kind: 'enter', epic, direction }, 'an entry')
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
      await press({ kind: 'enter', epic, direction: 'BUY' }, 'an entry for the night')
      await world.playUntil(dayMs + 22.02 * HOUR)
      await getOut()
    },
    async closedMarket(atMs) {
      await goTo(atMs)
      // What was booked is asked for every quarter of an hour: on a quiet account the answer is what ends the day before.
      await world.playUntil(clock.program.nowMs() + 16 * MINUTE)
      const opened = broker.dealingRequests().length
      want({ kind: 'enter', epic, direction: 'BUY' })
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
