import type { AccountZone, DealId, Decimal } from '@scalpdesk/sdk'
import { type GuardLimits, NO_LIMITS } from '../limits.ts'
import type { DayClock } from './day-clock.ts'
import type { DayLock } from './day-lock.ts'
import type { ChargeBooked } from './fact.ts'

/** What the guard knows of the account's trading day. Plain and immutable: the same facts give the same memory. */
export interface DayMemory {
  /** `null` before the first fact. */
  readonly clock: DayClock | null
  readonly day: TradingDay | null
  /** Of the next day: another zone would move the end of this one. */
  readonly nextZone: AccountZone
  readonly limits: LimitsOfDay
  /** When entries were sent in the last minute, by the day's clock, oldest first. */
  readonly entriesMs: readonly number[]
  /** When identical presses came last (monotonic, of this run). */
  readonly presses: ReadonlyMap<string, number>
  /** Of the day, in the order in which they were told. */
  readonly results: readonly DealResult[]
  /** The sum of the results that are known. */
  readonly realised: Decimal
  /** Of the day, in the order in which they were told. */
  readonly charges: readonly Charge[]
  /** The sum of the charges: below zero where more was paid than given. */
  readonly charged: Decimal
  /** Results before it belong to a streak that had its cool-down. */
  readonly streakFrom: number
  readonly coolDown: CoolDown | null
  readonly openProfit: Decimal | null
  readonly equity: Decimal | null
  /** The first of the day. */
  readonly openingEquity: Decimal | null
  readonly lock: DayLock | null
}

/** The account's day, by the broker's time as soon as that is known. */
export interface TradingDay {
  /** Such as `2026-01-05`. */
  readonly name: string
  readonly zone: AccountZone
  /** Milliseconds since 1970. */
  readonly endMs: number
  readonly by: 'wall' | 'broker'
}

interface LimitsOfDay {
  readonly inForce: GuardLimits
  /** What the config said last: in force from the next day. */
  readonly configured: GuardLimits
  /** From now on limits of this day can only be tightened. */
  readonly isFixed: boolean
}

interface DealResult {
  readonly id: string
  readonly dealId: DealId
  readonly profit: Decimal | null
  readonly isWhole: boolean
}

type Charge = Omit<ChargeBooked, 'kind'>

interface CoolDown {
  /** By the day's clock. */
  readonly untilMs: number
  readonly losses: number
}

export function emptyMemory(zero: Decimal): DayMemory {
  return {
    clock: null,
    day: null,
    nextZone: { offsetHours: 0 },
    limits: { inForce: NO_LIMITS, configured: NO_LIMITS, isFixed: false },
    entriesMs: [],
    presses: new Map(),
    results: [],
    realised: zero,
    charges: [],
    charged: zero,
    streakFrom: 0,
    coolDown: null,
    openProfit: null,
    equity: null,
    openingEquity: null,
    lock: null,
  }
}
