/** On the way of an order from the key to the screen, in the usual order; a streamed confirm may overtake the acknowledgement. */
export const STEPS = ['key', 'decided', 'journalled', 'first-byte', 'acknowledged', 'confirmed', 'painted'] as const

export type Step = (typeof STEPS)[number]

/** When one order was where. */
export interface OrderTimes {
  readonly id: string
  readonly purpose: OrderPurposeKind
  readonly epic: string
  /** Monotonic milliseconds. */
  readonly keyAtMs: number
  /** Whole microseconds after the key; what did not happen, or was not seen, is missing. */
  readonly afterKeyUs: { readonly [S in Exclude<Step, 'key'>]?: number }
}

export type OrderPurposeKind = 'open' | 'close' | 'amend' | 'place' | 'cancel'

/** The orders of the day; plain and immutable. */
export interface LatencyLedger {
  /** Some of their steps may still come. The oldest first, as with all. */
  readonly running: readonly OrderTimes[]
  readonly finished: readonly OrderTimes[]
  /** Of earlier orders that are kept no more. */
  readonly forgotten: number
}

export const NO_LATENCY: LatencyLedger = { running: [], finished: [], forgotten: 0 }

export interface Stamp {
  readonly id: string
  readonly step: Step
  readonly purpose: OrderPurposeKind
  readonly epic: string
  /** Monotonic. */
  readonly atMs: number
}

/** Bounds of what is kept (our choice): more than a day of hand trading, and less than a megabyte. */
const MOST_RUNNING = 64
const MOST_FINISHED = 4_000

/** An order was there. The first time counts, and nothing of an order whose key was not told, or that is finished. */
export function stamped(ledger: LatencyLedger, { id, step, purpose, epic, atMs }: Stamp): LatencyLedger {
  const { running } = ledger
  const index = running.findIndex(times => times.id === id)
  const times = running[index]
  if (step === 'key') {
    if (times) return ledger
    const begun = { ...ledger, running: [...running, { id, purpose, epic, keyAtMs: atMs, afterKeyUs: {} }] }
    return begun.running.length > MOST_RUNNING ? finished(begun, 0) : begun
  }
  if (!times || times.afterKeyUs[step] !== undefined) return ledger
  const afterKeyUs = { ...times.afterKeyUs, [step]: Math.round((atMs - times.keyAtMs) * 1_000) }
  const after = { ...ledger, running: running.with(index, { ...times, afterKeyUs }) }
  return step === 'painted' ? finished(after, index) : after
}

/** Midnight of the account: orders under way stay. */
export const nextDaysLatency = ({ running }: LatencyLedger): LatencyLedger => ({ ...NO_LATENCY, running })

export const ordersOf = ({ finished: done, running }: LatencyLedger): readonly OrderTimes[] => [...done, ...running]

function finished(ledger: LatencyLedger, index: number): LatencyLedger {
  const all = [...ledger.finished, ledger.running[index]!]
  const dropped = Math.max(0, all.length - MOST_FINISHED)
  return {
    running: ledger.running.toSpliced(index, 1),
    finished: dropped > 0 ? all.slice(dropped) : all,
    forgotten: ledger.forgotten + dropped,
  }
}
