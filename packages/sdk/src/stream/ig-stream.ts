import type { SubscriptionListener, SubscriptionSpec, TlcpClient } from '@scalpdesk/tlcp'
import type { AccountFigures } from '../account.ts'
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
  readonly #account: AccountId
  readonly #statusListeners = new Map<(status: StreamStatus) => void, (() => void) | null>()
  #client: TlcpClient | null = null
  #isClosed = false

  /** @param open makes the connection; called at the first subscription. */
  constructor(open: () => TlcpClient, account: AccountId, clock: Clock) {
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
    const spec: SubscriptionSpec = {
      mode: 'DISTINCT',
      items: [`TRADE:${this.#account}`],
      fields: TRADE_FIELDS,
      // What happened before is asked of REST, where it has a date; here it would look like news.
      isSnapshotWanted: false,
    }
    return this.#subscribe(spec, {
      active: () => listener({ kind: 'feed', state: 'listening' }),
      inactive: () => listener({ kind: 'feed', state: 'interrupted' }),
      update(row) {
        for (const event of readTradeEvents(row)) listener(event)
      },
      interrupted: reason => listener(missedTrades(reason)),
      refused({ code, text }) {
        listener({ kind: 'feed', state: 'interrupted' })
        listener(missedTrades(`a refusal: ${text} (${code})`))
      },
    })
  }

  account(listener: (figures: AccountFigures) => void): StreamSubscription {
    const spec: SubscriptionSpec = {
      mode: 'MERGE',
      items: [`ACCOUNT:${this.#account}`],
      fields: FIGURE_FIELDS,
      isSnapshotWanted: true,
    }
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

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#client !== null) return this.#client.close()
    for (const listener of this.#statusListeners.keys()) listener({ kind: 'closed', cause: CLOSED })
  }

  #price(market: Market, listener: (quote: Quote) => void): StreamSubscription {
    const spec: SubscriptionSpec = {
      mode: 'MERGE',
      items: [`PRICE:${this.#account}:${market.epic}`],
      fields: PRICE_FIELDS,
      dataAdapter: 'Pricing',
      isSnapshotWanted: true,
    }
    const reader = new QuoteReader(market)
    const tellNothing = (reason: string) => listener(reader.readNothing(reason, this.#clock.monotonicMs()))
    return this.#subscribe(spec, {
      update: row => listener(reader.read(row)),
      interrupted: reason => tellNothing(`interrupted: ${reason}`),
      refused: ({ code, text }) => tellNothing(`refused: ${text} (${code})`),
    })
  }

  #subscribe(spec: SubscriptionSpec, listener: SubscriptionListener): StreamSubscription {
    if (this.#isClosed) return { close() {} }
    return this.#connected().subscribe(spec, listener)
  }

  #connected(): TlcpClient {
    if (this.#client !== null) return this.#client
    const client = this.#open()
    this.#client = client
    for (const listener of this.#statusListeners.keys()) this.#statusListeners.set(listener, client.onStatus(listener))
    return client
  }
}

const CLOSED = { code: 'asked', text: 'closed by this program' } as const
