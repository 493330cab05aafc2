import type { Market, SyntheticShape } from '../market.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

/** Daily funded bets: levels are in points already, and the size is a stake for each of them in the currency of the bet. */
export const spreadBets: readonly Market[] = [
  bet('CS.D.EURUSD.TODAY.IP', 'Spot FX EUR/USD', 'EURUSD', 'CURRENCIES', 'FOREX', moves(108_420, 9, 2, 350)),
  bet('CS.D.GBPUSD.TODAY.IP', 'Spot FX GBP/USD', 'GBPUSD', 'CURRENCIES', 'FOREX', moves(127_150, 12, 3, 400)),
  bet('IX.D.FTSE.DAILY.IP', 'FTSE 100 Cash', 'FT100', 'INDICES', 'INDICES', moves(82_100, 10, 4, 380)),
  bet('IX.D.DAX.DAILY.IP', 'Germany 40 Cash', 'DE30', 'INDICES', 'INDICES', moves(185_000, 12, 6, 300)),
  bet('CS.D.USCGC.TODAY.IP', 'Spot Gold Bet', 'GC', 'COMMODITIES', 'COMMODITIES', moves(23_312, 5, 2, 380)),
]

function bet(
  epic: string,
  name: string,
  marketId: string,
  type: Market['type'],
  category: Market['category'],
  { synthetic }: { readonly synthetic: SyntheticShape },
): Market {
  return {
    ...usual,
    epic,
    name,
    type,
    marketId,
    expiry: 'DFB',
    currencies: ['GBP', 'EUR', 'USD'],
    decimals: 1,
    pointsPerUnit: 1,
    contractSize: 1,
    unit: 'AMOUNT',
    onePipMeans: '1 point',
    ...bands('3.33', '0.5'),
    ...sizes('0.5', '0.01'),
    ...distances(2, 8, '1', '1.2'),
    category,
    symbols: [],
    synthetic,
  }
}
