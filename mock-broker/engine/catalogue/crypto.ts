import { Exact } from '../exact-decimal.ts'
import type { Market, SyntheticShape } from '../market.ts'
import { alwaysOpen } from '../trading-hours.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

export const crypto: readonly Market[] = [
  {
    ...coin('BITCOIN', 'Bitcoin', 'BTC', moves(6_180_000, 3600, 900, 320), ['btcusd', 'btcusdt', 'bitcoin']),
    ...distances(20, 400, '10', '150'),
  },
  {
    ...coin('ETHUSD', 'Ether', 'ETH', moves(342_000, 300, 70, 420), ['ethusd', 'ethusdt']),
    ...distances(4, 40, '2', '10'),
  },
  { ...coin('LTCUSD', 'Litecoin', 'LTC', moves(7_980, 30, 6, 900), ['ltcusd']), ...distances(1, 4, '0.5', null) },
  { ...coin('SOLUSD', 'Solana', 'SOL', moves(14_630, 40, 9, 700), ['solusd']), ...distances(1, 4, '0.5', null) },
  {
    ...coin('XRPUSD', 'Ripple', 'XRP', moves(52_400, 150, 20, 900), ['xrpusd']),
    ...distances(1, 4, '0.5', null),
    decimals: 3,
    contractSize: 100,
  },
]

function coin(
  code: string,
  name: string,
  symbol: string,
  { synthetic }: { readonly synthetic: SyntheticShape },
  symbols: readonly string[],
): Market {
  return {
    ...usual,
    epic: `CS.D.${code}.CFD.IP`,
    name,
    type: 'CURRENCIES',
    marketId: code,
    currencies: ['USD'],
    decimals: 2,
    pointsPerUnit: 1,
    contractSize: 1,
    onePipMeans: `1 USD/${symbol}`,
    ...bands('50', '0.01'),
    ...sizes('0.01', '0.01'),
    maxSize: new Exact(200),
    maxRepeatSize: new Exact(200),
    ...distances(1, 4, '0.5', null),
    category: 'CRYPTOCURRENCY',
    hours: alwaysOpen,
    symbols,
    synthetic,
  }
}
