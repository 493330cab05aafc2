import type { Market } from '@scalpdesk/mock-broker/engine'
import { Decimal } from '@scalpdesk/sdk'
import type { MarketFacts, PriceMarks } from '../day-facts.ts'

/** The engine counts in one currency here: what it calls euros is the market's own currency, converted by the facts' rate afterwards. */
export const UNIT = 'EUR'

/**
 * A market of the engine with the terms that are known of the real one, and none of the rules: what was really dealt is not to be refused for
 * a size or a distance. null: its contract or its point is not known, or no whole number of price units is a point.
 */
export function engineMarket(
  { epic, name, contractSize, pointsPerUnit }: MarketFacts,
  { decimals }: PriceMarks,
): Market | null {
  if (!contractSize || !pointsPerUnit || !Number.isInteger(10 ** decimals / pointsPerUnit)) return null
  const any = new Decimal('1e9')
  const least = new Decimal(SIZE_STEP)
  return {
    epic,
    name: name ?? epic,
    type: 'INDICES',
    marketId: epic,
    expiry: '-',
    currencies: [UNIT],
    decimals,
    pointsPerUnit,
    contractSize: contractSize.toNumber(),
    unit: 'CONTRACTS',
    onePipMeans: null,
    marginBands: [{ from: 0, percent: new Decimal(0) }],
    minSize: least,
    sizeStep: least,
    maxSize: any,
    touchSize: any,
    maxRepeatSize: any,
    maxGuaranteedSize: any,
    minStopPoints: new Decimal(0),
    minGuaranteedStopPoints: new Decimal(0),
    minStepPoints: new Decimal(0),
    maxStopPercent: new Decimal(100),
    guaranteedSpacingPoints: null,
    guaranteedPremiumPoints: null,
    allowsLegs: true,
    allowsTrailing: true,
    marketOrders: 'AVAILABLE_DEFAULT_ON',
    restriction: null,
    commissionPercent: null,
    hours: { spells: [], session: null },
    startState: 'TRADEABLE',
    category: 'INDICES',
    country: null,
    symbols: [],
    synthetic: null,
  }
}

/** Finer than any that IG deals in (our choice): partial closes in proportion come out on it. */
export const SIZE_STEP = '0.0001'
