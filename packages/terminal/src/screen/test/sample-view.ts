import type { OrderView, PositionView, ScreenView } from '../view.ts'

/** A trader with nothing open on a live quote; tests and benches change what they are about. */
export const FLAT_VIEW: ScreenView = {
  environment: 'mock',
  account: 'MOCK1 · EUR 10000.00',
  market: { name: 'EUR/USD Mini', epic: 'CS.D.EURUSD.MINI.IP' },
  quote: {
    freshness: 'live',
    bid: '1.08512',
    offer: '1.08521',
    spread: '0.9 points',
    ageMs: 312,
    brokerTime: '12:30:05',
    marketState: 'tradeable',
    high: '1.08611',
    low: '1.08402',
  },
  appearance: { language: 'en', theme: 'dark', layout: 'auto', timeFrame: 'ticks', isMotionReduced: false },
  markets: [],
  feeds: [
    {
      epic: 'CS.D.EURUSD.MINI.IP',
      first: 1085160,
      low: 1085160,
      high: 1085170,
      last: 1085165,
      decimals: 6,
      ticks: [],
    },
  ],
  depth: null,
  preset: { name: 'usual', sizes: [], size: '1', stop: '15 points', stopKind: 'normal', limit: null },
  arming: { kind: 'armed' },
  mode: 'hedge',
  orders: [],
  deals: [],
  dayTotals: { deals: 0, won: 0, lost: 0, realised: null, charges: null },
  guard: [],
  latencies: null,
  keyboard: '',
  overlay: null,
  exposure: 'flat',
  positions: [],
  workingOrders: 0,
  dayProfit: { text: '+12.40 EUR', tone: 'up' },
  outcome: { tone: 'info', text: 'Ready: press a key to trade' },
  latency: null,
  log: ['12:29:58 signed in to MOCK1', '12:30:00 prices are live'],
  told: [null, null],
  keys: [
    { chord: 'b', label: 'BUY', kind: 'entry' },
    { chord: 's', label: 'SELL', kind: 'entry' },
    { chord: 'Space', label: 'FLATTEN', kind: 'exit' },
    { chord: 'q', label: 'quit', kind: 'other' },
    { chord: '?', label: 'help', kind: 'other' },
  ],
  question: null,
}

export const LONG_POSITION: PositionView = {
  direction: 'BUY',
  size: '1',
  market: 'EUR/USD Mini',
  epic: 'CS.D.EURUSD.MINI.IP',
  isTrailing: false,
  isSelected: false,
  isForeign: false,
  r: null,
  level: '1.08521',
  stop: '1.08371',
  limit: null,
  points: { text: '+3.2 points', tone: 'up' },
  profit: { text: '+2.95 EUR', tone: 'up' },
  currency: 'EUR',
  state: 'open',
}

/** Waits above the price. */
export const SELL_LIMIT: OrderView = {
  direction: 'SELL',
  kind: 'limit',
  size: '0.5',
  market: LONG_POSITION.market,
  epic: LONG_POSITION.epic,
  level: '1.08700',
  isSelected: false,
  isForeign: false,
  state: 'working',
}

export const OPEN_VIEW: ScreenView = {
  ...FLAT_VIEW,
  exposure: 'open',
  positions: [LONG_POSITION],
  outcome: { tone: 'good', text: 'Filled: bought 1 at 1.08521, stop 1.08371' },
  latency: { keyToWireMs: 0.42, wireToAcknowledgedMs: 23.4, acknowledgedToConfirmedMs: 31.2 },
}
