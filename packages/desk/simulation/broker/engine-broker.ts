import { type Confirm, type DealReference, epic, type Submission } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import type { DeskRequest } from '../../../bots/src/engine-broker/index.ts'
import { shownPast, shownPosition, shownWorkingOrder } from '../../../bots/src/engine-broker/index.ts'
import type { BookedMoney, PastDeal } from '../../src/broker-port.ts'
import type { BrokerBook } from '../../src/desk-event.ts'
import { answerTo, inputProblem, refused, unknown } from './answers.ts'
import { between, happens, type Random } from './chance.ts'
import { Exchange, type ExchangeOptions } from './exchange.ts'
import { EPICS } from './simulated-markets.ts'
import type { SimulatedStream } from './simulated-stream.ts'
import type { WaitingFaults } from './waiting-faults.ts'

export interface EngineBrokerOptions extends ExchangeOptions {
  /** By how much the account's history follows the truth late. */
  readonly historyLagMs?: number
}

/** As long as the SDK waits for an answer. */
const REQUEST_TIMEOUT_MS = 10_000
/** An entry that cannot leave by then is not sent (`OPEN_WITHIN_MS` of the driver). */
const CONNECT_WITHIN_MS = 250
const HISTORY_LAG_MS = 500

/** How its lists answer now. */
export type Readings = 'whole' | 'without-working-orders' | 'failing'

/**
 * The mock broker's engine, driven by a manual clock and a seeded path of prices, behind a network that is not to be relied on.
 * Everything is told through callbacks, at its time; what is true can be looked at.
 */
export class EngineBroker {
  readonly exchange: Exchange
  readonly stream: SimulatedStream
  readonly faults: WaitingFaults
  readings: Readings = 'whole'
  /** Requests that reached the broker, in their order. */
  readonly arrived: { readonly reference: string; readonly kind: DeskRequest['kind'] }[] = []
  /** Set anew with each step of a session, so that a step can be left out without changing what befalls the others. */
  #network: Random
  #signedInAtMs = 0
  #expiry: { readonly renewMs: number } | null = null
  readonly #options: EngineBrokerOptions

  constructor(options: EngineBrokerOptions) {
    this.#options = options
    this.exchange = new Exchange(options)
    this.stream = this.exchange.stream
    this.faults = this.exchange.faults
    this.#network = seededRandom(options.seed + 1)
  }

  /** From here on these numbers decide what the network does. */
  reseed(seed: number): void {
    this.#network = seededRandom(seed)
    this.exchange.reseed(seed)
  }

