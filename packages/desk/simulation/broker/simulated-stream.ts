import type { StreamStatus } from '@scalpdesk/sdk'
import { between, type Random } from './chance.ts'

type Cause = Extract<StreamStatus, { kind: 'waiting' }>['cause']
type Continuity = Extract<StreamStatus, { kind: 'live' }>['continuity']

/** Something on its way to whoever listens. */
export interface Message {
  deliver(): unknown
  /** In its place, when the row cannot be read. */
  deliverSpoilt(): unknown
}

/** What the client says of the stream, beside its messages. */
export interface StreamHearer {
  status(status: StreamStatus): void
  trades(state: 'listening' | 'interrupted'): void
  /** Trade events may have been missed. */
  missed(reason: string): void
  /** The subscriptions are answered: their snapshots follow. */
  subscribed(): void
}

interface StreamClock {
  monotonicMs(): number
  at(dueMs: number, run: () => void): { cancel(): void }
}

/** Connected and silent for longer than promised (our choice). */
const STALLED_AFTER_MS = 3_000
/** Then the client gives the connection up (our choice). */
const GIVEN_UP_AFTER_MS = 6_000

/**
 * A streaming session and its client in one: what the server sends arrives in its order, late, twice over a broken line, or not
 * at all, with the statuses that the SDK's stream would tell. One client at a time.
 */
export class SimulatedStream {
  readonly #clock: StreamClock
  readonly #random: Random
  readonly #hearer: StreamHearer
  readonly #pending: { readonly message: Message; readonly dueMs: number }[] = []
  #link: 'none' | 'up' | 'down' = 'none'
  #isSilent = false
  #silences = 0
  #isStalled = false
  #isSessionOver = false
  #isBroken = false
  #isSpoilt = false
  #refusals: Cause[] = []
  #subscriptionRefusals = 0
  #areTradesTold = false
  /** Grows with every connection and session: what was meant for an older one finds out. */
  #epoch = 0
  #lastDueMs = 0

  constructor(clock: StreamClock, random: Random, hearer: StreamHearer) {
    this.#clock = clock
    this.#random = random
    this.#hearer = hearer
  }

  get isUp(): boolean {
    return this.#link === 'up' && !this.#isSilent
  }

  /** Trade events reach the client, or will. */
  get areTradesTold(): boolean {
    return this.#link === 'up' && this.#areTradesTold
  }

  /** A new client, as a program that starts has one. */
  connect(): void {
    this.disconnect()
    this.#hearer.status({ kind: 'connecting' })
    this.#in(between(this.#random, 20, 300), () => this.#reconnect('new'))
  }

  /** The client is gone, without a word. */
  disconnect(): void {
    this.#epoch += 1
    this.#link = 'none'
    this.#isStalled = false
    this.#isSessionOver = false
    this.#areTradesTold = false
    this.#pending.length = 0
  }

