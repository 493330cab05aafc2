import type { OpenPositionJson, WorkingOrderEntryJson } from '@scalpdesk/wire'
import type { BrokerSnapshot } from './broker-snapshot.ts'
import type { DirectLine } from './direct-line.ts'
import type { Faults } from './faults.ts'
import type { ReplayProgress } from './playback/replay-progress.ts'
import type { RecordedRequest } from './request-log.ts'
import type { ShownMarket } from './shown-market.ts'
import type { OpenStream } from './stream/stream-server.ts'

/** A broker on this machine that speaks IG's REST and streaming protocols. */
export interface MockBroker extends AsyncDisposable {
  /** Base URL of the REST API, `http://127.0.0.1:40000/gateway/deal`. */
  readonly url: string
  /** Streaming endpoint, `http://127.0.0.1:40000`. */
  readonly stream: string
  readonly apiKey: string
  readonly username: string
  readonly password: string
  readonly accountId: string
  /** Stops everything: sockets, timers, files. */
  close(): Promise<void>
  /** Every REST request so far (the last 10,000). */
  requests(): readonly RecordedRequest[]
  /** The opens and closes among them. */
  orders(): readonly RecordedRequest[]
  /** Every change of positions and working orders that was asked for, in order, refused ones too. */
  dealingRequests(): readonly RecordedRequest[]
  /** What is open now on all accounts, as GET /positions shows it. */
  positions(): readonly OpenPositionJson[]
  /** What waits for its level now on all accounts, as GET /workingorders shows it. */
  workingOrders(): readonly WorkingOrderEntryJson[]
  /** Streaming sessions that are open now, with or without a client listening. */
  streams(): readonly OpenStream[]
  readonly faults: Faults
  /** The same broker without sockets, for a client in this process. */
  readonly direct: DirectLine
  /** A tape is being read: what it holds next is not known yet. */
  isReading(): boolean
  /** Shows a market this quote now. @throws MockBrokerError for an unknown epic or a price it cannot show. */
  injectTick(epic: string, bid: string, offer: string): void
  /** A night passes: open positions are charged for it. */
  passNight(): void
  /**
   * Ends a market's contract: what is open on it is closed at this level, or in the middle of its price.
   * @throws MockBrokerError for an unknown epic or a level it cannot show.
   */
  settle(epic: string, level?: string): void
  /** Everything at this moment: markets, accounts, what is open, streams, faults. */
  state(): BrokerSnapshot
  /** Sets the broker's wall clock, UTC milliseconds since 1970. */
  setClock(nowMs: number): void
  /** Holds all prices where they are. */
  pause(): void
  resume(): void
  /** Plays the next ticks of every market, or of one, while paused. @throws MockBrokerError when it is not, or for an unknown epic. */
  step(ticks?: number, epic?: string): Promise<void>
  /** A market and what is open on it at this moment. @throws MockBrokerError for an unknown epic */
  shown(epic: string): ShownMarket
  /** How far the tapes have been played. */
  replay(): ReplayProgress
  /** Tape seconds in one real second, or `max`, from now on. @throws MockBrokerError for another value. */
  setSpeed(speed: number | 'max'): void
}
