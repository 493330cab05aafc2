import { AllowanceError, type IgError, type RequestContext, TransportError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { AllowanceBudget, AllowanceLimits, AllowanceView, Counts } from './allowance-budget.ts'
import type { HistoricalPointsTold } from './historical-points.ts'
import type { Lane } from './lane.ts'

/** A call stands in line. */
export interface AllowanceWait {
  readonly route: string
  readonly lane: Lane
  /** As things stand: who comes before it may make it longer. */
  readonly waitMs: number
}

export interface EnterOptions {
  readonly signal?: AbortSignal | undefined
  /** The longest wait that is of use to the caller. */
  readonly withinMs: number
}

/**
 * The line before IG's door: by lane first, then first come, first served. Those for whom, as things stand, it would take too
 * long are told at once, when they come and whenever their outlook gets worse.
 */
export class AllowanceGate {
  readonly #budget: AllowanceBudget
  readonly #clock: Clock
  readonly #onWait: (wait: AllowanceWait) => void
  /** Trading and other calls use up nothing of each other's, so they have a line each. */
  readonly #lines: Readonly<Record<Counts, Line>> = { trading: newLine(), data: newLine() }
  #isClosed = false

  /** @param onWait what it throws is thrown again, outside of the call. */
  constructor(budget: AllowanceBudget, clock: Clock, onWait: (wait: AllowanceWait) => void = () => {}) {
    this.#budget = budget
    this.#clock = clock
    this.#onWait = onWait
  }

  /**
   * Waits for the call's turn and counts it.
   * @param route such as `GET /markets/{epic} v3`.
   * @throws {AllowanceError} with the code `allowance-wait` when it would take longer than `withinMs`.
   * @throws {TransportError} `aborted` by the signal, or `closed`. The call was not counted then.
   */
  enter(route: string, counts: Counts, lane: Lane, { signal, withinMs }: EnterOptions): Promise<void> {
    const request = contextOf(route)
    if (this.#isClosed) return Promise.reject(closed(request))
    if (signal?.aborted) return Promise.reject(aborted(request))
    const freeAtMs = this.#tryNow(counts, lane)
    if (freeAtMs === null) return Promise.resolve()
    const nowMs = this.#clock.monotonicMs()
    const deadlineMs = nowMs + withinMs
    if (freeAtMs > deadlineMs) return Promise.reject(new AllowanceError('allowance-wait', request, freeAtMs))
    return new Promise((resolve, reject) => {
      const onAbort = (): void => this.#abandon(counts, waiter)
      const leave = (): void => signal?.removeEventListener('abort', onAbort)
      const waiter: Waiter = {
        lane,
        request,
        deadlineMs,
        admit: () => {
          leave()
          resolve()
        },
        reject: error => {
          leave()
          reject(error)
        },
      }
      const { waiters } = this.#lines[counts]
      waiters.splice(placeOf(waiters, lane), 0, waiter)
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#review(counts)
      this.#tell({ route, lane, waitMs: Math.max(0, freeAtMs - nowMs) })
    })
  }

  /** For orders, which never stand in line: `null` when it goes now, and then it was counted; otherwise when it may. */
  admitNow(counts: Counts, lane: Lane): { readonly retryAtMs: number } | null {
    const freeAtMs = this.#tryNow(counts, lane)
    return freeAtMs === null ? null : { retryAtMs: freeAtMs }
  }

  /** Counts a call that goes out without asking, such as a sign-in. */
  count(counts: Counts): void {
    this.#budget.spend(counts, this.#clock.monotonicMs())
    this.#review(counts)
  }

  /** From now on this account is acted on: those in line are judged again, by its allowance, which they will use. */
  actFor(accountId: string): void {
    this.#budget.actFor(accountId)
    this.#reviewAll()
  }

  /** IG answered that an allowance is used up. @param lane of the call: `retryAtMs` is when another of it may go. */
  refused(code: string, lane: Lane = 'data'): { readonly retryAtMs: number } {
    const answer = this.#budget.refused(code, this.#clock.monotonicMs(), lane)
    this.#reviewAll()
    return answer
  }

  /** IG let a call through. */
  succeeded(counts: Counts): void {
    this.#budget.succeeded(counts)
  }

  /** IG told the key's own limits. */
  learn(limits: Partial<AllowanceLimits>): void {
    this.#budget.learn(limits)
    this.#reviewAll()
  }

  learnPoints(points: HistoricalPointsTold): void {
    this.#budget.learnPoints(points, this.#clock.monotonicMs())
  }

  /** `null`, or when price points may be asked for again. */
  pointsSpentUntilMs(): number | null {
    return this.#budget.pointsSpentUntilMs(this.#clock.monotonicMs())
  }

  /** How long a call that came now would have to wait, behind those in line. */
  waitMs(counts: Counts, lane: Lane): number {
    const nowMs = this.#clock.monotonicMs()
    return this.#budget.freeAtMs(counts, lane, nowMs, placeOf(this.#lines[counts].waiters, lane)) - nowMs
  }

  /** How many calls stand in line. */
  waiting(): number {
    return this.#lines.trading.waiters.length + this.#lines.data.waiters.length
  }

  view(): AllowanceView {
    return this.#budget.view(this.#clock.monotonicMs())
  }

  /** Turns away everyone in line and who comes later. Orders are not asked here whether the connection is open. */
  close(): void {
    this.#isClosed = true
    for (const line of Object.values(this.#lines)) {
      line.timer?.cancel()
      line.timer = null
      for (const waiter of line.waiters.splice(0)) waiter.reject(closed(waiter.request))
    }
  }

  /** Counts the call and returns `null` when it may go now, otherwise returns when it may. */
  #tryNow(counts: Counts, lane: Lane): number | null {
    // A timer may be late: those who are due go first.
    this.#review(counts)
    const nowMs = this.#clock.monotonicMs()
    const ahead = placeOf(this.#lines[counts].waiters, lane)
    const freeAtMs = this.#budget.freeAtMs(counts, lane, nowMs, ahead)
    if (freeAtMs > nowMs) return freeAtMs
    this.#budget.spend(counts, nowMs)
    this.#review(counts)
    return null
  }

  #reviewAll(): void {
    this.#review('trading')
    this.#review('data')
  }

  /** Lets in who may go now, turns away who cannot go in time any more, and sets the timer for the next. */
  #review(counts: Counts): void {
    const line = this.#lines[counts]
    const { waiters } = line
    line.timer?.cancel()
    line.timer = null
    if (waiters.length === 0) return
    const nowMs = this.#clock.monotonicMs()
    const freeAtMs = (waiter: Waiter, ahead: number) => this.#budget.freeAtMs(counts, waiter.lane, nowMs, ahead)
    for (let first = waiters[0]; first !== undefined && freeAtMs(first, 0) <= nowMs; first = waiters[0]) {
      waiters.shift()
      this.#budget.spend(counts, nowMs)
      first.admit()
    }
    let place = 0
    for (const waiter of [...waiters]) {
      const dueMs = freeAtMs(waiter, place)
      if (dueMs <= waiter.deadlineMs) {
        place += 1
      } else {
        waiters.splice(place, 1)
        waiter.reject(new AllowanceError('allowance-wait', waiter.request, dueMs))
      }
    }
    const [first] = waiters
    if (first !== undefined) line.timer = this.#clock.at(freeAtMs(first, 0), () => this.#review(counts))
  }

  #abandon(counts: Counts, waiter: Waiter): void {
    const { waiters } = this.#lines[counts]
    const place = waiters.indexOf(waiter)
    if (place < 0) return
    waiters.splice(place, 1)
    waiter.reject(aborted(waiter.request))
    this.#review(counts)
  }

  #tell(wait: AllowanceWait): void {
    try {
      this.#onWait(wait)
    } catch (error) {
      // The call stands in line by now: an observer's fault must not take it out.
      queueMicrotask(() => {
        throw error
      })
    }
  }
}

