import type { ManualClock } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import type { Activity, ActivityActionType } from '../activity.ts'
import type { Confirm } from '../confirm.ts'
import type { ConfirmInbox } from '../dealing/confirm-inbox.ts'
import { TransportError } from '../errors.ts'
import { type DealReference, dealId, dealReference } from '../ids.ts'
import type { Position } from '../position.ts'
import { aConfirm, anActivity, aPosition, aRejection } from './dealt.ts'

/** What happens to one request on its way to the model and back. Times are milliseconds after it was sent. */
export interface Fate {
  readonly dealt: 'accepted' | 'rejected' | 'never arrived'
  readonly reachesInMs: number
  /** When GET /confirms has it; `null`: never. It is kept for a minute. */
  readonly confirmInMs: number | null
  /** When the stream tells it; `null`: never. */
  readonly streamInMs: number | null
  /** The confirm says REJECTED, UNKNOWN, though it was dealt. */
  readonly isMistold: boolean
  readonly reason: string
  /** How long after dealing the lists show it. */
  readonly positionLagMs: number
  readonly activityLagMs: number
}

interface Held {
  readonly deal: string
  readonly reference: string
  size: number
  readonly shownAtMs: number
  /** When the list has each change of its size. */
  readonly changes: { readonly atMs: number; readonly size: number }[]
  /** The stops it was given, and when the list has each. */
  readonly stops: { readonly atMs: number; readonly level: string | null }[]
}

/** IG keeps a confirm for about a minute (IG Labs, REST API reference, "Positions", GET /confirms). */
const CONFIRM_KEPT_MS = 60_000

/** A broker small enough to be plainly right, that answers as late and as oddly as IG was seen to. For tests only. */
export class ModelBroker {
  /** How often a read fails, 0 to 1. */
  failing = 0
  /** By how much its dates differ from ours: it writes another zone, or its clock is not ours. */
  datesOffMs = 0
  readonly #clock: ManualClock
  readonly #random: { next(): number }
  readonly #inbox: ConfirmInbox
  readonly #held: Held[] = []
  readonly #confirms = new Map<string, { readonly confirm: Confirm; readonly atMs: number }>()
  readonly #activity: { readonly row: Activity; readonly atMs: number }[] = []
  #names = 0

  constructor(clock: ManualClock, random: { next(): number }, inbox: ConfirmInbox) {
    this.#clock = clock
    this.#random = random
    this.#inbox = inbox
  }

  /** A position that was there before. */
  hold(size: number, stop: string | null = null): string {
    const deal = this.#name('DI')
    const stops = [{ atMs: 0, level: stop }]
    this.#held.push({ deal, reference: this.#name('EARLIER'), size, shownAtMs: 0, changes: [], stops })
    return deal
  }

