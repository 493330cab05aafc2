import type { Decimal } from '@scalpdesk/sdk'
import type { GuardLimits, MarketLimits } from './limits.ts'
import { hoursProblems } from './trading-hours.ts'

/** What is wrong with limits as somebody wrote them, each as one sentence; only limits without a problem may be told to the memory. */
export function limitProblems(limits: GuardLimits): readonly string[] {
  const counts = { maxOpenPositions: limits.maxOpenPositions, maxEntriesPerMinute: limits.maxEntriesPerMinute }
  return [
    ...Object.entries(counts).flatMap(([name, value]) =>
      value === null || isCount(value, 0) ? [] : [wrong(name, 'a whole number from 0', value)],
    ),
    ...(limits.maxLossStreak === null || isCount(limits.maxLossStreak, 1)
      ? []
      : [wrong('maxLossStreak', 'a whole number from 1', limits.maxLossStreak)]),
    ...positive('maxDayLoss', limits.maxDayLoss),
    ...notNegative('minMarginLeft', limits.minMarginLeft),
    ...(['coolDownMs', 'duplicateWindowMs', 'maxPriceAgeMs'] as const).flatMap(name =>
      isCount(limits[name], 0) ? [] : [wrong(name, 'whole milliseconds from 0', limits[name])],
    ),
    ...marketProblems('everyMarket', limits.everyMarket),
    ...[...limits.markets].flatMap(([epic, market]) => marketProblems(epic, market)),
    ...limits.tradingHours.flatMap(hoursProblems),
  ]
}

function marketProblems(where: string, market: Partial<MarketLimits>): readonly string[] {
  return (['maxOrderSize', 'maxHeldSize', 'maxSpreadPoints'] as const).flatMap(name =>
    notNegative(`${where}.${name}`, market[name] ?? null),
  )
}

const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least

const positive = (name: string, value: Decimal | null): readonly string[] =>
  value === null || (value.isFinite() && value.gt(0)) ? [] : [wrong(name, 'an amount above 0', value)]

const notNegative = (name: string, value: Decimal | null): readonly string[] =>
  value === null || (value.isFinite() && value.gte(0)) ? [] : [wrong(name, 'a figure from 0', value)]

const wrong = (name: string, wanted: string, got: number | Decimal): string =>
  `expected ${wanted} as the limit ${name}, but got ${got}; correct it, or leave it out for no limit`
