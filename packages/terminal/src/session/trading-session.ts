import { type BrokerPort, type Desk, isPending, leavesExposure, type Preset, runDesk } from '@scalpdesk/desk'
import type { Clock, Ig, Market } from '@scalpdesk/sdk'
import { dealReferences } from './deal-references.ts'
import type { JournalFile } from './journal-file.ts'
import type { KeyTargets } from './key-desk.ts'
import { leftOpen } from './left-open.ts'
import { watchLostTime } from './lost-time.ts'
import type { Picture } from './picture.ts'
import { rehearseKeys } from './rehearsal.ts'

/** The parts of a session, each already made. */
export interface TradingParts {
  readonly ig: Ig
  readonly market: Market
  readonly preset: Preset
  readonly journal: JournalFile
  readonly picture: Picture
  readonly clock: Clock
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
  const { ig, market, preset, journal, picture, clock } = parts
  const lostTime = watchLostTime(clock)
  const quitting = Promise.withResolvers<void>()
  const settleListeners = new Set<() => void>()

  const setup = { preset, accountCurrency: ig.account.currency }
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
    notice: picture.notice,
    keyboardKnown: picture.keyboard,
    act(action, pressedAtMs) {
      lookForLostTime()
      switch (action) {
        case 'buy':
          return desk.want({ kind: 'enter', direction: 'BUY' }, pressedAtMs)
        case 'sell':
          return desk.want({ kind: 'enter', direction: 'SELL' }, pressedAtMs)
        case 'flatten':
          return desk.want({ kind: 'flatten' }, pressedAtMs)
        case 'quit':
          if (leavesExposure(desk.state))
            return picture.ask('Something may be open at the broker. Quit and leave it there? y / n')
          return quitting.resolve()
        case 'yes':
          return quitting.resolve()
        case 'no':
          return picture.ask(null)
      }
    },
  }

  picture.onFrame(lookForLostTime)
  let isStreamLive = false
  const stopStatus = ig.stream.onStatus(status => {
    isStreamLive = status.kind === 'live'
    desk.tell({ kind: 'stream', status, atMs: clock.monotonicMs() })
  })
  const subscriptions = [
    ig.stream.trades(trade => desk.tell({ kind: 'trade', trade, atMs: clock.monotonicMs() })),
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

/** The SDK as the desk's broker. */
function brokerPort(ig: Ig): BrokerPort {
  return {
    open: (order, watch) => ig.positions.open(order, watch),
    close: (order, watch) => ig.positions.close(order, watch),
    findConfirm: reference => ig.confirms.find(reference),
    // In this order: a working order that fills between the two readings is seen in the second, never in neither.
    async readBook() {
      const workingOrders = await ig.orders.list().catch(() => null)
      return { workingOrders, positions: await ig.positions.list() }
    },
  }
}
