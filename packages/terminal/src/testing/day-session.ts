import { seededRandom } from '@scalpdesk/testkit'
import { checkSession, type SessionVerdict } from '../rerun/session-check.ts'
import type { SessionInput, TimedInput } from '../rerun/session-input.ts'
import { keptSession, press } from './kept-session.ts'

export interface DayPlan {
  readonly tape: string
  readonly durationMs: number
  readonly seed: number
  /** Between two entries, on average. */
  readonly entryEveryMs: number
  /** The stream drops so often, and each sixth time the broker starts anew. */
  readonly breakEveryMs: number
  readonly onProgress: (fraction: number) => void
}

/** A trader's day, and the same day again. */
export async function replayDay({ tape, onProgress, ...plan }: DayPlan): Promise<SessionVerdict> {
  const mock = { seed: plan.seed, faults: faultsOf(plan) }
  const folder = await keptSession({ tape, inputs: keysOf(plan), mock })
  return checkSession({ folder, onProgress, pace: () => Promise.resolve() })
}

type Action = Extract<SessionInput, { kind: 'act' }>['action']
const CHANGES: readonly Action[] = [
  'breakeven',
  'stop-up',
  'stop-down',
  'close-half',
  'tighten-stop',
  'toggle-trailing',
]

/** An entry, each second time a change of it, and out of it; the last key leaves. */
function keysOf({ durationMs, seed, entryEveryMs }: Omit<DayPlan, 'tape' | 'onProgress'>): readonly TimedInput[] {
  const random = seededRandom(seed)
  const part = (of: number): number => Math.round(entryEveryMs * of)
  const inputs: TimedInput[] = []
  for (let atMs = 20_000; atMs < durationMs - 2 * entryEveryMs; atMs += part(0.7 + 0.6 * random.next())) {
    inputs.push(press(atMs, random.next() < 0.5 ? 'buy' : 'sell'))
    const change = CHANGES[Math.floor(random.next() * 2 * CHANGES.length)]
    if (change) inputs.push(press(atMs + part(0.1), change))
    inputs.push(press(atMs + part(0.2 + 0.4 * random.next()), 'flatten'))
  }
  return [...inputs, press(durationMs, 'quit')]
}

/** Answers and confirms get lost all day long. */
function faultsOf({ durationMs, breakEveryMs }: Pick<DayPlan, 'durationMs' | 'breakEveryMs'>) {
  const breaks = Array.from({ length: Math.floor((durationMs - 1) / breakEveryMs) }, (_, index) => ({
    fault: index % 6 === 1 ? ('restart' as const) : ('dropStream' as const),
    when: { afterMs: (index + 1) * breakEveryMs },
  }))
  return [
    { fault: 'loseReply', match: 'open', when: { probability: 0.1 } },
    { fault: 'confirmLost', match: 'open', when: { probability: 0.1 } },
    ...breaks,
  ] as const
}
