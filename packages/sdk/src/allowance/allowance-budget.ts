import { InvalidInputError } from '../errors.ts'
import { AllowanceWindow, type AllowanceWindowView } from './allowance-window.ts'
import { HistoricalPoints, type HistoricalPointsTold, type HistoricalPointsView } from './historical-points.ts'
import type { Lane } from './lane.ts'

/** Calls a minute, and price points a week. */
export interface AllowanceLimits {
  /** Non-trading calls of the API key. */
  readonly keyPerMinute: number
  /** Trading calls of the account. */
  readonly tradingPerMinute: number
  /** Non-trading calls of the account. */
  readonly dataPerMinute: number
  /** Historical price points of the account. */
  readonly pointsPerWeek: number
}

/** Of a live key; those of demo are lower and change. Source: IG Labs, FAQ, "Limits". */
export const PUBLISHED_LIMITS: AllowanceLimits = {
  keyPerMinute: 60,
  tradingPerMinute: 100,
  dataPerMinute: 30,
  pointsPerWeek: 10_000,
}

/** The allowances as they stand. Times are monotonic milliseconds of the connection's clock. */
export interface AllowanceView {
  /** Where the limits come from: IG's FAQ, the caller, IG's answers; or none are kept. */
  readonly origin: 'published' | 'given' | 'learned' | 'off'
  readonly key: AllowanceWindowView
  readonly trading: AllowanceWindowView
  readonly data: AllowanceWindowView
  /** `null` when no limits are kept. */
  readonly pointsPerWeek: number | null
  /** `null` until a price answer has told them. */
  readonly historicalPoints: HistoricalPointsView | null
  /** `null` while points may be left. */
  readonly pointsSpentUntilMs: number | null
}

/** Which minute a call counts against. */
export type Counts = 'trading' | 'data'

/**
 * What may be asked of IG now: 60 s windows of the key and of the account, and the week's price points. Pure: no timers, time
 * is a parameter (monotonic milliseconds).
 *
 * A part of each window is kept for the lane `exit`. Closing and flattening themselves are counted, but never held back: our
 * count may be wrong (others use the same login), and a close that IG refuses with 403 has cost nothing, while a close that we
 * held back has. The reserve also absorbs calls that reach IG closer together than they left us.
 */
export class AllowanceBudget {
  readonly #key: AllowanceWindow
  readonly #trading: AllowanceWindow
  readonly #data: AllowanceWindow
  readonly #windowsOf: Readonly<Record<Counts, readonly AllowanceWindow[]>>
  readonly #points = new HistoricalPoints()
  #pointsPerWeek: number | null
  #origin: AllowanceView['origin']

  /**
   * @param limits `off`: never waits by our own count, but still heeds IG's refusals.
   * @throws {InvalidInputError} when a limit is not a whole number of at least 1.
   */
  constructor(limits: AllowanceLimits | 'off') {
    const kept = limits === 'off' ? null : checked(limits)
    this.#key = new AllowanceWindow(kept?.keyPerMinute ?? null)
    this.#trading = new AllowanceWindow(kept?.tradingPerMinute ?? null)
    this.#data = new AllowanceWindow(kept?.dataPerMinute ?? null)
    this.#windowsOf = { trading: [this.#trading], data: [this.#key, this.#data] }
    this.#pointsPerWeek = kept?.pointsPerWeek ?? null
    if (kept === null) this.#origin = 'off'
    else this.#origin = NAMES.every(name => kept[name] === PUBLISHED_LIMITS[name]) ? 'published' : 'given'
  }

  /** 0: the call may go now; otherwise how long until it may, as things stand. */
  waitMs(counts: Counts, lane: Lane, nowMs: number): number {
    return this.freeAtMs(counts, lane, nowMs) - nowMs
  }

