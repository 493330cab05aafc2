import type { Order, Reason } from '../engine/index.ts'
import type { FaultPlan } from './fault-plan.ts'
import type { FaultName } from './fault-rules.ts'

export type DealingOperation = Order['kind']

/** Which request a fault waits for: a kind of dealing request, any of them, any request at all, or a path that begins so. */
export type FaultMatch = DealingOperation | 'dealing' | 'any' | `/${string}`

/** The confirm that a fault waits for, by the request that it belongs to. */
export type ConfirmMatch = DealingOperation | 'dealing'

/** What goes wrong on request, now or as planned. */
export interface Faults extends BasicFaults {
  /** Makes a fault happen at a time, on the n-th request or with a chance. @throws MockBrokerError `bad-faults`. */
  plan(plan: FaultPlan): void
  /** Every plan of this fault ends, what still waits for its request is taken back, and what lasts is made good. */
  stop(fault: FaultName): void
  /** Plans that have not ended. */
  planned(): readonly FaultPlan[]
}

/** Each fault by its name. It lasts as its name says; those that wait for a request wait for the next dealing one. */
export interface BasicFaults {
  /** The request is taken, then its connection is destroyed without an answer. */
  loseReply(match?: FaultMatch): void
  /** The older name of `loseReply`. */
  loseNextReply(match?: FaultMatch): void
  /** The answer comes this much later than usual. */
  slowReply(ms: number, match?: FaultMatch): void
  /** The request is taken and dealt, but answered 504. */
  gatewayTimeoutAfterAccept(match?: FaultMatch): void
  /** Nothing is done, and the answer is 500 with `{"errorCode":null}`. */
  errorWithNullCode(match?: FaultMatch): void
  /** The request is taken, but its answer has status 200 and no body. */
  emptyBody(match?: FaultMatch): void
  /** The request is taken, but its answer is a page of HTML with status 200. */
  htmlBody(match?: FaultMatch): void
  /** The deal is done in time, its confirm comes this much later, by REST and by stream. */
  confirmLate(ms: number, match?: ConfirmMatch): void
  /** The deal is done, its confirm never comes. */
  confirmLost(match?: ConfirmMatch): void
  /** The stream tells the confirm twice. */
  confirmTwice(match?: ConfirmMatch): void
  /** The confirm names a deal that does not exist. */
  confirmWrongId(match?: ConfirmMatch): void
  /** The deal is done, but asking for its confirm is answered 405 without a body, and the stream does not tell it. */
  confirm405ThoughOpen(match?: ConfirmMatch): void
  /** The next open that asks for a stop is confirmed with it and has none. */
  openWithoutStop(): void
  /** The next order is refused with this reason. */
  rejectNext(reason: Reason): void
  /** Every token dies but refresh tokens. */
  expireToken(): void
  /** The next request is refused as one too many: of this key, of this account, or as a trading request. */
  exceedAllowance(kind?: AllowanceKind): void
  /** Destroys every streaming socket; the sessions stay and can be recovered. */
  dropStream(): void
  /** Streaming sockets stay open and nothing is sent on them, until `speak`. */
  goSilent(): void
  speak(): void
  /** Every client is told to bind again at once (LOOP). */
  loopStream(): void
  /** Every streaming session ends with this code (END): 48 asks for a new one at once, 32 is the server's own wish. */
  endStream(code: number, text: string): void
  /** The next session that is created or bound is refused with this code (CONERR): 4 for recovery, 5 when overloaded. */
  refuseStream(code: number, text: string): void
  /** The next subscription is refused with this code (REQERR), IG's own from 0 down. */
  refuseSubscription(code: number, text: string): void
  /** What was streamed so far cannot be recovered. */
  forgetStream(): void
  /** The market shows no price until its next quote: bid and offer are null. */
  nullPrices(epic: string): void
  /** The next streamed message breaks off in the middle of its last line, and its socket closes. */
  halfLine(): void
  /** The next data row on every socket is one that no client can read. */
  badRow(): void
  /** The market's price stands still from now on, until `freshQuote`. */
  staleQuote(epic: string): void
  freshQuote(epic: string): void
  /** One streamed row shows the market's bid above its offer; nothing deals on it. */
  crossedQuote(epic: string): void
  /** The broker's wall clock jumps by so much, back when negative. */
  clockJump(ms: number): void
  marketClosed(epic: string): void
  /** The older name of `marketClosed`. */
  closeMarket(epic: string): void
  openMarket(epic: string): void
  /** The broker comes back as after its maintenance: nobody is signed in, streams are gone, confirms forgotten; deals stay. */
  restart(): void
}

export type AllowanceKind = 'api-key' | 'account' | 'account-trading' | 'account-historical-data'

/** @param operation null for a request that does not deal. */
export function fits(match: FaultMatch, operation: DealingOperation | null, path: string): boolean {
  if (match === 'any') return true
  if (match.startsWith('/')) return path.startsWith(match)
  return match === 'dealing' ? operation !== null : match === operation
}
