import { Decimal, type Epic } from '@scalpdesk/sdk'
import { type GuardLimits, limitsOf, type MarketLimits } from './limits.ts'
import { isSameHours, type TradingHours } from './trading-hours.ts'

/** Limits that allow only what both allow. */
export function tightest(one: GuardLimits, other: GuardLimits): GuardLimits {
  const epics = new Set([...one.markets.keys(), ...other.markets.keys()])
  return {
    allowedMarkets: both(one.allowedMarkets, other.allowedMarkets),
    everyMarket: tightestMarket(one.everyMarket, other.everyMarket),
    markets: new Map([...epics].map(epic => [epic, tightestMarket(limitsOf(one, epic), limitsOf(other, epic))])),
    maxOpenPositions: least(one.maxOpenPositions, other.maxOpenPositions),
    maxEntriesPerMinute: least(one.maxEntriesPerMinute, other.maxEntriesPerMinute),
    maxDayLoss: leastMoney(one.maxDayLoss, other.maxDayLoss),
    maxLossStreak: least(one.maxLossStreak, other.maxLossStreak),
    coolDownMs: Math.max(one.coolDownMs, other.coolDownMs),
    tradingHours: withoutRepeats([...one.tradingHours, ...other.tradingHours]),
    minMarginLeft: most(one.minMarginLeft, other.minMarginLeft),
    maxPriceAgeMs: Math.min(one.maxPriceAgeMs, other.maxPriceAgeMs),
    duplicateWindowMs: Math.max(one.duplicateWindowMs, other.duplicateWindowMs),
  }
}

function tightestMarket(one: MarketLimits, other: MarketLimits): MarketLimits {
  return {
    maxOrderSize: leastMoney(one.maxOrderSize, other.maxOrderSize),
    maxHeldSize: leastMoney(one.maxHeldSize, other.maxHeldSize),
    maxSpreadPoints: leastMoney(one.maxSpreadPoints, other.maxSpreadPoints),
  }
}

function both(one: readonly Epic[] | null, other: readonly Epic[] | null): readonly Epic[] | null {
  if (one === null || other === null) return one ?? other
  return one.filter(epic => other.includes(epic))
}

const least = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

const leastMoney = (one: Decimal | null, other: Decimal | null): Decimal | null =>
  one === null || other === null ? (one ?? other) : Decimal.min(one, other)

const most = (one: Decimal | null, other: Decimal | null): Decimal | null =>
  one === null || other === null ? (one ?? other) : Decimal.max(one, other)

const withoutRepeats = (hours: readonly TradingHours[]): readonly TradingHours[] =>
  hours.filter((each, at) => hours.findIndex(other => isSameHours(each, other)) === at)