  open(reference: string, fate: Fate): void {
    this.#carry(reference, fate, () => {
      const deal = this.#name('DI')
      if (fate.dealt === 'rejected') return this.#refuse(reference, deal, fate)
      const shownAtMs = this.#nowMs + fate.positionLagMs
      this.#held.push({ deal, reference, size: 1, shownAtMs, changes: [], stops: [] })
      this.#record(anActivity('position-opened', deal, { details: { dealReference: dealReference(reference) } }), fate)
      return aConfirm(reference, deal)
    })
  }

  /** Whether it was accepted is known when it is over. @returns IG's reference */
  close(deal: string, size: number, fate: Fate, tell: (wasAccepted: boolean) => void): string {
    const reference = this.#name('IG')
    this.#carry(reference, fate, () => {
      const held = this.#held.find(each => each.deal === deal && each.size >= size)
      const isAccepted = held !== undefined && fate.dealt === 'accepted'
      tell(isAccepted)
      if (!isAccepted) return this.#refuse(reference, deal, fate)
      const action = this.#reduce(held, size, fate.positionLagMs)
      this.#recordClose(action, deal, size, 'public-web-api', reference, fate)
      const status = action === 'position-closed' ? 'closed' : 'partially-closed'
      const affected = [
        { dealId: dealId(deal), status: action === 'position-closed' ? 'fully-closed' : 'partially-closed' },
      ] as const
      return aConfirm(reference, deal, { status, affected, size: new Decimal(size) })
    })
    return reference
  }

  /** @returns IG's reference */
  amend(deal: string, stop: string, fate: Fate): string {
    const reference = this.#name('IG')
    this.#carry(reference, fate, () => {
      if (fate.dealt === 'rejected') return this.#refuse(reference, deal, fate)
      this.#setStop(deal, stop, 'public-web-api', reference, fate)
      return aConfirm(reference, deal, { status: 'amended', affected: [{ dealId: dealId(deal), status: 'amended' }] })
    })
    return reference
  }

  /** The trader sets its stop on IG's own platform. */
  amendElsewhere(deal: string, stop: string, lagMs: number): void {
    this.#setStop(deal, stop, 'web', this.#name('WEB'), { positionLagMs: lagMs, activityLagMs: lagMs })
  }

  /** Its stop (`system`), the trader on IG's own platform (`web`), or another program, ends a part or the whole of it. */
  closeElsewhere(deal: string, size: number, channel: 'system' | 'web' | 'public-web-api', lagMs: number): void {
    const held = this.#held.find(each => each.deal === deal && each.size >= size)
    if (held === undefined) return
    const action = this.#reduce(held, size, lagMs)
    const fate = { activityLagMs: lagMs }
    this.#recordClose(action, deal, size, channel, channel === 'system' ? null : this.#name('OTHER'), fate)
  }

  findConfirm(reference: DealReference): Promise<Confirm | null> {
    return this.#read(() => {
      const found = this.#confirms.get(reference)
      const isThere = found !== undefined && this.#nowMs >= found.atMs && this.#nowMs < found.atMs + CONFIRM_KEPT_MS
      return isThere ? found.confirm : null
    })
  }

  listPositions(): Promise<readonly Position[]> {
    return this.#read(() =>
      this.#held.flatMap(({ deal, reference, size, shownAtMs, changes, stops }) => {
        const now = this.#nowMs
        const next = changes.find(change => change.atMs > now)
        // What it was before the first change that the list does not have yet.
        const shown = next === undefined ? size : next.size
        const stop = stops.findLast(({ atMs }) => atMs <= now)?.level ?? null
        const stopLevel = stop === null ? null : new Decimal(stop)
        const isShown = shownAtMs <= now && shown > 0
        return isShown ? [aPosition(deal, reference, { size: new Decimal(shown), stopLevel })] : []
      }),
    )
  }

  activity(): Promise<readonly Activity[]> {
    return this.#read(() => this.#activity.filter(({ atMs }) => atMs <= this.#nowMs).map(({ row }) => row))
  }

  /** `changes` keep the size before each. */
  #reduce(held: Held, size: number, lagMs: number): 'position-closed' | 'position-partially-closed' {
    held.changes.push({ atMs: this.#nowMs + lagMs, size: held.size })
    held.size -= size
    return held.size === 0 ? 'position-closed' : 'position-partially-closed'
  }

  #setStop(
    deal: string,
    stop: string,
    channel: 'web' | 'public-web-api',
    reference: string,
    fate: Pick<Fate, 'positionLagMs' | 'activityLagMs'>,
  ): void {
    // A change that comes later is not shown before the one that came first.
    const stops = this.#held.find(held => held.deal === deal)?.stops
    const atMs = Math.max(this.#nowMs + fate.positionLagMs, stops?.at(-1)?.atMs ?? 0)
    stops?.push({ atMs, level: stop })
    const details = { stopLevel: new Decimal(stop), dealReference: dealReference(reference) }
    this.#record(anActivity('stop-limit-amended', deal, { channel, details }), fate)
  }

  #recordClose(
    action: ActivityActionType,
    deal: string,
    size: number,
    channel: 'system' | 'web' | 'public-web-api',
    reference: string | null,
    fate: Pick<Fate, 'activityLagMs'>,
  ): void {
    const details = {
      size: new Decimal(size),
      direction: 'SELL',
      dealReference: reference === null ? null : dealReference(reference),
    } as const
    this.#record(anActivity(action, deal, { channel, details }), fate)
  }

  #refuse(reference: string, deal: string, fate: Fate): Confirm {
    const change = { status: 'rejected', details: { dealReference: dealReference(reference) } } as const
    this.#record(anActivity(null, null, change), fate)
    return aRejection(reference, fate.reason, deal)
  }

  #record(row: Activity, { activityLagMs }: Pick<Fate, 'activityLagMs'>): void {
    const atMs = Math.floor((this.#clock.nowMs() + this.datesOffMs) / 1_000) * 1_000
    this.#activity.unshift({ row: { ...row, atMs }, atMs: this.#nowMs + activityLagMs })
  }

  #carry(reference: string, fate: Fate, deal: () => Confirm): void {
    if (fate.dealt === 'never arrived') return
    this.#clock.at(this.#nowMs + fate.reachesInMs, () => {
      const truth = deal()
      const confirm = fate.isMistold ? aRejection(reference, 'UNKNOWN', truth.dealId) : truth
      if (fate.confirmInMs !== null) this.#confirms.set(reference, { confirm, atMs: this.#nowMs + fate.confirmInMs })
      if (fate.streamInMs !== null) this.#clock.at(this.#nowMs + fate.streamInMs, () => this.#inbox.note(confirm))
    })
  }

  /** Takes a while, and may fail; what it says is as of its end. */
  #read<T>(answer: () => T): Promise<T> {
    const takesMs = 20 + this.#random.next() * 300
    const fails = this.#random.next() < this.failing
    return new Promise((resolve, reject) => {
      this.#clock.at(this.#nowMs + takesMs, () => {
        if (fails) reject(new TransportError('timeout', 'no answer'))
        else resolve(answer())
      })
    })
  }

  get #nowMs(): number {
    return this.#clock.monotonicMs()
  }

  #name(prefix: string): string {
    return `${prefix}${++this.#names}`
  }
}
