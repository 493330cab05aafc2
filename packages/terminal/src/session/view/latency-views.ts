import { type DeskState, latencyReport, type OrderTiming, ordersOf, type TrackedOrder } from '@scalpdesk/desk'
import type { LatenciesView, LatencyStep, LatencyView } from '../../screen/view.ts'

export function latencyView(order: TrackedOrder | undefined): LatencyView | null {
  if (!order) return null
  const { pressedAtMs, wireAtMs, acknowledgedAtMs, confirmedAtMs }: OrderTiming = order.timing
  // A confirm that overtakes the acknowledgement has no part of its own to show.
  const part = (from: number | null, to: number | null) =>
    from === null || to === null || to < from ? null : to - from
  return {
    keyToWireMs: part(pressedAtMs, wireAtMs),
    wireToAcknowledgedMs: part(wireAtMs, acknowledgedAtMs),
    acknowledgedToConfirmedMs: part(acknowledgedAtMs, confirmedAtMs),
  }
}

const STEPS = [
  ['decided', 'decided'],
  ['journalled', 'journalled'],
  ['sent', 'first-byte'],
  ['acknowledged', 'acknowledged'],
  ['confirmed', 'confirmed'],
  ['painted', 'painted'],
] as const satisfies readonly (readonly [LatencyStep['step'], string])[]

/** Of the orders of the day; null before the first. A whole day's worth takes milliseconds: not for every frame. */
export function latenciesView(ledger: DeskState['latency']): LatenciesView | null {
  const orders = ordersOf(ledger)
  const last = orders.at(-1)
  if (!last) return null
  const report = latencyReport(ledger)
  const steps = STEPS.map(([step, of]): LatencyStep => {
    const { p50Ms, p95Ms, p99Ms } = report.untilStep[of]
    const lastUs = last.afterKeyUs[of]
    const lastMs = lastUs === undefined ? null : lastUs / 1_000
    return { step, lastMs, p50Ms, p95Ms, p99Ms, isSlow: report.slow?.to === of }
  })
  return { orders: report.orders + report.forgotten, steps }
}