  send(message: Message): void {
    if (this.#link === 'none') return
    const now = this.#clock.monotonicMs()
    if (this.#isBroken && this.#link === 'up') {
      this.#isBroken = false
      this.drop({ code: 'lost', text: 'the line broke off' })
    }
    const dueMs = Math.max(this.#lastDueMs, now + between(this.#random, 1, 12))
    this.#lastDueMs = dueMs
    this.#pending.push({ message, dueMs })
    if (this.#link === 'up') this.#clock.at(dueMs, () => this.#flush())
  }

  /** Cuts the connection; the session can be recovered. */
  drop(cause: Cause = { code: 'lost', text: 'the connection is gone' }): void {
    if (this.#link !== 'up') return
    this.#link = 'down'
    this.#wait(cause, between(this.#random, 100, 2_500))
  }

  /** The server wants a new connection of the same session. */
  loop(): void {
    if (this.#link !== 'up') return
    this.#link = 'down'
    this.#epoch += 1
    this.#hearer.status({ kind: 'connecting', cause: { code: 'loop', text: 'the server asked for a new connection' } })
    this.#in(between(this.#random, 20, 200), () => this.#reconnect('preserved'))
  }

  /** The session is over. */
  end(code: number, text: string): void {
    if (this.#link === 'none') return
    this.#isSessionOver = true
    if (this.#link === 'up') {
      this.#link = 'down'
      this.#wait({ code, text }, code === 48 ? between(this.#random, 20, 200) : between(this.#random, 500, 3_000))
    }
    this.#loseTrades()
  }

  /** The next session to be made or bound is refused. */
  refuse(code: number, text: string): void {
    this.#refusals.push({ code, text })
  }

  refuseSubscription(): void {
    this.#subscriptionRefusals += 1
  }

  /** What was sent cannot be sent again. */
  forget(): void {
    if (this.#link === 'down') this.#isSessionOver = true
  }

  goSilent(): void {
    if (this.#isSilent) return
    this.#isSilent = true
    this.#silences += 1
    const silence = this.#silences
    const ifStillSilent = (afterMs: number, run: () => void): void =>
      this.#in(afterMs, () => {
        if (this.#isSilent && silence === this.#silences) run()
      })
    ifStillSilent(STALLED_AFTER_MS, () => {
      if (this.#link !== 'up') return
      this.#isStalled = true
      this.#hearer.status({ kind: 'stalled' })
    })
    ifStillSilent(GIVEN_UP_AFTER_MS, () => this.drop({ code: 'silent', text: 'nothing came for too long' }))
  }

  speak(): void {
    if (!this.#isSilent) return
    this.#isSilent = false
    if (this.#link !== 'up') return
    if (this.#isStalled) this.#live('preserved')
    this.#flush()
  }

  breakNextLine(): void {
    this.#isBroken = true
  }

  spoilNextRow(): void {
    this.#isSpoilt = true
  }

  /** Every fault ends, and a fresh session begins. */
  heal(): void {
    this.#isSilent = false
    this.#isBroken = false
    this.#isSpoilt = false
    this.#refusals = []
    this.#subscriptionRefusals = 0
    if (this.#link !== 'none') this.end(48, 'a fresh session')
  }

  #wait(cause: Cause, retryInMs: number): void {
    this.#epoch += 1
    this.#isStalled = false
    this.#hearer.status({ kind: 'waiting', cause, retryAtMs: this.#clock.monotonicMs() + retryInMs })
    this.#in(retryInMs, () => this.#reconnect('recovered'))
  }

  #reconnect(wanted: Continuity): void {
    const refusal = this.#refusals.shift()
    // A server that says nothing answers no request either.
    if (refusal || this.#isSilent) {
      if (refusal?.code === 4) this.#isSessionOver = true
      return this.#retry(wanted, refusal ?? { code: 'timeout', text: 'no answer' })
    }
    const isFresh = wanted === 'new' || this.#isSessionOver
    this.#link = 'up'
    this.#isSessionOver = false
    if (isFresh) {
      this.#loseTrades()
      this.#pending.length = 0
    }
    this.#live(isFresh && wanted !== 'new' ? 'replaced' : wanted)
    if (isFresh) this.#in(between(this.#random, 20, 120), () => this.#subscribe())
    else this.#flush()
  }

  #retry(wanted: Continuity, cause: Cause): void {
    const retryInMs = between(this.#random, 300, 2_000)
    this.#hearer.status({ kind: 'waiting', cause, retryAtMs: this.#clock.monotonicMs() + retryInMs })
    this.#in(retryInMs, () => this.#reconnect(wanted === 'new' ? 'new' : 'recovered'))
  }

  #live(continuity: Continuity): void {
    this.#isStalled = false
    this.#hearer.status({ kind: 'live', continuity })
    const goesOn = continuity === 'preserved' || continuity === 'recovered'
    if (goesOn && this.#areTradesTold) this.#hearer.trades('listening')
  }

  #subscribe(): void {
    if (this.#subscriptionRefusals > 0) {
      this.#subscriptionRefusals -= 1
      this.#hearer.trades('interrupted')
      this.#hearer.missed('a refusal')
    } else {
      this.#areTradesTold = true
      this.#hearer.trades('listening')
    }
    this.#hearer.subscribed()
  }

  #loseTrades(): void {
    if (!this.#areTradesTold) return
    this.#areTradesTold = false
    this.#hearer.trades('interrupted')
  }

  #flush(): void {
    const now = this.#clock.monotonicMs()
    while (this.#link === 'up' && !this.#isSilent) {
      const [first] = this.#pending
      if (!first || first.dueMs > now) return
      this.#pending.shift()
      if (this.#isSpoilt) {
        this.#isSpoilt = false
        first.message.deliverSpoilt()
      } else first.message.deliver()
    }
  }

  /** Unless the connection is another one by then. */
  #in(ms: number, run: () => void): void {
    const epoch = this.#epoch
    this.#clock.at(this.#clock.monotonicMs() + ms, () => {
      if (epoch === this.#epoch) run()
    })
  }
}
