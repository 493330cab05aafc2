import { Decimal, epic } from '@scalpdesk/sdk'
import type { PresetSetting } from '../arming.ts'
import type { MarketTerms } from '../market-terms.ts'
import type { Preset } from '../preset.ts'

/** Builders for tests only: each gives something ordinary, and a test names what matters to it. */

export const EURUSD = epic('CS.D.EURUSD.MINI.IP')
export const GOLD = epic('CS.D.CFDGOLD.CFM.IP')

export const d = (figure: string | number): Decimal => new Decimal(figure)

export function someTerms(change: Partial<MarketTerms> = {}): MarketTerms {
  return {
    epic: EURUSD,
    name: 'EUR/USD Mini',
    currency: 'USD',
    currencyPerBase: d('1.25'),
    decimals: 5,
    pointsPerUnit: 10_000,
    contractSize: d(10_000),
    minSize: d('0.5'),
    minStopDistance: { unit: 'POINTS', value: d(2) },
    maxStopDistance: { unit: 'PERCENTAGE', value: d(75) },
    minGuaranteedStopDistance: { unit: 'POINTS', value: d(8) },
    allowsMarketOrders: true,
    sizeStep: d('0.1'),
    minTrailingStep: { unit: 'POINTS', value: d(1) },
    areLegsAllowed: true,
    areGuaranteedStopsAllowed: true,
    areTrailingStopsAllowed: true,
    guaranteePremium: { unit: 'POINTS', value: d(1) },
    marginBands: null,
    marginFactor: { unit: 'PERCENTAGE', value: d('3.33') },
    ...change,
  }
}

export function aSetting(change: Partial<PresetSetting> = {}): PresetSetting {
  return {
    terms: someTerms(),
    price: { bid: d('1.08410'), offer: d('1.08418') },
    account: { currency: 'EUR', equity: d(10_000) },
    ...change,
  }
}

export function aPreset(change: Partial<Preset> = {}): Preset {
  return {
    name: 'scalp',
    sizes: { 1: { kind: 'fixed', size: d(1) } },
    sizeKey: 1,
    stop: { kind: 'normal', distancePoints: d(10) },
    limitPoints: null,
    ...change,
  }
}
