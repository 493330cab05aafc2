import type { CurrencyCode } from '../currency.ts'
import { Exact } from '../exact-decimal.ts'
import type { Market, SyntheticShape } from '../market.ts'
import { session } from '../trading-hours.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

/** Before, during and after the exchange's own hours. */
const allSessions = session('08:00', '24:00')

/** Quoted in units of money with two decimals; IG publishes no contract size for most of them, and takes a commission. */
export const shares: readonly Market[] = [
  share('UA.D.AAPL.CASH.IP', 'Apple Inc (All Sessions)', 'AAPL-US', 'USD', moves(21_430, 6, 3, 700), 'US', 'aapl'),
  share('UC.D.MSFT.CASH.IP', 'Microsoft Corp (All Sessions)', 'MSFT-US', 'USD', moves(44_760, 8, 4, 700), 'US', 'msft'),
  share(
    'UD.D.TSLA.CASH.IP',
    'Tesla Motors Inc (All Sessions)',
    'TSLA-US',
    'USD',
    moves(18_240, 8, 6, 500),
    'US',
    'tsla',
  ),
  {
    ...share('SE.D.PFE.CASH.IP', 'Pfizer Inc (All Sessions)', 'PFE-US', 'USD', moves(2_820, 3, 1, 900), 'US', 'pfe'),
    startState: 'EDITS_ONLY',
    synthetic: null,
  },
  {
    ...share('UC.D.GME.CASH.IP', 'GameStop Corp', 'GME-US', 'USD', moves(2_610, 12, 5, 800), 'US', 'gme'),
    restriction: 'not-borrowable',
    hours: session('14:30', '21:00'),
    allowsTrailing: false,
  },
  share('ED.D.SAP.CASH.IP', 'SAP SE', 'SAP-DE', 'EUR', moves(18_150, 8, 3, 1100), 'DE', 'sap'),
  share('ED.D.VOW3GY.CASH.IP', 'Volkswagen AG', 'VOW3-DE', 'EUR', moves(10_680, 8, 3, 1200), 'DE', 'vow3'),
  {
    ...share('KA.D.VOD.CASH.IP', 'Vodafone Group PLC', 'VOD-GB', 'GBP', moves(6_980, 8, 2, 1300), 'GB', 'vod'),
    allowsLegs: false,
    contractSize: 1,
  },
]

function share(
  epic: string,
  name: string,
  marketId: string,
  currency: CurrencyCode,
  { synthetic }: { readonly synthetic: SyntheticShape },
  country: string,
  symbol: string,
): Market {
  return {
    ...usual,
    epic,
    name,
    type: 'SHARES',
    marketId,
    currencies: [currency],
    decimals: 2,
    pointsPerUnit: 100,
    contractSize: null,
    unit: 'SHARES',
    onePipMeans: null,
    ...bands('20', '1'),
    ...sizes('1', '1'),
    ...distances(20, 100, '10', '30'),
    commissionPercent: new Exact('0.1'),
    category: 'SHARES',
    country,
    hours: country === 'US' ? allSessions : session('08:00', '16:30'),
    symbols: [symbol],
    synthetic,
  }
}
