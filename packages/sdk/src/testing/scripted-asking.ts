import { type ManualClock, manualClock, seededRandom } from '@scalpdesk/testkit'
import type { Activity } from '../activity.ts'
import type { Confirm } from '../confirm.ts'
import type { DealRequest } from '../deal-request.ts'
import { ConfirmInbox } from '../dealing/confirm-inbox.ts'
import { SentRegister } from '../dealing/sent-register.ts'
import { type Settle, settleOver } from '../dealing/settle.ts'
import { TransportError } from '../errors.ts'
import { type AccountId, accountId } from '../ids.ts'
import type { Position } from '../position.ts'
import type { ReadOptions } from '../rest/rest.ts'
import type { Settlement } from '../settlement.ts'
import type { Submission } from '../submission.ts'
import type { WorkingOrder } from '../working-order.ts'
import { passTime, settled } from './passing-time.ts'

/** When the requests of the tests were sent: the manual clock's start. */
export const SENT_AT_MS = Date.UTC(2026, 0, 5, 9)

export const ACCOUNT = accountId('ABC12')

export const LOST: Submission = { kind: 'unknown', cause: new TransportError('timeout', 'lost') }

/** What IG would say now; an `Error` is a read that fails. */
export interface Answers {
  confirm: Confirm | Error | null | 'hangs'
  positions: readonly Position[] | Error
  orders: readonly WorkingOrder[] | Error
  activity: readonly Activity[] | Error
}

export type Ended = Settlement & { readonly atMs: number }

/** `settle()` over answers that a test gives, in a time that it moves. */
export class ScriptedAsking {
  readonly clock: ManualClock = manualClock(SENT_AT_MS)
  readonly inbox = new ConfirmInbox()
  readonly register = new SentRegister()
  readonly answers: Answers = { confirm: null, positions: [], orders: [], activity: [] }
  /** What was read, and when, such as `confirm at 250`. */
  readonly reads: string[] = []
  readonly readOptions: (ReadOptions | undefined)[] = []
  readonly settle: Settle
  /** Whether the stream of trades is up. */
  isHearing = false

  /** The account that is acted on. */
  account: AccountId = ACCOUNT

  constructor() {
    const { clock, inbox, register, answers } = this
    this.settle = settleOver({
      clock,
      random: seededRandom(1),
      inbox,
      isHearingConfirms: () => this.isHearing,
      register,
      accountId: () => this.account,
      confirms: {
        find: (reference, options) => {
          const { confirm } = answers
          if (confirm === 'hangs') return this.#hang()
          const isThere = confirm instanceof Error || confirm?.reference === reference
          return this.#answer('confirm', isThere ? confirm : null, options)
        },
      },
      positions: { list: options => this.#answer('positions', answers.positions, options) },
      orders: { list: options => this.#answer('orders', answers.orders, options) },
      activitySince: (_fromMs, options) => this.#answer('activity', answers.activity, options),
    })
  }

  /** Settles a request to its end, and tells when that was. @throws when it takes longer than `ms`. */
  endIn(ms: number, request: DealRequest, submission: Submission = LOST): Promise<Ended> {
    return this.endOf(this.settle({ ...submission, request }), ms)
  }

  async endOf(settling: Promise<Settlement>, ms: number): Promise<Ended> {
    let end: Ended | null = null
    settling.then(settlement => {
      end = { ...settlement, atMs: this.clock.monotonicMs() }
    })
    await settled()
    for (let passed = 0; passed <= ms && end === null; passed += 50) await passTime(this.clock, 50, 50)
    if (end === null) throw new Error(`expected an end within ${ms} ms; asked: ${this.reads.join(', ')}`)
    if (this.clock.pending > 0) throw new Error(`expected no timer to be left, but ${this.clock.pending} are`)
    return end
  }

  async #answer<T>(name: string, value: T | Error, options: ReadOptions | undefined): Promise<T> {
    this.reads.push(`${name} at ${this.clock.monotonicMs()}`)
    this.readOptions.push(options)
    if (value instanceof Error) throw value
    return value
  }

  #hang(): Promise<never> {
    this.reads.push('confirm that hangs')
    return new Promise(() => {})
  }
}
