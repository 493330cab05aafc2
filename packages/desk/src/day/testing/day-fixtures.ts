import { Decimal, dealId, epic } from '@scalpdesk/sdk'
import { afterFact, type Day, emptyDay } from '../day.ts'
import type { DayFact, Opened, Reduced } from '../fact.ts'
import type { MarketPrice } from '../price.ts'

/** Builders for tests only: each gives something ordinary, and a test names what matters to it. */

export const EURUSD = epic('CS.D.EURUSD.MINI.IP')

export function anOpened(deal = 'DI1', change: Partial<Opened> = {}): Opened {
  return {
    kind: 'opened',
    dealId: dealId(deal),
    reference: null,
    epic: EURUSD,
    direction: 'BUY',
    size: new Decimal(2),
    level: new Decimal('1.08418'),
    currency: 'USD',
    contractSize: new Decimal(10_000),
    pointsPerUnit: 10_000,
    decimals: 5,
    stop: new Decimal('1.08318'),
    price: null,
    heldBeforeMs: 0,
    atMs: 0,
    ...change,
  }
}

export function aReduced(deal = 'DI1', change: Partial<Reduced> = {}): Reduced {
  return {
    kind: 'reduced',
    id: `close-of-${deal}`,
    dealId: dealId(deal),
    epic: EURUSD,
    direction: 'BUY',
    size: new Decimal(2),
    level: new Decimal('1.08468'),
    profit: null,
    profitCurrency: null,
    by: 'stream',
    atMs: 1_000,
    ...change,
  }
}

export function aPrice(bidUnits: number | null, offerUnits: number | null = bidUnits, decimals = 5): MarketPrice {
  return { epic: EURUSD, bidUnits, offerUnits, decimals }
}

export const pricesOf = (...prices: readonly MarketPrice[]) => new Map(prices.map(price => [price.epic, price]))

export function dayOf(...facts: readonly DayFact[]): Day {
  return after(emptyDay('USD'), ...facts)
}

export function after(day: Day, ...facts: readonly DayFact[]): Day {
  return facts.reduce(afterFact, day)
}