  /**
   * Sends a request once. The answer comes later, exactly once. @param isPatient it may wait for a connection
   * @returns whether bytes of it leave now
   */
  send(request: DeskRequest, isPatient: boolean, reply: (submission: Submission) => void): boolean {
    const problem = inputProblem(request)
    const travel = this.faults.take(this.faults.travels, request.kind)
    if (problem || travel?.kind === 'unsent') {
      const cause = new Error(problem ?? 'no connection')
      this.#in(between(this.#network, 0, CONNECT_WITHIN_MS), () => reply({ kind: 'unsent', cause }))
      return false
    }
    const waitsMs = Math.max(0, this.#signedInAtMs - this.#now)
    if (waitsMs > CONNECT_WITHIN_MS && !isPatient) {
      this.#in(CONNECT_WITHIN_MS, () => reply({ kind: 'unsent', cause: new Error('the tokens are being renewed') }))
      return false
    }
    const network = seededRandom(Math.floor(this.#network.next() * 2 ** 31))
    const there = waitsMs + (travel?.kind === 'late' ? travel.ms : usualTravelMs(network))
    let isAnswered = false
    const answer = (submission: Submission): void => {
      if (isAnswered) return
      isAnswered = true
      reply(submission)
    }
    if (there > REQUEST_TIMEOUT_MS || travel?.kind === 'lost')
      this.#in(travel?.kind === 'lost' ? between(network, 5, REQUEST_TIMEOUT_MS) : REQUEST_TIMEOUT_MS, () =>
        answer(unknown('the connection was lost')),
      )
    if (travel?.kind !== 'lost') this.#in(there, () => this.#arrive(request, network, answer))
    return true
  }

  findConfirm(reference: DealReference, answer: (confirm: Confirm | null) => void): void {
    this.#ask(
      () => this.exchange.confirms.find(reference, this.#now),
      answer,
      () => answer(null),
    )
  }

  /** Working orders first, then positions, as the port asks for it. */
  readBook(answer: (book: BrokerBook) => void, fail: (cause: Error) => void): void {
    const bookOf = (name: string) => this.exchange.book(epic(name))
    const lists = () => this.exchange.lists.at(this.#now)
    this.#ask(
      () => lists().orders.map(order => shownWorkingOrder(order, bookOf(order.epic))),
      workingOrders =>
        this.#ask(
          () => lists().positions.map(position => shownPosition(position, bookOf(position.epic))),
          positions => {
            if (this.readings === 'failing') return fail(new Error('no answer'))
            answer({ positions, workingOrders: this.readings === 'whole' ? workingOrders : null })
          },
          fail,
        ),
      fail,
    )
  }

  findDeals(sinceMs: number, answer: (deals: readonly PastDeal[] | null) => void): void {
    const found = () => {
      const untilMs = this.exchange.nowMs - (this.#options.historyLagMs ?? HISTORY_LAG_MS)
      return this.exchange.activities.filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs).map(shownPast)
    }
    this.#ask<readonly PastDeal[]>(found, answer, () => answer(null))
  }

  findCharges(sinceMs: number, answer: (booked: readonly BookedMoney[] | null) => void): void {
    const found = () => this.exchange.ledger.booked.filter(({ atMs }) => atMs === null || atMs >= sinceMs)
    this.#ask<readonly BookedMoney[]>(found, answer, () => answer(null))
  }

  /** Tokens are dead until the client has renewed them. @param renewMs how long that takes once it is noticed */
  expireTokens(renewMs: number): void {
    this.#expiry = { renewMs }
  }

  /** Every fault ends; what is held stays. */
  heal(): void {
    this.faults.clear()
    this.#expiry = null
    this.#signedInAtMs = 0
    this.readings = 'whole'
    for (const name of EPICS) {
      this.exchange.holdQuotes(name, false)
      if (this.exchange.book(name).state !== 'TRADEABLE') this.exchange.setMarket(name, 'TRADEABLE')
    }
    this.stream.heal()
  }

  #arrive(request: DeskRequest, network: Random, answer: (submission: Submission) => void): void {
    const back = usualTravelMs(network)
    const later = (submission: Submission, ms = back): void => this.#in(ms, () => answer(submission))
    const code = this.#refusalAtTheDoor()
    if (code !== null) return later(refused(code))
    const fault = this.faults.take(this.faults.replies, request.kind)
    if (fault?.kind === 'null-code') return later(unknown('status 500'))
    const reference = this.#take(request, network)
    const reply = answerTo(fault, reference)
    if (reply) return later(reply)
    const slowMs = fault?.kind === 'slow' ? fault.ms : between(network, 5, 40)
    if (back + slowMs >= REQUEST_TIMEOUT_MS) return later(unknown('no answer in time'), REQUEST_TIMEOUT_MS)
    this.#in(back + slowMs, () =>
      answer({ kind: 'acknowledged', reference, acknowledgedAtMs: this.#options.receivedAtMs() }),
    )
  }

  /** Tokens and allowances, before the request is looked at. */
  #refusalAtTheDoor(): string | null {
    if (this.#expiry) {
      this.#renewTokens(this.#expiry)
      return 'error.security.client-token-invalid'
    }
    const exceeded = this.faults.exceeded.shift()
    return exceeded === undefined ? null : `error.public-api.exceeded-${exceeded}-allowance`
  }

  #renewTokens({ renewMs }: { readonly renewMs: number }): void {
    this.#signedInAtMs = this.#now + renewMs
    this.#expiry = null
  }

  /** Takes it, and deals it when the broker's time for that has come. */
  #take(request: DeskRequest, network: Random): DealReference {
    const { kind, order } = request
    const reference = kind === 'open' || kind === 'place' ? order.reference : this.exchange.nextReference()
    this.arrived.push({ reference, kind })
    const fault = this.faults.take(this.faults.confirms, kind)
    const rejection = this.faults.rejections.shift() ?? null
    this.#in(between(network, 1, 60), () => {
      const losesStop = kind === 'open' && this.faults.takeLostStop()
      this.exchange.deal(request, reference, { rejection, losesStop, fault, random: network })
    })
    return reference
  }

  /** A question, there and back; the tokens are renewed on the way where that is needed. */
  #ask<Value>(look: () => Value, answer: (value: Value) => void, fail: (cause: Error) => void): void {
    const waitsMs = Math.max(0, this.#signedInAtMs - this.#now)
    const [there, back] = [usualTravelMs(this.#network), usualTravelMs(this.#network)]
    this.#in(waitsMs + there, () => {
      if (this.#expiry) {
        this.#renewTokens(this.#expiry)
        return this.#ask(look, answer, fail)
      }
      const exceeded = this.faults.exceeded.shift()
      if (exceeded !== undefined) return this.#in(back, () => fail(new Error(`exceeded-${exceeded}-allowance`)))
      const value = look()
      this.#in(back, () => answer(value))
    })
  }

  get #now(): number {
    return this.#options.clock.monotonicMs()
  }

  #in(ms: number, run: () => void): void {
    this.#options.clock.at(this.#now + ms, run)
  }
}

function usualTravelMs(random: Random): number {
  return happens(random, 0.05) ? between(random, 50, 900) : between(random, 1, 30)
}
