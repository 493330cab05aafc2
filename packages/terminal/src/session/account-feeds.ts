import type { Desk } from '@scalpdesk/desk'
import { type Clock, DecodeError, type Ig, type TradeEvent } from '@scalpdesk/sdk'

export interface AccountFeedsParts {
  readonly stream: Pick<Ig['stream'], 'trades' | 'heartbeat' | 'account'>
  readonly desk: Pick<Desk, 'tell'>
  readonly clock: Pick<Clock, 'monotonicMs'>
  /** A fault of our own in what was heard: thrown from there it would end the program, and take the means to close away. */
  readonly onFault: (error: unknown) => void
}

/** Tells a desk the account's own events, its figures, and that the stream lives. */
export function startAccountFeeds({ stream, desk, clock, onFault }: AccountFeedsParts): { close(): void } {
  function hearTrade(trade: TradeEvent): void {
    try {
      desk.tell({ kind: 'trade', trade, atMs: clock.monotonicMs() })
    } catch (error) {
      // What is missed may change what is open: only the broker's lists tell then.
      const missed = new DecodeError('an event', 'one that can be taken', error instanceof Error ? error.message : '')
      desk.tell({ kind: 'trade', trade: { kind: 'unreadable', error: missed }, atMs: clock.monotonicMs() })
      throw error
    }
  }
  const guarded = guardedBy(onFault)
  const subscriptions = [
    stream.trades(guarded(hearTrade)),
    stream.heartbeat(
      guarded(({ gap, isSnapshot, brokerTimeMs }) => {
        if (gap === null && !isSnapshot) desk.tell({ kind: 'heartbeat', brokerTimeMs, atMs: clock.monotonicMs() })
      }),
    ),
    stream.account(guarded(figures => desk.tell({ kind: 'account', figures, atMs: clock.monotonicMs() }))),
  ]
  return {
    close() {
      for (const subscription of subscriptions) subscription.close()
    },
  }
}

/** A listener from which nothing is thrown. */
export function guardedBy(onFault: (error: unknown) => void) {
  return <Told>(hear: (told: Told) => void): ((told: Told) => void) =>
    told => {
      try {
        hear(told)
      } catch (error) {
        onFault(error)
      }
    }
}
