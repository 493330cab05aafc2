import { type LatencyLedger, type OrderTimes, ordersOf, STEPS, type Step } from './latency.ts'

/** From one step to the next that was seen. The parts of an order add up to its whole, to the microsecond. */
export interface LatencyPart {
  readonly from: Step
  readonly to: Step
  readonly us: number
}

/** In the order in which things happened. */
export function partsOf({ afterKeyUs }: OrderTimes): readonly LatencyPart[] {
  const seen = STEPS.flatMap(step => {
    const us = step === 'key' ? 0 : afterKeyUs[step]
    return us === undefined ? [] : [{ step, us }]
  }).sort((one, other) => one.us - other.us)
  return seen.slice(1).map(({ step, us }, index) => {
    const before = seen[index]!
    return { from: before.step, to: step, us: us - before.us }
  })
}

/** Milliseconds; `null` when there is nothing to take it of. By nearest rank: a value that was really measured. */
export interface Percentiles {
  readonly orders: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  readonly maxMs: number | null
}

/** Plain data: for the screen, the journal and reports. */
export interface LatencyReport {
  readonly orders: number
  /** Earlier ones of the day, of which nothing is kept. */
  readonly forgotten: number
  /** From the key until each step. */
  readonly untilStep: Readonly<Record<Exclude<Step, 'key'>, Percentiles>>
  /** Of each part that was seen, by the time that it took of all orders together, the most first. */
  readonly parts: readonly (Percentiles & { readonly from: Step; readonly to: Step; readonly share: number })[]
  /** Where most of the time went; null: nothing was measured. */
  readonly slow: { readonly from: Step; readonly to: Step; readonly share: number } | null
}

/** @param isWanted all orders unless told: of one market, or one purpose */
export function latencyReport(
  ledger: LatencyLedger,
  isWanted: (times: OrderTimes) => boolean = () => true,
): LatencyReport {
  const orders = ordersOf(ledger).filter(isWanted)
  const byPart = Map.groupBy(orders.flatMap(partsOf), ({ from, to }) => `${from} ${to}`)
  const whole = sum(orders.flatMap(partsOf).map(({ us }) => us))
  const parts = [...byPart.values()]
    .map(same => {
      const { from, to } = same[0]!
      const taken = same.map(({ us }) => us)
      return { from, to, share: whole === 0 ? 0 : sum(taken) / whole, ...percentiles(taken) }
    })
    .sort((one, other) => other.share - one.share)
  const slow = parts[0] ? { from: parts[0].from, to: parts[0].to, share: parts[0].share } : null
  const until = (step: Exclude<Step, 'key'>) => percentiles(orders.flatMap(({ afterKeyUs }) => afterKeyUs[step] ?? []))
  return {
    orders: orders.length,
    forgotten: ledger.forgotten,
    untilStep: {
      decided: until('decided'),
      journalled: until('journalled'),
      'first-byte': until('first-byte'),
      acknowledged: until('acknowledged'),
      confirmed: until('confirmed'),
      painted: until('painted'),
    },
    parts,
    slow,
  }
}

/** Milliseconds after the key; null for what did not happen, or was not seen. The fields of the journal's `latency` record. */
export interface LatencyFields {
  readonly id: string
  readonly decidedMs: number | null
  readonly journalledMs: number | null
  readonly firstByteMs: number | null
  readonly acknowledgedMs: number | null
  readonly confirmedMs: number | null
  readonly paintedMs: number | null
}

export function latencyFields({ id, afterKeyUs }: OrderTimes): LatencyFields {
  const ms = (step: Exclude<Step, 'key'>) => milliseconds(afterKeyUs[step] ?? null)
  return {
    id,
    decidedMs: ms('decided'),
    journalledMs: ms('journalled'),
    firstByteMs: ms('first-byte'),
    acknowledgedMs: ms('acknowledged'),
    confirmedMs: ms('confirmed'),
    paintedMs: ms('painted'),
  }
}

export function percentiles(us: readonly number[]): Percentiles {
  const sorted = [...us].sort((one, other) => one - other)
  const rank = (percent: number) => milliseconds(sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null)
  return { orders: us.length, p50Ms: rank(50), p95Ms: rank(95), p99Ms: rank(99), maxMs: rank(100) }
}

const milliseconds = (us: number | null): number | null => (us === null ? null : us / 1_000)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
