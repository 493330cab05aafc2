import { type Step, stamped } from '../day/latency.ts'
import { latencyFields } from '../day/latency-report.ts'
import { patchOrder, record, type Turn, update } from '../turn.ts'
import type { OrderId, OrderTiming } from './order.ts'

const STEP = {
  decidedAtMs: 'decided',
  journalledAtMs: 'journalled',
  wireAtMs: 'first-byte',
  acknowledgedAtMs: 'acknowledged',
  confirmedAtMs: 'confirmed',
  paintedAtMs: 'painted',
} as const satisfies Record<Exclude<keyof OrderTiming, 'pressedAtMs'>, Step>

type Time = keyof typeof STEP
const TIMES = Object.keys(STEP) as readonly Time[]

/** When an order came past a step, for itself and for the day. A step that was told keeps its first time. */
export function stamp(turn: Turn, id: OrderId, told: { readonly [Name in Time]?: number }): void {
  const order = turn.state.orders.get(id)
  if (!order) return
  const { kind: purpose, epic } = order.purpose
  const timing: { -readonly [Name in keyof OrderTiming]: OrderTiming[Name] } = { ...order.timing }
  // The key is told with the first step after it: nothing that can wait is done between the key and the first byte.
  let latency = stamped(turn.state.latency, { id, step: 'key', purpose, epic, atMs: timing.pressedAtMs })
  for (const name of TIMES) {
    const atMs = told[name]
    if (atMs === undefined) continue
    timing[name] ??= atMs
    latency = stamped(latency, { id, step: STEP[name], purpose, epic, atMs })
  }
  update(turn, { latency })
  patchOrder(turn, id, { timing })
}

/** The trader saw the outcomes: the last step, after which the times of an order go into the journal. */
export function onPainted(turn: Turn, ids: readonly OrderId[]): void {
  for (const id of ids) {
    const order = turn.state.orders.get(id)
    if (!order || order.timing.paintedAtMs !== null) continue
    stamp(turn, id, { paintedAtMs: turn.atMs })
    const times = turn.state.latency.finished.findLast(other => other.id === id)
    if (times) record(turn, { kind: 'latency', atMs: turn.atMs, ...latencyFields(times) })
  }
}
