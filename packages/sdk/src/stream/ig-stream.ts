import type { Subscription, SubscriptionListener, SubscriptionSpec, TlcpClient } from '@scalpdesk/tlcp'
import type { AccountFigures } from '../account.ts'
import type { Confirm } from '../confirm.ts'
import type { AccountId } from '../ids.ts'
import type { IgStream, StreamStatus, StreamSubscription } from '../ig.ts'
import type { Market } from '../market.ts'
import type { Clock } from '../ports.ts'
import type { Quote } from '../quote.ts'
import type { TradeEvent } from '../trade-event.ts'
import { FIGURE_FIELDS, noFigures, readFigures } from './figures-reader.ts'
import { PRICE_FIELDS, QuoteReader } from './quote-reader.ts'
import { missedTrades, readTradeEvents, TRADE_FIELDS } from './trade-reader.ts'

/** IG's items as quotes, events and figures. Source of item names and modes: IG Labs, Streaming API reference. */
export class LazyIgStream implements IgStream {
  readonly #open: () => TlcpClient
  readonly #clock: Clock
  readonly #account: () => AccountId
  readonly #wanted = new Set<Wanted>()
  readonly #endings = new Set<Promise<void>>()
  /** Subscriptions to trades that the server has. */
  readonly #hearing = new Set<object>()
  #hearConfirm: (confirm: Confirm) => void = () => {}
  readonly #statusListeners = new Map<(status: StreamStatus) => void, (() => void) | null>()
  #client: TlcpClient | null = null
  #isClosed = false

  /**
   * @param open makes the connection; called at the first subscription, and at the first after the account was switched.
   * @param account the one acted on now.
   */
  constructor(open: () => TlcpClient, account: () => AccountId, clock: Clock) {
    this.#open = open
    this.#account = account
    this.#clock = clock
  }

  prices(markets: readonly Market[], listener: (quote: Quote) => void): StreamSubscription {
    // One subscription each: IG refuses a whole subscription for one epic that it does not know.
    const parts = markets.map(market => this.#price(market, listener))
    return {
      close() {
        for (const part of parts) part.close()
      },
    }
  }

  trades(listener: (event: TradeEvent) => void): StreamSubscription {
    const spec = (): SubscriptionSpec => ({
      mode: 'DISTINCT',
      items: [`TRADE:${this.#account()}`],
      fields: TRADE_FIELDS,
      // What happened before is asked of REST, where it has a date; here it would look like news.
      isSnapshotWanted: false,
    })
    const own = {}
    const deafen = (): void => {
      this.#hearing.delete(own)
      listener({ kind: 'feed', state: 'interrupted' })
    }
    const subscription = this.#subscribe(spec, {
      active: () => {
        this.#hearing.add(own)
        listener({ kind: 'feed', state: 'listening' })
      },
      inactive: deafen,
      update: row => {
        for (const event of readTradeEvents(row)) {
          if (event.kind === 'confirm') this.#hearConfirm(event.confirm)
          listener(event)
        }
      },
      interrupted: reason => listener(missedTrades(reason)),
      refused({ code, text }) {
        deafen()
        listener(missedTrades(`a refusal: ${text} (${code})`))
      },
    })
    return {
      close: () => {
        this.#hearing.delete(own)
        subscription.close()
      },
    }
  }

  account(listener: (figures: AccountFigures) => void): StreamSubscription {
    const spec = (): SubscriptionSpec => ({
      mode: 'MERGE',
      items: [`ACCOUNT:${this.#account()}`],
      fields: FIGURE_FIELDS,
      isSnapshotWanted: true,
    })
    const tellNothing = () => listener(noFigures(this.#clock.monotonicMs()))
    return this.#subscribe(spec, {
      update: row => listener(readFigures(row)),
      interrupted: tellNothing,
      refused: tellNothing,
    })
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    if (this.#client === null) {
      this.#statusListeners.set(listener, null)
      listener(this.#isClosed ? { kind: 'closed', cause: CLOSED } : { kind: 'connecting' })
    } else {
      this.#statusListeners.set(listener, this.#client.onStatus(listener))
    }
    return () => {
      this.#statusListeners.get(listener)?.()
      this.#statusListeners.delete(listener)
    }
  }

  /** Hears every confirm that a subscription to trades brings, before its listener does. */
  onConfirm(hear: (confirm: Confirm) => void): void {
    this.#hearConfirm = hear
  }

  /** Whether a confirm would be heard now. */
  get isHearingConfirms(): boolean {
    return this.#hearing.size > 0 && this.#client?.status.kind === 'live'
  }

  /** Another account is acted on: the session of the one before ends, and every subscription begins again on the new one. */
  switchAccount(): void {
    const before = this.#client
    if (before === null || this.#isClosed) return
    for (const stop of this.#statusListeners.values()) stop?.()
    for (const wanted of this.#wanted) {
      // Nothing of the account before is told as if it were of this one.
      wanted.subscription?.close()
      wanted.subscription = null
    }
    const ending = before.close()
    this.#endings.add(ending)
    void ending.finally(() => this.#endings.delete(ending))
    this.#client = null
    for (const { listener } of [...this.#wanted]) {
      listener.inactive?.(SWITCHED)
      listener.interrupted?.(SWITCHED)
    }
    if (this.#wanted.size === 0) {
      for (const listener of this.#statusListeners.keys()) listener({ kind: 'connecting' })
      return
    }
    const client = this.#connected()
    for (const wanted of [...this.#wanted]) wanted.subscription ??= subscribe(client, wanted)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#client === null) {
      for (const listener of this.#statusListeners.keys()) listener({ kind: 'closed', cause: CLOSED })
    }
    await Promise.all([this.#client?.close(), ...this.#endings])
  }

  #price(market: Market, listener: (quote: Quote) => void): StreamSubscription {
    const spec = (): SubscriptionSpec => ({
      mode: 'MERGE',
      items: [`PRICE:${this.#account()}:${market.epic}`],
      fields: PRICE_FIELDS,
      dataAdapter: 'Pricing',
      isSnapshotWanted: true,
    })
    const reader = new QuoteReader(market)
    const tellNothing = (reason: string) => listener(reader.readNothing(reason, this.#clock.monotonicMs()))
    return this.#subscribe(spec, {
      update: row => listener(reader.read(row)),
      interrupted: reason => tellNothing(`interrupted: ${reason}`),
      refused: ({ code, text }) => tellNothing(`refused: ${text} (${code})`),
    })
  }

  #subscribe(spec: () => SubscriptionSpec, listener: SubscriptionListener): StreamSubscription {
    if (this.#isClosed) return { close() {} }
    const wanted: Wanted = { spec, listener, subscription: null }
    this.#wanted.add(wanted)
    wanted.subscription = subscribe(this.#connected(), wanted)
    return {
      close: () => {
        this.#wanted.delete(wanted)
        wanted.subscription?.close()
        wanted.subscription = null
      },
    }
  }

  #connected(): TlcpClient {
    if (this.#client !== null) return this.#client
    const client = this.#open()
    this.#client = client
    for (const listener of this.#statusListeners.keys()) this.#statusListeners.set(listener, client.onStatus(listener))
    return client
  }
}

/** What somebody subscribed to, on whichever connection there is. */
interface Wanted {
  readonly spec: () => SubscriptionSpec
  readonly listener: SubscriptionListener
  subscription: Subscription | null
}

function subscribe(client: TlcpClient, { spec, listener }: Wanted): Subscription {
  return client.subscribe(spec(), listener)
}

const SWITCHED = 'another account is acted on'
const CLOSED = { code: 'asked', text: 'closed by this program' } as const
