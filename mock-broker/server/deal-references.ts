import type { Confirm, Order } from '../engine/index.ts'
import type { Clock } from './clock.ts'

/** An order that has not met the market yet: the time comes when it does. */
export type OrderDraft = WithoutTime<Order>
type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never

/** What is known of each deal reference for a minute: the order that it came with, and for a minute from there the confirm. */
export interface DealReferences {
  /** @returns what is known of this reference: with an earlier order when it came before, else with this one. */
  ask(draft: OrderDraft): AskedReference
  /** The first confirm of a reference stays: that of a repeated reference is only streamed (IG's way is unconfirmed). */
  putConfirm(confirm: Confirm): void
  findConfirm(account: string, reference: string): Confirm | undefined
  forgetConfirms(): void
}

export interface AskedReference {
  /** Once dealt, the dealt order: it says all that its draft said, and one of them is enough to keep. */
  order: OrderDraft
}

/** One for each reference: thousands of orders a second leave little else behind. */
interface Known extends AskedReference {
  askedMs: number
  confirm: Confirm | null
  confirmedMs: number
}

/** References are their account's own. */
type Generation = Map<string, Map<string, Known>>

/**
 * They go by generations, one for each minute: a map that loses its oldest entry with every new one is slow to say which is its
 * oldest.
 */
export function dealReferences(clock: Clock): DealReferences {
  let bornMs = Math.floor(clock.monotonicMs())
  let older: Generation = new Map()
  let newer: Generation = new Map()

  function now(): number {
    // Whole numbers are kept inside their record; others would be two objects more for each.
    const nowMs = Math.floor(clock.monotonicMs())
    const ageMs = nowMs - bornMs
    if (ageMs >= KEPT_MS) {
      older = ageMs < 2 * KEPT_MS ? newer : new Map()
      newer = new Map()
      bornMs = nowMs
    }
    return nowMs
  }

  function find(account: string, reference: string): Known | undefined {
    const found = newer.get(account)?.get(reference)
    return found || older.size === 0 ? found : older.get(account)?.get(reference)
  }

  function keep(account: string, reference: string, known: Known): void {
    const ofAccount = newer.get(account)
    if (ofAccount) ofAccount.set(reference, known)
    else newer.set(account, new Map([[reference, known]]))
  }

  return {
    ask(draft) {
      const nowMs = now()
      const known = find(draft.account, draft.reference)
      if (known && nowMs - known.askedMs < KEPT_MS) return known
      const { confirm = null, confirmedMs = 0 } = known ?? {}
      const asked: Known = { order: draft, askedMs: nowMs, confirm, confirmedMs }
      keep(draft.account, draft.reference, asked)
      return asked
    },
    putConfirm(confirm) {
      const nowMs = now()
      const { account, reference, order } = confirm
      const known = find(account, reference)
      if (known?.confirm && nowMs - known.confirmedMs < KEPT_MS) return
      const confirmed = known ?? { order, askedMs: nowMs - KEPT_MS, confirm, confirmedMs: nowMs }
      confirmed.confirm = confirm
      confirmed.confirmedMs = nowMs
      // What began in the generation before has to outlive it.
      if (older.size > 0 || !known) keep(account, reference, confirmed)
    },
    findConfirm(account, reference) {
      const nowMs = now()
      const known = find(account, reference)
      return known?.confirm && nowMs - known.confirmedMs < KEPT_MS ? known.confirm : undefined
    },
    forgetConfirms() {
      for (const generation of [older, newer]) {
        for (const ofAccount of generation.values()) for (const known of ofAccount.values()) known.confirm = null
      }
    },
  }
}

/** A confirm can be asked for so long (IG Labs, REST API reference, "Deal confirmation"); for references it is our choice. */
const KEPT_MS = 60_000
