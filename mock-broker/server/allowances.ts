import type { Clock } from './clock.ts'
import type { AllowanceKind } from './faults.ts'

/** What a request counts against (IG Labs, REST API reference, "Application": the allowances). */
export type RequestCost = 'non-trading' | 'trading'

/** How much a key and each of its accounts may ask for. A rolling minute (which form IG's has is unconfirmed). */
export interface Allowances {
  readonly limits: AllowanceLimits
  change(limits: Partial<AllowanceLimits>): void
  /** Counts a request. @returns the allowance that it exceeds, or null; what is refused does not count. */
  take(cost: RequestCost, account: string | null): AllowanceKind | null
  /** Counts price points. @returns whether they could be had. */
  takePoints(account: string, count: number): boolean
  points(account: string): { readonly left: number; readonly total: number; readonly resetSeconds: number }
}

interface AllowanceLimits {
  /** Requests a minute of the key that do not trade. */
  readonly perKey: number
  /** Of one account, a minute. */
  readonly trading: number
  readonly nonTrading: number
  /** Price points of one account, a week. */
  readonly points: number
}

/** Published figures; demo has lower ones. */
const IG_LIMITS: AllowanceLimits = { perKey: 60, trading: 100, nonTrading: 30, points: 10_000 }

/** @param isEnforced without it everything is counted and nothing refused. */
export function allowances(clock: Clock, isEnforced: boolean): Allowances {
  let limits = IG_LIMITS
  const windows = new Map<string, number[]>()
  const spent = new Map<string, { readonly sinceMs: number; count: number }>()

  function recent(key: string): number[] {
    const nowMs = clock.monotonicMs()
    const times = (windows.get(key) ?? []).filter(atMs => atMs > nowMs - MINUTE_MS)
    windows.set(key, times)
    return times
  }
  function spentOf(account: string): { readonly sinceMs: number; count: number } {
    const nowMs = clock.monotonicMs()
    const known = spent.get(account)
    if (known && nowMs - known.sinceMs < WEEK_MS) return known
    // The week begins with the first use in it.
    const fresh = { sinceMs: nowMs, count: 0 }
    spent.set(account, fresh)
    return fresh
  }

  return {
    get limits() {
      return limits
    },
    change(changes) {
      limits = { ...limits, ...changes }
    },
    take(cost, account) {
      if (!isEnforced) return null
      const counts: [string, number, AllowanceKind][] = []
      if (cost === 'trading') counts.push([`trading ${account}`, limits.trading, 'account-trading'])
      else {
        counts.push(['key', limits.perKey, 'api-key'])
        if (account !== null) counts.push([`account ${account}`, limits.nonTrading, 'account'])
      }
      for (const [key, limit, kind] of counts) if (recent(key).length >= limit) return kind
      for (const [key] of counts) recent(key).push(clock.monotonicMs())
      return null
    },
    takePoints(account, count) {
      const used = spentOf(account)
      if (isEnforced && used.count + count > limits.points) return false
      used.count += count
      return true
    },
    points(account) {
      const used = spentOf(account)
      const resetSeconds = Math.ceil((used.sinceMs + WEEK_MS - clock.monotonicMs()) / 1000)
      return { left: Math.max(0, limits.points - used.count), total: limits.points, resetSeconds }
    },
  }
}

const MINUTE_MS = 60_000
const WEEK_MS = 7 * 86_400_000
