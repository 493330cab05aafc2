import type { Book, Engine } from '@scalpdesk/mock-broker/engine'
import {
  type AccountFigures,
  type Confirm,
  createQuote,
  DecodeError,
  type Epic,
  type Quote,
  type StreamStatus,
  type TradeEvent,
} from '@scalpdesk/sdk'
import { shownFigures, shownState } from '../../../bots/src/engine-broker/index.ts'
import type { SimulatedStream } from './simulated-stream.ts'

/** What the broker tells by itself. */
export interface BrokerHearer {
  quote(quote: Quote): void
  trade(trade: TradeEvent): void
  status(status: StreamStatus): void
  account(figures: AccountFigures): void
  heartbeat(brokerTimeMs: number): void
}

/** Puts what happens at the broker into the words of the stream, each stamped when it is received. */
export class BrokerVoice {
  readonly #stream: SimulatedStream
  readonly #hearer: BrokerHearer
  readonly #receivedAtMs: () => number

  constructor(stream: SimulatedStream, hearer: BrokerHearer, receivedAtMs: () => number) {
    this.#stream = stream
    this.#hearer = hearer
    this.#receivedAtMs = receivedAtMs
  }

  confirm(confirm: Confirm): void {
    this.trade({ kind: 'confirm', confirm, channel: null, repeatDealing: [] })
  }

  /** One that is sent while nobody subscribes to them reaches nobody. */
  trade(trade: TradeEvent): void {
    const tell = (told: TradeEvent) => this.#stream.areTradesTold && this.#hearer.trade(told)
    this.#stream.send({ deliver: () => tell(trade), deliverSpoilt: () => tell(missed('a row that cannot be read')) })
  }

  figures(account: ReturnType<Engine['account']>): void {
    this.#stream.send({
      deliver: () => this.#hearer.account(shownFigures(account, this.#receivedAtMs())),
      deliverSpoilt: NOTHING,
    })
  }

  heartbeat(brokerTimeMs: number): void {
    this.#stream.send({ deliver: () => this.#hearer.heartbeat(brokerTimeMs), deliverSpoilt: NOTHING })
  }

  /** @param shown in the place of the market's price */
  quote(
    epic: Epic,
    { quote, state, market }: Book,
    brokerTimeMs: number,
    { isSnapshot = false, shown }: QuoteOptions = {},
  ): void {
    const price = shown ?? quote
    // The engine changes its quote in place: taken now, told later.
    const [bidUnits, offerUnits] = [price?.bidUnits ?? null, price?.offerUnits ?? null]
    const fields = { epic, decimals: market.decimals, bidUnits, offerUnits, isDelayed: false, isSnapshot }
    const shownAs = shownState(state)
    this.#stream.send({
      deliver: () =>
        this.#hearer.quote(
          createQuote({ ...fields, state: shownAs, brokerTimeMs, receivedAtMs: this.#receivedAtMs() }),
        ),
      deliverSpoilt: () => {
        const gap = { kind: 'interrupted', text: 'a row that cannot be read', missed: 1 } as const
        const nothing = { bidUnits: null, offerUnits: null, state: { other: gap.kind }, brokerTimeMs: null, gap }
        this.#hearer.quote(createQuote({ ...fields, ...nothing, receivedAtMs: this.#receivedAtMs() }))
      },
    })
  }
}

interface QuoteOptions {
  readonly isSnapshot?: boolean
  readonly shown?: { readonly bidUnits: number; readonly offerUnits: number }
}

const NOTHING = (): void => {}

/** Trade events may have been missed. */
export const missed = (reason: string): TradeEvent => ({
  kind: 'unreadable',
  error: new DecodeError('TRADE', 'every event', reason),
})
