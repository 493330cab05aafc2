import {
  ACCOUNT,
  type BrokerPort,
  contractFor,
  DEFAULT_WATCH,
  type Desk,
  type DeskSetup,
  isPending,
  type JournalPort,
  leavesExposure,
  type PastDeal,
  type Preset,
  type Recovered,
  runDesk,
  type TrackedOrder,
} from '@scalpdesk/desk'
import type { Activity, Clock, Ig, Market } from '@scalpdesk/sdk'
import { bookedMoney } from './booked-money.ts'
import { dealReferences } from './deal-references.ts'
import type { KeyTargets } from './key-desk.ts'
import { noticeWords } from './key-notice-words.ts'
import { leftOpen } from './left-open.ts'
import { watchLostTime } from './lost-time.ts'
import type { Picture } from './picture.ts'
import { rehearseKeys } from './rehearsal.ts'

/** The parts of a session, each already made. */
export interface TradingParts {
  readonly ig: Ig
  readonly market: Market
  readonly preset: Preset
  readonly journal: JournalPort
  readonly picture: Picture
  readonly clock: Clock
  /** What the run before left open; null where its broker is gone with it. */
  readonly recovered: Recovered | null
  /** The broker replays a day that is over. */
  readonly isReplay: boolean
}

export interface TradingSession {
  /** What the keys bring about from now on. */
  readonly keys: KeyTargets
  /** Resolves when the trader quits. */
  readonly quit: Promise<void>
  /** Resolves when no order waits for its outcome, or after a limit. */
  settled(limitMs: number): Promise<void>
  /** What would be left at the broker by leaving now, in words; null for nothing. */
  leftOpen(): string | null
  stop(): void
}

/**
 * Joins keys, desk, broker and picture. A key goes to the desk and on to the socket in the turn in which it is read;
 * everything else, painting first of all, comes after.
 */
