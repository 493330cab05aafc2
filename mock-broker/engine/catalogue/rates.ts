import type { CurrencyCode } from '../currency.ts'
import type { Market, SyntheticShape } from '../market.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

export const rates: readonly Market[] = [
  rate('IR.D.FGBL.Month1.IP', 'German Bund', 'FGBL', 'EUR', moves(13_150, 2, 1, 800), 'DEC-26', 'DE'),
  {
    ...rate('IR.D.10YEAR100.Month1.IP', 'US 10-Year T-Note', 'TY', 'USD', moves(11_040, 2, 1, 900), 'DEC-26', 'US'),
    restriction: 'phone-only',
  },
]

function rate(
  epic: string,
  name: string,
  marketId: string,
  currency: CurrencyCode,
  { synthetic }: { readonly synthetic: SyntheticShape },
  expiry: string,
  country: string,
): Market {
  return {
    ...usual,
    epic,
    name,
    type: 'RATES',
    marketId,
    expiry,
    currencies: [currency],
    decimals: 2,
    pointsPerUnit: 100,
    contractSize: 1000,
    onePipMeans: '0.01 of par',
    ...bands('2', '0.1'),
    ...sizes('0.1', '0.01'),
    ...distances(2, 6, '1', '1'),
    category: 'RATES',
    country,
    symbols: [marketId.toLowerCase()],
    synthetic,
  }
}
