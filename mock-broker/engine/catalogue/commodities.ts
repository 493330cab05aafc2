import type { Market, SyntheticShape } from '../market.ts'
import { bands, distances, moves, sizes, usual } from './market-defaults.ts'

export const commodities: readonly Market[] = [
  {
    ...commodity('CS.D.CFDGOLD.CFDGC.IP', 'Spot Gold', 'GC', 100, '1 USD/Troy Ounce', moves(233_120, 30, 12, 380)),
    symbols: ['xauusd', 'gold'],
  },
  {
    ...commodity('CS.D.CFDSILVER.CFDSI.IP', 'Spot Silver', 'SI', 5000, '1 USD/Troy Ounce', moves(29_480, 20, 6, 520)),
    decimals: 3,
    pointsPerUnit: 100,
    symbols: ['xagusd', 'silver'],
  },
  {
    ...commodity('CC.D.LCO.UNC.IP', 'Oil - Brent Crude', 'LCO', 10, '1 USD cent/barrel', moves(82_640, 28, 12, 480)),
    decimals: 1,
    symbols: ['brent', 'ukoil'],
  },
  {
    ...commodity('CC.D.CL.UNC.IP', 'Oil - US Crude', 'CL', 10, '1 USD cent/barrel', moves(78_450, 28, 12, 460)),
    decimals: 1,
    symbols: ['wti', 'usoil'],
  },
  {
    ...commodity('MT.D.HG.MONTH1.IP', 'High Grade Copper', 'HG', 100, '1 USD cent/lb', moves(44_920, 30, 8, 900)),
    expiry: 'DEC-26',
    symbols: ['copper'],
  },
  {
    ...commodity('CC.D.NG.USS.IP', 'Natural Gas', 'NG', 10, '1 USD cent/MMBtu', moves(27_180, 40, 9, 700)),
    decimals: 1,
    expiry: 'JAN-27',
    restriction: 'about-to-expire',
    symbols: ['natgas'],
  },
  {
    ...commodity('CO.D.W.Month1.IP', 'Chicago Wheat', 'W', 50, '1 USD cent/bushel', moves(6_120, 8, 3, 1500)),
    decimals: 1,
    expiry: 'MAR-24',
    restriction: 'rolled',
    symbols: ['wheat'],
  },
  {
    ...commodity('CO.D.KC.USS.IP', 'New York Coffee', 'KC', 37, '1 USD cent/lb', moves(22_480, 40, 10, 1500)),
    startState: 'EDITS_ONLY',
    symbols: ['coffee'],
  },
]

function commodity(
  epic: string,
  name: string,
  marketId: string,
  contractSize: number,
  onePipMeans: string,
  { synthetic }: { readonly synthetic: SyntheticShape },
): Market {
  return {
    ...usual,
    epic,
    name,
    type: 'COMMODITIES',
    marketId,
    currencies: ['USD'],
    decimals: 2,
    pointsPerUnit: 1,
    contractSize,
    onePipMeans,
    ...bands('5', '0.1'),
    ...sizes('0.1', '0.01'),
    ...distances(1, 8, '0.1', '0.4'),
    category: 'COMMODITIES',
    symbols: [],
    synthetic,
  }
}
