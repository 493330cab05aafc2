import type { Confirm } from '../confirm.ts'
import type { DealRequest } from '../deal-request.ts'
import { AllowanceError, ProtocolError, TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import type { ReadOptions } from '../rest/rest.ts'
import type { Evidence, Look, Settlement } from '../settlement.ts'
import { checkTimes } from '../transport/time-limit.ts'
import { unreachable } from '../unreachable.ts'
import { type Finding, findInConfirm } from './evidence.ts'
import { type Asker, lookFor } from './look.ts'
import type { SettleOptions, SettlePorts } from './settle.ts'
import { LIST_LAG_MS, SettlePace } from './settle-pace.ts'

/** Our choice: a read that takes longer is given up, and tried again at its next turn. */
const READ_WITHIN_MS = 12_000
/** Our choice: rather ask again than stand long in the line of the allowance. */
const WAIT_WITHIN_MS = 5_000

/** A rejection that the lists must confirm: IG was seen to reject what it had dealt. */
interface Doubt {
  readonly reason: string
  readonly confirm: Confirm | null
  readonly sinceMs: number
}

/** The search for what became of one request. */
export class Inquiry implements Asker {
  readonly ports: SettlePorts
  readonly #request: DealRequest
  readonly #cause: Error
  readonly #pace: SettlePace
  /** The present one, where a journal of an older kind did not say. */
  readonly #accountId: AccountId
  readonly #looked: Look[] = []
  /** Ends the reads under way. */
  readonly #over = new AbortController()
  readonly #ended = Promise.withResolvers<undefined>()
  #wake: () => void = () => {}
  #doubt: Doubt | null = null
  #end: Settlement | null = null
  #timeoutMs: number | undefined

  constructor(ports: SettlePorts, request: DealRequest, cause: Error) {
    const { clock, random, isHearingConfirms } = ports
    this.ports = ports
    this.#request = request
    this.#cause = cause
    this.#accountId = request.accountId ?? ports.accountId()
    // Wall times, because the request may be another process's; only the length of the search depends on them.
    const ageMs = Math.max(0, clock.nowMs() - request.sentAtMs)
    this.#pace = new SettlePace(clock.monotonicMs(), ageMs, request.reference !== null, isHearingConfirms(), random)
  }

  async run({ signal, timeoutMs }: SettleOptions): Promise<Settlement> {
    const { inbox, register } = this.ports
    this.#takeTimeout(timeoutMs)
    this.#checkAccount()
    if (this.#end !== null) return this.#end
    register.noteAsked(this.#request)
    const { reference } = this.#request
    const stopHearing = reference === null ? () => {} : inbox.when(reference, confirm => this.#hear(confirm))
    const onAbort = (): void => this.#giveUp(aborted())
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      const heard = reference === null ? null : inbox.find(reference)
      if (heard !== null) this.#weigh(heard)
      else if (signal?.aborted) onAbort()
      while (this.#end === null) await this.#step()
      return this.#end
    } finally {
      stopHearing()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  get isOver(): boolean {
    return this.#end !== null
  }

  async read<T>(source: Evidence, ask: (options: ReadOptions) => Promise<T>): Promise<T | undefined> {
    this.#checkAccount()
    if (this.isOver) return undefined
    const { clock } = this.ports
    const late = new AbortController()
    const { promise: lateness, resolve } = Promise.withResolvers<undefined>()
    const timer = clock.at(clock.monotonicMs() + this.#readWithinMs, () => {
      late.abort()
      resolve(undefined)
    })
    const options: ReadOptions = {
      lane: this.#request.lane,
      waitWithinMs: WAIT_WITHIN_MS,
      signal: AbortSignal.any([late.signal, this.#over.signal]),
      timeoutMs: this.#timeoutMs,
    }
    try {
      const read = ask(options).then(value => ({ value }))
      const answer = await Promise.race([read, lateness, this.#ended.promise])
      // What another account's lists say is no evidence.
      this.#checkAccount()
      if (this.isOver) return undefined
      if (answer !== undefined) return answer.value
    } catch (error) {
      if (error instanceof AllowanceError && error.retryAtMs !== null) this.#pace.heldBack(error.retryAtMs)
    } finally {
      timer.cancel()
    }
    this.#note(source, 'failed')
    return undefined
  }

  noteNothing(source: Evidence): void {
    this.#note(source, 'nothing')
  }

  #takeTimeout(timeoutMs: number | undefined): void {
    if (timeoutMs === undefined) return
    try {
      checkTimes({ timeoutMs })
      this.#timeoutMs = timeoutMs
    } catch (error) {
      this.#giveUp(error instanceof Error ? error : new Error(String(error)))
    }
  }

  get #readWithinMs(): number {
    return this.#timeoutMs === undefined ? READ_WITHIN_MS : WAIT_WITHIN_MS + this.#timeoutMs
  }

  #checkAccount(): void {
    if (this.ports.accountId() !== this.#accountId) this.#giveUp(switched(this.#accountId))
  }

  async #step(): Promise<void> {
    const { clock } = this.ports
    const { kind, atMs } = this.#pace.next
    if (clock.monotonicMs() < atMs) return this.#rest(atMs)
    switch (kind) {
      case 'poll':
        return this.#poll()
      case 'look':
        return this.#look()
      default:
        return unreachable(kind)
    }
  }

  /** Until then, or until there is news. */
  async #rest(untilMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wake = resolve
    const timer = this.ports.clock.at(untilMs, resolve)
    await promise
    timer.cancel()
  }

  async #poll(): Promise<void> {
    const { reference } = this.#request
    const doubt = this.#doubt
    const found =
      reference === null ? null : await this.read('confirm', options => this.ports.confirms.find(reference, options))
    if (found === null) this.#note('confirm', 'nothing')
    else if (found !== undefined && !this.isOver) this.#weigh(found)
    // A doubt that came up meanwhile has its own times.
    if (this.#doubt === doubt) this.#pace.polled(this.ports.clock.monotonicMs())
  }

  async #look(): Promise<void> {
    const { clock } = this.ports
    const startedAtMs = clock.monotonicMs()
    const doubt = this.#doubt
    const result = await lookFor(this.#request, doubt, this)
    if (this.isOver) return
    if (result.kind === 'accepted') return this.#accept(result.finding)
    if (doubt !== this.#doubt) return
    if (doubt === null && result.rejection !== null) return this.#startDoubt(result.rejection, null)
    if (doubt !== null && result.isSure && startedAtMs - doubt.sinceMs >= LIST_LAG_MS) {
      return this.#reject(doubt.reason, doubt.confirm)
    }
    if (this.#pace.isLast(startedAtMs)) return this.#giveUp(this.#cause)
    this.#pace.looked(clock.monotonicMs())
  }

  #weigh(confirm: Confirm): void {
    const found = findInConfirm(this.#request, confirm)
    switch (found?.kind) {
      case undefined:
        return this.#note('confirm', 'nothing')
      case 'accepted':
        return this.#accept(found.finding)
      case 'rejected':
        return this.#reject(found.reason, confirm)
      case 'doubtful':
        return this.#startDoubt(found.reason, confirm)
      default:
        return unreachable(found)
    }
  }

  #hear(confirm: Confirm): void {
    this.#checkAccount()
    if (!this.isOver) this.#weigh(confirm)
  }

  #startDoubt(reason: string, confirm: Confirm | null): void {
    if (this.#doubt !== null || this.isOver) return
    const sinceMs = this.ports.clock.monotonicMs()
    this.#doubt = { reason, confirm, sinceMs }
    this.#pace.doubted(sinceMs)
    this.#wake()
  }

  #accept(finding: Finding): void {
    this.#finish({ kind: 'accepted', request: this.#request, ...finding })
  }

  #reject(reason: string, confirm: Confirm | null): void {
    this.#finish({ kind: 'rejected', request: this.#request, reason, stage: 'dealing', confirm })
  }

  #giveUp(cause: Error): void {
    this.#finish({ kind: 'unknown', request: this.#request, cause, looked: [...this.#looked] })
  }

  #finish(end: Settlement): void {
    if (this.isOver) return
    this.#end = end
    this.#over.abort()
    this.#ended.resolve(undefined)
    this.#wake()
  }

  #note(source: Evidence, result: Look['result']): void {
    this.#looked.push({ source, result, atMs: this.ports.clock.nowMs() })
  }
}

function aborted(): TransportError {
  return new TransportError(
    'aborted',
    'expected to find out what became of the order, but its signal said stop; ask again',
  )
}

function switched(id: AccountId): ProtocolError {
  const text =
    `expected the account ${id}, on which the order was asked for, but another one is acted on; ` +
    'switch back to it, then ask again'
  return new ProtocolError('account-switched', text)
}
