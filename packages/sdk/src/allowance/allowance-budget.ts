import { InvalidInputError } from '../errors.ts'
import { type AccountAllowance, accountAllowance } from './account-allowance.ts'
import { AllowanceWindow, type AllowanceWindowView } from './allowance-window.ts'
import type { HistoricalPointsTold, HistoricalPointsView } from './historical-points.ts'
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

/** The allowances of the key and of the account acted on, as they stand. Times are monotonic milliseconds of the connection's clock. */
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
 * What may be asked of IG now: 60 s windows of the key and of the account acted on, and the account's price points of the week.
 * Other accounts keep their books meanwhile. Pure: no timers, time is a parameter (monotonic milliseconds).
 *
 * A part of each window is kept for the lane `exit`. Closing and flattening themselves are counted, but never held back: our
 * count may be wrong (others use the same login), and a close that IG refuses with 403 has cost nothing, while a close that we
 * held back has. The reserve also absorbs calls that reach IG closer together than they left us.
 */
export class AllowanceBudget {
  readonly #key: AllowanceWindow
  readonly #accounts = new Map<string, AccountAllowance>()
  /** Of the account acted on. */
  #account: AccountAllowance
  /** `null`: none are kept. */
  #limits: AllowanceLimits | null
  #origin: AllowanceView['origin']

  /**
   * @param limits `off`: never waits by our own count, but still heeds IG's refusals.
   * @throws {InvalidInputError} when a limit is not a whole number of at least 1.
   */
  constructor(limits: AllowanceLimits | 'off') {
    const kept = limits === 'off' ? null : checked(limits)
    this.#limits = kept
    this.#key = new AllowanceWindow(kept?.keyPerMinute ?? null)
    this.#account = accountAllowance(kept)
    if (kept === null) this.#origin = 'off'
    else this.#origin = NAMES.every(name => kept[name] === PUBLISHED_LIMITS[name]) ? 'published' : 'given'
  }

  /** From now on calls are those of this account. The first also gets what was counted before, such as the sign-in. */
  actFor(accountId: string): void {
    const isFirst = this.#accounts.size === 0
    this.#account = this.#accounts.get(accountId) ?? (isFirst ? this.#account : accountAllowance(this.#limits))
    this.#accounts.set(accountId, this.#account)
  }

  /** 0: the call may go now; otherwise how long until it may, as things stand. */
  waitMs(counts: Counts, lane: Lane, nowMs: number): number {
    return this.freeAtMs(counts, lane, nowMs) - nowMs
  }

  /** When a call may go that has `ahead` others before it; `nowMs` when it may go now. */
  freeAtMs(counts: Counts, lane: Lane, nowMs: number, ahead = 0): number {
    const isExit = lane === 'exit'
    const { trading, data } = this.#account
    if (counts === 'trading') return isExit ? nowMs : trading.freeAtMs(false, ahead, nowMs)
    return Math.max(this.#key.freeAtMs(isExit, ahead, nowMs), data.freeAtMs(isExit, ahead, nowMs))
  }

  /** Counts a call that goes out now. */
  spend(counts: Counts, nowMs: number): void {
    if (counts === 'trading') return this.#account.trading.spend(nowMs)
    this.#key.spend(nowMs)
    this.#account.data.spend(nowMs)
  }

  /**
   * IG answered 403 with this code. Holds back what the code names, everything where we do not know it, for 10 s and up to 60 s
   * when it happens again, exits a fifth as long; lowers the limit for a while where the last minute shows that it is lower.
   * @param lane of the call: `retryAtMs` is when another of this lane may go.
   */
  refused(code: string, nowMs: number, lane: Lane = 'data'): { readonly retryAtMs: number } {
    if (code.includes('historical')) return { retryAtMs: this.#account.points.refused(nowMs) }
    return { retryAtMs: Math.max(...this.#windowsNamed(code).map(window => window.refused(lane === 'exit', nowMs))) }
  }

  /** IG let a call through. */
  succeeded(counts: Counts): void {
    if (counts === 'trading') return this.#account.trading.succeeded()
    this.#key.succeeded()
    this.#account.data.succeeded()
  }

  /**
   * The key's own limits. What is no whole number of at least 1 is not learned.
   * Source: IG Labs, REST API reference, "Operations", GET /operations/application.
   */
  learn(limits: Partial<AllowanceLimits>): void {
    if (this.#limits === null) return
    const learned = Object.fromEntries(NAMES.filter(name => isLimit(limits[name])).map(name => [name, limits[name]]))
    if (Object.keys(learned).length === 0) return
    this.#origin = 'learned'
    const known: AllowanceLimits = { ...this.#limits, ...learned }
    this.#limits = known
    this.#key.learn(known.keyPerMinute)
    for (const account of [this.#account, ...this.#accounts.values()]) {
      account.trading.learn(known.tradingPerMinute)
      account.data.learn(known.dataPerMinute)
    }
  }

  learnPoints(points: HistoricalPointsTold, nowMs: number): void {
    this.#account.points.learn(points, nowMs)
  }

  /** `null`, or when the week's price points renew, or may be asked for again. */
  pointsSpentUntilMs(nowMs: number): number | null {
    return this.#account.points.spentUntilMs(nowMs)
  }

  view(nowMs: number): AllowanceView {
    const { trading, data, points } = this.#account
    const isLowered = [this.#key, trading, data].some(window => window.isLowered(nowMs))
    return {
      origin: isLowered ? 'learned' : this.#origin,
      key: this.#key.view(nowMs),
      trading: trading.view(nowMs),
      data: data.view(nowMs),
      pointsPerWeek: this.#limits?.pointsPerWeek ?? null,
      historicalPoints: points.view(nowMs),
      pointsSpentUntilMs: this.pointsSpentUntilMs(nowMs),
    }
  }

  /** Source of the codes: IG Labs, REST API reference, error list of every page. */
  #windowsNamed(code: string): readonly AllowanceWindow[] {
    switch (code) {
      case 'error.public-api.exceeded-api-key-allowance':
        return [this.#key]
      case 'error.public-api.exceeded-account-trading-allowance':
        return [this.#account.trading]
      case 'error.public-api.exceeded-account-allowance':
        return [this.#account.data]
      default:
        return [this.#key, this.#account.trading, this.#account.data]
    }
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
