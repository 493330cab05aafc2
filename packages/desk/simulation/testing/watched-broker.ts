import {
  type DealReference,
  Decimal,
  dealReference,
  type StreamStatus,
  type Submission,
  type TradeEvent,
} from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import type { DeskRequest } from '../../../bots/src/engine-broker/index.ts'
import type { BrokerBook } from '../../src/desk-event.ts'
import { EngineBroker, type EngineBrokerOptions } from '../broker/engine-broker.ts'
import { EURUSD, marketOf } from '../broker/simulated-markets.ts'

/** A simulated broker whose every word is kept, for tests to look at. */
export class WatchedBroker {
  readonly clock = manualClock()
  readonly heard: string[] = []
  readonly trades: TradeEvent[] = []
  readonly quotes: (string | null)[] = []
  readonly answers: Submission[] = []
  readonly broker: EngineBroker
  #names = 0

  constructor(options: Partial<EngineBrokerOptions> = {}) {
    const { clock } = this
    this.broker = new EngineBroker({
      clock,
      seed: 1,
      receivedAtMs: clock.monotonicMs,
      hearer: {
        quote: quote => {
          this.quotes.push(quote.bid?.toFixed() ?? null)
        },
        trade: trade => {
          this.trades.push(trade)
          this.heard.push(tradeWords(trade))
        },
        status: status => {
          this.heard.push(statusWords(status))
        },
        account: () => {},
        heartbeat: () => {},
      },
      ...options,
    })
    clock.advance(1)
    this.broker.stream.connect()
    clock.advance(1_000)
    this.heard.length = 0
  }

  get reference(): DealReference {
    this.#names += 1
    return dealReference(`R${this.#names}`)
  }

  /** Buys one, with a stop, and waits. */
  buy(waitMs = 2_000, reference = this.reference): void {
    const market = marketOf(this.broker.exchange, EURUSD)
    const stop = { distancePoints: new Decimal(20) }
    this.send({ kind: 'open', order: { reference, market, direction: 'BUY', size: new Decimal(1), stop } }, waitMs)
  }

  send(request: DeskRequest, waitMs = 2_000): void {
    this.broker.send(request, false, submission => this.answers.push(submission))
    this.clock.advance(waitMs)
  }

  get answer(): string {
    const last = this.answers.at(-1)
    if (!last) return 'none'
    return 'code' in last ? `${last.kind} ${last.code}` : last.kind
  }

  list(): BrokerBook | Error | null {
    let found: BrokerBook | Error | null = null
    this.broker.readBook(
      book => {
        found = book
      },
      cause => {
        found = cause
      },
    )
    this.clock.advance(2_000)
    return found
  }

  confirmOf(reference: string): string {
    let found = 'no answer'
    this.broker.findConfirm(dealReference(reference), confirm => {
      found = confirm
        ? `${confirm.outcome.kind} ${confirm.dealId === this.broker.exchange.positions[0]?.dealId ? 'right' : 'wrong'}`
        : 'none'
    })
    this.clock.advance(2_000)
    return found
  }
}

function tradeWords(trade: TradeEvent): string {
  switch (trade.kind) {
    case 'confirm':
      return `confirm ${trade.confirm.outcome.kind}`
    case 'position':
      return `position ${String(trade.update.status)}`
    case 'working-order':
      return `order ${String(trade.update.status)}`
    case 'feed':
      return trade.state
    case 'unreadable':
      return 'unreadable'
  }
}

function statusWords(status: StreamStatus): string {
  return status.kind === 'live' ? `live ${status.continuity}` : status.kind
}
