import { lastDealingMs, type Market, markets, spellAt } from '../engine/index.ts'
import type { BrokerState } from './broker-state.ts'
import type { JumpingClock, Timer } from './clock.ts'

/** Tells the engine of time that no quote brings: good-till dates, trading hours, the end of a contract and of the funding day. */
export interface BrokerCalendar {
  close(): void
}

export interface BrokerCalendarOptions {
  readonly state: BrokerState
  readonly clock: JumpingClock
  readonly timeOf: (epic: string) => number
  readonly keepsHours: boolean
}

export function brokerCalendar({ state, clock, timeOf, keepsHours }: BrokerCalendarOptions): BrokerCalendar {
  let isClosed = false
  const timers = new Map<string, Timer & { lookAgain(): void }>()

  /** Runs once the market's own clock has come so far: a tape that was paused or plays slowly takes longer. */
  function whenMarketReaches(epic: string, atMs: number, key: string, run: () => void): void {
    if (isClosed || !Number.isFinite(atMs)) return
    const leftMs = Math.max(0, atMs - timeOf(epic))
    const timer = clock.at(clock.monotonicMs() + leftMs, () => {
      timers.delete(key)
      if (timeOf(epic) < atMs) whenMarketReaches(epic, atMs, key, run)
      else run()
    })
    timers.set(key, {
      cancel: timer.cancel,
      lookAgain() {
        timer.cancel()
        timers.delete(key)
        if (timeOf(epic) < atMs) whenMarketReaches(epic, atMs, key, run)
        else run()
      },
    })
  }

  function tellTime(epic: string): void {
    state.process({ kind: 'time', epic, atMs: timeOf(epic) })
  }

  state.onEvents(events => {
    for (const event of events) {
      if (event.kind !== 'working-order') continue
      const { dealId, epic, goodTillMs } = event.order
      timers.get(dealId)?.cancel()
      timers.delete(dealId)
      if (event.change !== 'DELETED' && goodTillMs !== null) {
        whenMarketReaches(epic, goodTillMs, dealId, () => tellTime(epic))
      }
    }
  })

  function followHours(market: Market): void {
    const { epic, hours } = market
    whenMarketReaches(epic, spellAt(hours, timeOf(epic)).untilMs, `hours of ${epic}`, () => goByHours(market))
  }

  function goByHours(market: Market): void {
    timers.get(`hours of ${market.epic}`)?.cancel()
    tellTime(market.epic)
    followHours(market)
  }

  /** A contract whose end was over when the broker started trades on under its name: the catalogue does not move with the years. */
  function settleAtEnd({ epic, expiry, restriction }: Market): void {
    const endMs = lastDealingMs(expiry)
    if (endMs === null || restriction !== null || endMs <= timeOf(epic)) return
    whenMarketReaches(epic, endMs, `end of ${epic}`, () => {
      const book = state.engine.book(epic)
      if (book?.quote && !book.isSettled) state.process({ kind: 'settlement', epic, atMs: endMs })
    })
  }

  for (const market of markets) {
    settleAtEnd(market)
    if (keepsHours) followHours(market)
  }

  let night = waitForNight()
  function waitForNight(): Timer {
    const nowMs = clock.nowMs()
    const leftMs = NIGHT_AT_MS - (nowMs % DAY_MS)
    return clock.at(clock.monotonicMs() + (leftMs > 0 ? leftMs : leftMs + DAY_MS), () => {
      state.process({ kind: 'night', atMs: clock.nowMs() })
      night = waitForNight()
    })
  }

  clock.onJump(() => {
    if (isClosed) return
    for (const timer of [...timers.values()]) timer.lookAgain()
    if (keepsHours) for (const market of markets) goByHours(market)
    // A night that was jumped over is not charged.
    night.cancel()
    night = waitForNight()
  })

  return {
    close() {
      isClosed = true
      night.cancel()
      for (const timer of timers.values()) timer.cancel()
      timers.clear()
    },
  }
}

const DAY_MS = 86_400_000
/** 22:00 UTC: five in the afternoon in New York, when IG's funding day ends. */
const NIGHT_AT_MS = 22 * 3_600_000
