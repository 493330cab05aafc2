import type { DeskState } from './desk-state.ts'
import type { DayMemory } from './guard/memory/day-memory.ts'
import type { FactBody } from './guard/memory/fact.ts'
import { factText } from './guard/memory/fact-text.ts'
import type { OrderId } from './orders/order.ts'
import { type Turn, update } from './turn.ts'

/** What a record of the guard is called where it could not be written; no order has this name. */
export const GUARD_RECORD: OrderId = 'guard'

/** Facts of the guard that are in memory, and not all of them in the journal. */
export interface Unwritten {
  /** When to try again (monotonic). */
  readonly dueMs: number
  /** One record went through, as far as is known: the others follow. */
  readonly isTried: boolean
}

/** Our choices: how soon one record is tried again, and how soon after it the others follow if nobody said that it failed. */
const TRY_AGAIN_MS = 1_000
const OTHERS_MS = 50

export function writeFact(turn: Turn, body: FactBody): void {
  const fact = { ...body, atMs: turn.atMs, brokerMs: turn.state.brokerMs }
  const record = { kind: 'guard', atMs: turn.atMs, fact: { ...factText(fact) } } as const
  turn.effects.push({ kind: 'journal', record, entry: GUARD_RECORD })
}

/** What the guard knows holds in memory; a restart would not know of it. */
export function onGuardUnwritten(turn: Turn): void {
  update(turn, { unwritten: { dueMs: turn.atMs + TRY_AGAIN_MS, isTried: false } })
}

export const unwrittenDueMs = ({ unwritten }: DeskState): number | null => (unwritten === null ? null : unwritten.dueMs)

/** Writes down again what binds the day, as soon as that can be done: told twice it counts once. */
export function writeAgain(turn: Turn): void {
  const { unwritten, memory } = turn.state
  if (!unwritten || turn.atMs < unwritten.dueMs) return
  const facts = bindingFacts(memory)
  if (unwritten.isTried) {
    update(turn, { unwritten: null })
    for (const fact of facts) writeFact(turn, fact)
    return
  }
  update(turn, { unwritten: { dueMs: turn.atMs + OTHERS_MS, isTried: true } })
  writeFact(turn, facts[0])
}

/** The lock first: nothing matters as much. */
function bindingFacts({ lock, limits, results, charges }: DayMemory): readonly [FactBody, ...FactBody[]] {
  const inForce = { kind: 'limits', limits: limits.inForce } as const
  const told = [
    // Within a day they only tighten, so both together say what binds now, and what from the next day on.
    { kind: 'limits', limits: limits.configured } as const,
    ...results.map(result => ({ kind: 'deal-closed', ...result }) as const),
    ...charges.map(charge => ({ kind: 'charge-booked', ...charge }) as const),
  ]
  return lock ? [{ kind: 'locked', ...lock }, inForce, ...told] : [inForce, ...told]
}