  /** When a call may go that has `ahead` others before it; `nowMs` when it may go now. */
  freeAtMs(counts: Counts, lane: Lane, nowMs: number, ahead = 0): number {
    const isExit = lane === 'exit'
    if (isExit && counts === 'trading') return nowMs
    if (counts === 'trading') return this.#trading.freeAtMs(false, ahead, nowMs)
    return Math.max(this.#key.freeAtMs(isExit, ahead, nowMs), this.#data.freeAtMs(isExit, ahead, nowMs))
  }

  /** Counts a call that goes out now. */
  spend(counts: Counts, nowMs: number): void {
    for (const window of this.#windowsOf[counts]) window.spend(nowMs)
  }

  /**
   * IG answered 403 with this code. Holds back what the code names, everything where we do not know it, for 10 s and up to 60 s
   * when it happens again; lowers the limit for a while where the last minute shows that it is lower.
   */
  refused(code: string, nowMs: number): { readonly retryAtMs: number } {
    if (code.includes('historical')) return { retryAtMs: this.#points.refused(nowMs) }
    return { retryAtMs: Math.max(...this.#windowsNamed(code).map(window => window.refused(nowMs))) }
  }

  /** IG let a call through. */
  succeeded(counts: Counts): void {
    for (const window of this.#windowsOf[counts]) window.succeeded()
  }

  /**
   * The key's own limits. What is no whole number of at least 1 is not learned.
   * Source: IG Labs, REST API reference, "Operations", GET /operations/application.
   */
  learn(limits: Partial<AllowanceLimits>): void {
    if (this.#origin === 'off') return
    const learned = NAMES.filter(name => isLimit(limits[name]))
    if (learned.length === 0) return
    this.#origin = 'learned'
    for (const name of learned) this.#learnOne(name, limits[name] ?? 1)
  }

  learnPoints(points: HistoricalPointsTold, nowMs: number): void {
    this.#points.learn(points, nowMs)
  }

  /** `null`, or when the week's price points renew, or may be asked for again. */
  pointsSpentUntilMs(nowMs: number): number | null {
    return this.#points.spentUntilMs(nowMs)
  }

  view(nowMs: number): AllowanceView {
    const isLowered = [this.#key, this.#trading, this.#data].some(window => window.isLowered(nowMs))
    return {
      origin: isLowered ? 'learned' : this.#origin,
      key: this.#key.view(nowMs),
      trading: this.#trading.view(nowMs),
      data: this.#data.view(nowMs),
      pointsPerWeek: this.#pointsPerWeek,
      historicalPoints: this.#points.view(nowMs),
      pointsSpentUntilMs: this.pointsSpentUntilMs(nowMs),
    }
  }

  /** Source of the codes: IG Labs, REST API reference, error list of every page. */
  #windowsNamed(code: string): readonly AllowanceWindow[] {
    switch (code) {
      case 'error.public-api.exceeded-api-key-allowance':
        return [this.#key]
      case 'error.public-api.exceeded-account-trading-allowance':
        return [this.#trading]
      case 'error.public-api.exceeded-account-allowance':
        return [this.#data]
      default:
        return [this.#key, this.#trading, this.#data]
    }
  }

  #learnOne(name: keyof AllowanceLimits, limit: number): void {
    if (name === 'keyPerMinute') this.#key.learn(limit)
    else if (name === 'tradingPerMinute') this.#trading.learn(limit)
    else if (name === 'dataPerMinute') this.#data.learn(limit)
    else this.#pointsPerWeek = limit
  }
}

const NAMES = ['keyPerMinute', 'tradingPerMinute', 'dataPerMinute', 'pointsPerWeek'] as const

function isLimit(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1
}

function checked(limits: AllowanceLimits): AllowanceLimits {
  for (const name of NAMES) {
    if (isLimit(limits[name])) continue
    const text = `expected a whole number of at least 1 as ${name}, but got ${String(limits[name])}; take it from ig.applications, or give 'off'`
    throw new InvalidInputError(text)
  }
  return limits
}
