import type { CurrencyCode } from '../currency.ts'
import { Exact } from '../exact-decimal.ts'
import type { Market, SyntheticShape } from '../market.ts'
import { alwaysOpen } from '../trading-hours.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

export const indices: readonly Market[] = [
  index('IX.D.DAX.IFD.IP', 'Germany 40', 'DE30', 'EUR', 25, moves(185_000, 12, 6, 300), 'DE', [
    'dax',
    'ger40',
    'de40',
    'germany40',
  ]),
  index('IX.D.NASDAQ.IFD.IP', 'US Tech 100', 'USTECH', 'USD', 20, moves(198_000, 10, 7, 280), 'US', [
    'nasdaq',
    'nas100',
    'ustec',
    'ustech',
  ]),
  index('IX.D.FTSE.CFD.IP', 'FTSE 100', 'FT100', 'GBP', 10, moves(82_100, 10, 4, 380), 'GB', ['ftse', 'uk100']),
  index('IX.D.DOW.IFD.IP', 'Wall Street', 'WALL', 'USD', 10, moves(391_200, 24, 10, 300), 'US', ['dow', 'us30']),
  index('IX.D.SPTRD.IFD.IP', 'US 500', 'US500', 'USD', 50, moves(54_640, 4, 2, 320), 'US', ['spx500', 'us500']),
  index('IX.D.CAC.IMF.IP', 'France 40', 'FR40', 'EUR', 10, moves(75_620, 12, 4, 420), 'FR', ['cac', 'fra40']),
  index('IX.D.STXE.IFM.IP', 'EU Stocks 50', 'EU50', 'EUR', 10, moves(49_080, 15, 4, 450), null, ['stoxx50', 'eu50']),
  index('IX.D.HANGSENG.IFU.IP', 'Hong Kong HS50', 'HK50', 'USD', 10, moves(178_500, 80, 14, 600), 'HK', ['hk50']),
  {
    ...index('IX.D.NIKKEI.IFM.IP', 'Japan 225', 'JP225', 'JPY', 100, moves(396_800, 70, 20, 600), 'JP', ['jpn225']),
    startState: 'CLOSED',
  },
  {
    ...index('IX.D.SUNDOW.IGI.IP', 'Weekend Wall Street', 'WALL', 'USD', 10, moves(392_000, 190, 20, 1500), 'US', []),
    marketOrders: 'NOT_AVAILABLE',
    hours: alwaysOpen,
  },
  {
    ...index('CC.D.VIX.USS.IP', 'Volatility Index', 'VIX', 'USD', 100, moves(1_460, 12, 2, 1200), 'US', ['vix']),
    decimals: 2,
    restriction: 'not-entitled',
  },
]

function index(
  epic: string,
  name: string,
  marketId: string,
  currency: CurrencyCode,
  contractSize: number,
  { synthetic }: { readonly synthetic: SyntheticShape },
  country: string | null,
  symbols: readonly string[],
): Market {
  return {
    ...usual,
    epic,
    name,
    type: 'INDICES',
    marketId,
    currencies: [currency],
    decimals: 1,
    pointsPerUnit: 1,
    contractSize,
    onePipMeans: '1 Index Point',
    ...bands('5', '0.1'),
    ...sizes('0.1', '0.01'),
    ...distances(4, 20, '1', '1.5'),
    guaranteedSpacingPoints: epic === 'IX.D.FTSE.CFD.IP' ? new Exact(1) : null,
    category: 'INDICES',
    country,
    symbols,
    synthetic,
  }
}
