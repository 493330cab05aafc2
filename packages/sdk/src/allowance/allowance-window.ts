import { RollingWindow, WINDOW_MS } from './rolling-window.ts'

/** One allowance, as it stands. Times are monotonic milliseconds of the connection's clock. */
export interface AllowanceWindowView {
  /** Calls a minute; `null` when we do not count against a limit. */
  readonly limit: number | null
  /** Calls of the last 60 s that this connection made. */
  readonly used: number
  /** How many of the limit only closing and flattening may use. */
  readonly reserve: number
  /** IG said that it is used up: nothing but exits is sent before this time. */
  readonly heldBackUntilMs: number | null
}

// Our choice, all of them. IG sends no Retry-After, and a client that knocks too soon keeps itself out.
/** One call of so many is kept for exits. */
const RESERVED_OF = 10
const RESERVED_AT_LEAST = 3
/** Of a small limit, such as a demo key's, not more than one of so many: the other lanes must get something. */
const RESERVED_AT_MOST_OF = 3
const FIRST_HOLD_MS = 10_000
const LONGEST_HOLD_MS = 60_000
/** An exit's reads knock sooner, but at most 5 times a minute in the end, which the smallest allowance bears. */
const EXIT_HOLD_SHARE = 0.2
/** A 403 below the known limit may come from another program with the same login; this long we believe it. */
const CEILING_MS = 15 * 60_000

/** How many calls of a limit are kept for exits. */
export function reserveOf(limit: number): number {
  const wanted = Math.max(RESERVED_AT_LEAST, Math.floor(limit / RESERVED_OF))
  return Math.min(wanted, Math.floor(limit / RESERVED_AT_MOST_OF))
}

/** Counts calls of the last 60 s against one limit, and remembers IG's refusals. Pure: time is a parameter. */
export class AllowanceWindow {
  readonly #spent = new RollingWindow()
  readonly #refused = new RollingWindow()
  #limit: number | null
  #ceiling = { limit: Number.POSITIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY }
  #firstSpentMs: number | null = null
  #refusalsInRow = 0
  #heldUntilMs = Number.NEGATIVE_INFINITY
  #exitHeldUntilMs = Number.NEGATIVE_INFINITY

  /** @param limit calls a minute; `null` for none. */
  constructor(limit: number | null) {
    this.#limit = limit
  }

  /** When the call with this many ahead of it may go, as things stand; `nowMs` when it may go now. */
  freeAtMs(isExit: boolean, ahead: number, nowMs: number): number {
    const readyMs = Math.max(nowMs, isExit ? this.#exitHeldUntilMs : this.#heldUntilMs)
    const limit = this.#limitAt(nowMs)
    if (limit === null) return readyMs
    const allowed = isExit ? limit : limit - reserveOf(limit)
    // Each full window of calls ahead takes a window of its own.
    const windows = Math.floor(ahead / allowed)
    const used = this.#spent.count(nowMs)
    const mustLeave = used + (ahead % allowed) - allowed
    const roomMs = mustLeave < 0 ? nowMs : this.#spent.leavesAtMs(mustLeave)
    return Math.max(readyMs, roomMs) + windows * WINDOW_MS
  }

  spend(nowMs: number): void {
    this.#firstSpentMs ??= nowMs
    this.#spent.count(nowMs)
    this.#spent.add(nowMs)
  }

  /** IG refused a call that was spent here. Returns until when to hold back such calls, exits or others. */
  refused(isExit: boolean, nowMs: number): number {
    this.#refused.count(nowMs)
    this.#refused.add(nowMs)
    this.#lower(nowMs)
    // Calls that were under way together are refused together: that is one piece of news.
    if (nowMs >= this.#exitHeldUntilMs || this.#refusalsInRow === 0) this.#refusalsInRow += 1
    const holdMs = Math.min(FIRST_HOLD_MS * 2 ** (this.#refusalsInRow - 1), LONGEST_HOLD_MS)
    this.#heldUntilMs = Math.max(this.#heldUntilMs, nowMs + holdMs)
    this.#exitHeldUntilMs = Math.max(this.#exitHeldUntilMs, nowMs + holdMs * EXIT_HOLD_SHARE)
    return isExit ? this.#exitHeldUntilMs : this.#heldUntilMs
  }

  /** IG let a call through: the next refusal is a first one again. */
  succeeded(): void {
    this.#refusalsInRow = 0
  }

  /** IG told the limit. Without effect where none is wanted. */
  learn(limit: number): void {
    if (this.#limit !== null) this.#limit = limit
  }

  isLowered(nowMs: number): boolean {
    return this.#limit !== null && nowMs < this.#ceiling.untilMs && this.#ceiling.limit < this.#limit
  }

  view(nowMs: number): AllowanceWindowView {
    const limit = this.#limitAt(nowMs)
    return {
      limit,
      used: this.#spent.count(nowMs),
      reserve: limit === null ? 0 : reserveOf(limit),
      heldBackUntilMs: this.#heldUntilMs > nowMs ? this.#heldUntilMs : null,
    }
  }

  #limitAt(nowMs: number): number | null {
    if (this.#limit === null || nowMs >= this.#ceiling.untilMs) return this.#limit
    return Math.min(this.#limit, this.#ceiling.limit)
  }

  /** What IG let through in the minute before its refusal is what it allows. */
  #lower(nowMs: number): void {
    const limit = this.#limitAt(nowMs)
    // In our first minute, calls made before we began may be to blame; they say nothing about the limit.
    if (limit === null || this.#firstSpentMs === null || nowMs - this.#firstSpentMs < WINDOW_MS) return
    const letThrough = this.#spent.count(nowMs) - this.#refused.count(nowMs)
    this.#ceiling = { limit: Math.max(1, Math.min(limit, letThrough)), untilMs: nowMs + CEILING_MS }
  }
}
