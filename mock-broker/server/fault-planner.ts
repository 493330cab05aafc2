import type { Random } from '../engine/index.ts'
import type { JumpingClock, Timer } from './clock.ts'
import type { FaultPlan } from './fault-plan.ts'
import { type FaultName, faultRules } from './fault-rules.ts'
import { type BasicFaults, type DealingOperation, fits } from './faults.ts'
import type { WaitingFaults } from './waiting-faults.ts'

/** Makes faults happen when they are planned for. */
export interface FaultPlanner {
  plan(plan: FaultPlan): void
  /** Every plan of this fault ends, what still waits is taken back, and what lasts is made good. */
  stop(fault: FaultName): void
  planned(): readonly FaultPlan[]
  /** A request has come and is not served yet. */
  onRequest(operation: DealingOperation | null, path: string): void
  close(): void
}

export interface FaultPlannerOptions {
  readonly faults: BasicFaults
  readonly waiting: WaitingFaults
  readonly clock: JumpingClock
  readonly random: Random
}

interface Running {
  readonly plan: FaultPlan
  /** Requests that matched. */
  seen: number
  timer: Timer | null
  /** Whether it has begun and lasts. */
  lasts: boolean
}

export function faultPlanner({ faults, waiting, clock, random }: FaultPlannerOptions): FaultPlanner {
  const running = new Set<Running>()

  function begin(entry: Running): void {
    const { plan } = entry
    const rule = faultRules[plan.fault]
    rule.apply(faults, plan.args ?? [], plan.match)
    if (!rule.undo) return
    entry.lasts = true
    if (plan.forMs !== undefined) {
      entry.timer?.cancel()
      entry.timer = clock.at(clock.monotonicMs() + plan.forMs, () => {
        undo(entry)
        if (isOnce(plan)) running.delete(entry)
      })
    }
  }

  function undo(entry: Running): void {
    entry.timer?.cancel()
    entry.timer = null
    if (entry.lasts) faultRules[entry.plan.fault].undo?.(faults, entry.plan.args ?? [])
    entry.lasts = false
  }

  /** Begins what happens once; it is over unless it lasts. */
  function beginOnce(entry: Running): void {
    begin(entry)
    if (!entry.lasts) running.delete(entry)
  }

  function beginIn(entry: Running, waitMs: number): void {
    entry.timer = clock.at(clock.monotonicMs() + Math.max(0, waitMs), () => {
      entry.timer = null
      beginOnce(entry)
    })
  }

  clock.onJump(() => {
    for (const entry of running) {
      const { when } = entry.plan
      if (!when || !('atMs' in when) || entry.lasts || !entry.timer) continue
      entry.timer.cancel()
      beginIn(entry, when.atMs - clock.nowMs())
    }
  })

  return {
    plan(plan) {
      const entry: Running = { plan, seen: 0, timer: null, lasts: false }
      running.add(entry)
      const { when } = plan
      if (!when) return beginOnce(entry)
      if ('onRequest' in when || 'probability' in when) return
      if ('afterMs' in when) beginIn(entry, when.afterMs)
      else beginIn(entry, when.atMs - clock.nowMs())
    },
    stop(fault) {
      for (const entry of running) {
        if (entry.plan.fault !== fault) continue
        undo(entry)
        running.delete(entry)
      }
      faultRules[fault].takeBack?.(waiting)
    },
    planned: () => [...running].map(({ plan }) => plan),
    onRequest(operation, path) {
      for (const entry of running) {
        const { when, match = 'dealing' } = entry.plan
        if (!when || 'afterMs' in when || 'atMs' in when || !fits(match, operation, path)) continue
        entry.seen++
        if ('probability' in when) {
          if (random.next() < when.probability) begin(entry)
        } else if (entry.seen === when.onRequest) beginOnce(entry)
      }
    },
    close() {
      for (const { timer } of running) timer?.cancel()
      running.clear()
    },
  }
}

function isOnce({ when }: FaultPlan): boolean {
  return !when || !('probability' in when)
}