interface Line {
  readonly waiters: Waiter[]
  timer: { cancel(): void } | null
}

interface Waiter {
  readonly lane: Lane
  readonly request: RequestContext
  readonly deadlineMs: number
  admit(): void
  reject(error: IgError): void
}

const ORDER: readonly Lane[] = ['exit', 'entry', 'edit', 'data']

function newLine(): Line {
  return { waiters: [], timer: null }
}

/** Behind everyone of the same or a more urgent lane. */
function placeOf(waiters: readonly Waiter[], lane: Lane): number {
  const rank = ORDER.indexOf(lane)
  const place = waiters.findIndex(waiter => ORDER.indexOf(waiter.lane) > rank)
  return place < 0 ? waiters.length : place
}

function contextOf(route: string): RequestContext {
  const [method = '', path = ''] = route.split(' ')
  return { method, path }
}

function aborted(request: RequestContext): TransportError {
  const text = `expected ${request.method} ${request.path} to get its turn, but the caller stopped waiting; nothing was sent, ask again when it is wanted`
  return new TransportError('aborted', text, { request })
}

function closed(request: RequestContext): TransportError {
  const text = `expected an open connection for ${request.method} ${request.path}, but it was closed; nothing was sent, connect again`
  return new TransportError('closed', text, { request })
}
