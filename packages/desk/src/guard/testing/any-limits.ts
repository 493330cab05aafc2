import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import type { GuardLimits, MarketLimits } from '../limits.ts'
import { WEEKDAYS } from '../trading-hours.ts'
import { EURUSD, GOLD } from './guard-fixtures.ts'

const count = fc.option(fc.integer({ min: 1, max: 20 }))
const figure = fc.option(fc.integer({ min: 1, max: 100_000 }).map(cents => new Decimal(cents).div(100)))

const market: fc.Arbitrary<MarketLimits> = fc.record({
  maxOrderSize: figure,
  maxHeldSize: figure,
  maxSpreadPoints: figure,
})

const hours = fc.array(
  fc.record({
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    from: fc.constantFrom('00:00', '08:00', '22:00'),
    until: fc.constantFrom('02:00', '16:30', '24:00'),
  }),
  { minLength: 1, maxLength: 2 },
)

/** Any limits that make sense, for property tests. */
export const anyLimits: fc.Arbitrary<GuardLimits> = fc.record({
  allowedMarkets: fc.option(fc.subarray([EURUSD, GOLD])),
  everyMarket: market,
  markets: fc
    .option(fc.record({ maxOrderSize: figure, maxHeldSize: figure, maxSpreadPoints: figure }, { requiredKeys: [] }))
    .map(own => new Map(own ? [[GOLD, own]] : [])),
  maxOpenPositions: count,
  maxEntriesPerMinute: count,
  maxDayLoss: figure,
  maxLossStreak: count,
  coolDownMs: fc.integer({ min: 0, max: 3_600_000 }),
  tradingHours: fc.array(hours, { maxLength: 2 }),
  minMarginLeft: figure,
  maxPriceAgeMs: fc.integer({ min: 0, max: 20_000 }),
  duplicateWindowMs: fc.integer({ min: 0, max: 2_000 }),
})
