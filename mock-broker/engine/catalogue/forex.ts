import type { CurrencyCode } from '../currency.ts'
import type { Market, SyntheticShape } from '../market.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

export const forex: readonly Market[] = [
  pair('EURUSD', 'EUR/USD', 'USD', moves(108_420, 6, 2, 350)),
  pair('GBPUSD', 'GBP/USD', 'USD', moves(127_150, 9, 3, 400)),
  {
    ...pair('EURUSD', 'EUR/USD Mini', 'USD', moves(108_420, 6, 2, 350)),
    epic: 'CS.D.EURUSD.MINI.IP',
    contractSize: 10_000,
    ...sizes('0.5', '0.01'),
    ...bands('3.33', '0.5'),
    symbols: [],
  },
  pair('EURGBP', 'EUR/GBP', 'GBP', moves(85_310, 9, 2, 600)),
  pair('EURCHF', 'EUR/CHF', 'CHF', moves(96_240, 15, 2, 800)),
  pair('USDCHF', 'USD/CHF', 'CHF', moves(89_120, 14, 3, 650)),
  pair('USDCAD', 'USD/CAD', 'CAD', moves(137_050, 18, 3, 650)),
  pair('AUDUSD', 'AUD/USD', 'USD', moves(66_180, 8, 2, 550)),
  yen('USDJPY', 'USD/JPY', moves(157_240, 9, 4, 420)),
  yen('EURJPY', 'EUR/JPY', moves(170_480, 15, 5, 520)),
  yen('GBPJPY', 'GBP/JPY', moves(199_930, 25, 7, 560)),
  yen('AUDJPY', 'AUD/JPY', moves(104_060, 16, 4, 700)),
]

function pair(
  marketId: string,
  name: string,
  currency: CurrencyCode,
  { synthetic }: { readonly synthetic: SyntheticShape },
): Market {
  const [base = '', quoted = ''] = name.split(' ', 1)[0]?.split('/') ?? []
  return {
    ...usual,
    epic: `CS.D.${marketId}.CFD.IP`,
    name,
    type: 'CURRENCIES',
    marketId,
    currencies: [currency],
    decimals: 5,
    pointsPerUnit: 10_000,
    contractSize: 100_000,
    onePipMeans: `0.0001 ${quoted}/${base}`,
    ...bands('3.33', '0.1'),
    ...sizes('0.1', '0.01'),
    ...distances(2, 5, '1', '1.2'),
    category: 'FOREX',
    symbols: [marketId.toLowerCase()],
    synthetic,
  }
}

/** Quoted with three decimals: a point is a hundredth. */
function yen(marketId: string, name: string, synthetic: { readonly synthetic: SyntheticShape }): Market {
  const [base = ''] = name.split('/')
  return { ...pair(marketId, name, 'JPY', synthetic), decimals: 3, pointsPerUnit: 100, onePipMeans: `0.01 JPY/${base}` }
}