export function startTradingSession(parts: TradingParts): TradingSession {
  const { ig, market, preset, journal, picture, clock, recovered, isReplay } = parts
  const lostTime = watchLostTime(clock)
  const quitting = Promise.withResolvers<void>()
  const settleListeners = new Set<() => void>()

  const { epic } = market
  const setup: DeskSetup = {
    contracts: [contractFor(market, [preset])],
    accountCurrency: ig.account.currency,
    ...(recovered && { recovered }),
    // A replayed tape tells the time of the day that it was recorded on.
    ...(isReplay && { watch: { ...DEFAULT_WATCH, maxClockSkewMs: null } }),
  }
  rehearseKeys(setup)
  const desk: Desk = runDesk(setup, {
    clock,
    journal,
    nextReference: dealReferences(clock.nowMs()),
    broker: brokerPort(ig),
    onChange: state => {
      picture.show(state)
      for (const listener of settleListeners) listener()
    },
    onJournalFailure: cause => picture.notice(`the journal cannot be written: ${cause.message}`),
  })

  /** Looked at before each key and each frame: a key after a sleep must not trade on the price from before it. */
  function lookForLostTime(): void {
    const lostMs = lostTime.check()
    if (lostMs > 0) desk.tell({ kind: 'time-lost', lostMs, atMs: clock.monotonicMs() })
  }

  const keys: KeyTargets = {
    context: () => (picture.question === null ? 'trading' : 'question'),
    notice: notice => picture.notice(noticeWords(notice)),
    keyboardKnown: keyboard => picture.keyboard(keyboard.bareModifiers),
    type() {},
    focus() {},
    act(action, pressedAtMs) {
      lookForLostTime()
      switch (action) {
        case 'buy':
          return desk.want({ kind: 'enter', epic, direction: 'BUY' }, pressedAtMs)
        case 'sell':
          return desk.want({ kind: 'enter', epic, direction: 'SELL' }, pressedAtMs)
        case 'flatten':
          return desk.want({ kind: 'flatten', scope: ACCOUNT }, pressedAtMs)
        case 'quit':
          if (leavesExposure(desk.state))
            return picture.ask('Something may be open at the broker. Quit and leave it there? y / n')
          return quitting.resolve()
        case 'yes':
          return quitting.resolve()
        case 'no':
          return picture.ask(null)
        default:
          return picture.notice(`${action} is not on this screen yet`)
      }
    },
  }

  picture.onFrame(lookForLostTime)
  picture.onPainted((state, atMs) => {
    const ids = [...state.orders.values()].filter(isOutcomeUnseen).map(({ id }) => id)
    if (ids.length > 0) desk.tell({ kind: 'painted', ids, atMs })
  })
  let isStreamLive = false
  const stopStatus = ig.stream.onStatus(status => {
    isStreamLive = status.kind === 'live'
    desk.tell({ kind: 'stream', status, atMs: clock.monotonicMs() })
  })
  const subscriptions = [
    ig.stream.trades(trade => desk.tell({ kind: 'trade', trade, atMs: clock.monotonicMs() })),
    ig.stream.heartbeat(({ gap, isSnapshot, brokerTimeMs }) => {
      if (gap === null && !isSnapshot) desk.tell({ kind: 'heartbeat', brokerTimeMs, atMs: clock.monotonicMs() })
    }),
    ig.stream.account(figures => desk.tell({ kind: 'account', figures, atMs: clock.monotonicMs() })),
    ig.stream.prices([market], quote => {
      // The last price stays to be seen only where the desk knows by the status that it is old.
      if (quote.gap?.kind === 'lost' && !isStreamLive) return
      picture.chart(quote)
      desk.tell({ kind: 'quote', quote })
      picture.show(desk.state)
    }),
  ]

  return {
    keys,
    quit: quitting.promise,
    settled: limitMs =>
      new Promise(resolve => {
        const limit = clock.at(clock.monotonicMs() + limitMs, finish)
        const look = () => {
          if (![...desk.state.orders.values()].some(isPending)) finish()
        }
        function finish(): void {
          limit.cancel()
          settleListeners.delete(look)
          resolve()
        }
        settleListeners.add(look)
        look()
      }),
    leftOpen: () => leftOpen(desk.state),
    stop() {
      stopStatus()
      for (const subscription of subscriptions) subscription.close()
      desk.stop()
    },
  }
}

function isOutcomeUnseen({ timing }: TrackedOrder): boolean {
  return timing.confirmedAtMs !== null && timing.paintedAtMs === null
}

/** The SDK as the desk's broker. */
function brokerPort(ig: Ig): BrokerPort {
  return {
    open: (order, watch) => ig.positions.open(order, watch),
    close: (order, watch) => ig.positions.close(order, watch),
    amend: (order, watch) => ig.positions.amend(order, watch),
    place: (order, watch) => ig.orders.place(order, watch),
    cancel: (order, watch) => ig.orders.cancel(order.dealId, watch),
    findConfirm: reference => ig.confirms.find(reference),
    // In this order: a working order that fills between the two readings is seen in the second, never in neither.
    async readBook() {
      const workingOrders = await ig.orders.list().catch(() => null)
      return { workingOrders, positions: await ig.positions.list() }
    },
    findCharges: sinceMs => bookedMoney(ig.history, sinceMs),
    async findDeals(sinceMs) {
      const deals: PastDeal[] = []
      for await (const row of ig.history.activity({ fromMs: sinceMs - ANY_OFFSET_MS, isDetailed: true }))
        deals.push(...pastDealsOf(row))
      return deals
    },
  }
}

/** The largest offset of any zone from UTC: IG does not say in which zone it reads the dates of an activity. */
const ANY_OFFSET_MS = 15 * 3_600_000

/** Only what says in a word that can be read whether it was dealt. */
function pastDealsOf({ status, dealId, description, details }: Activity): readonly PastDeal[] {
  if (status !== 'accepted' && status !== 'rejected') return []
  const affected = details?.actions.flatMap(({ affectedDealId }) => affectedDealId ?? []) ?? []
  return [{ reference: details?.dealReference ?? null, dealId, status, affected, description }]
}
