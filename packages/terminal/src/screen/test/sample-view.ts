import type { PositionView, ScreenView } from '../view.ts'

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
    chart: { low: 1085160, high: 1085170, last: 1085165, decimals: 6 },
  },
  preset: { size: '1', stop: '15 points', limit: null },
  exposure: 'flat',
  positions: [],
  workingOrders: 0,
  dayProfit: { text: '+12.40 EUR', tone: 'up' },
  outcome: { tone: 'info', text: 'Ready: press a key to trade' },
  latency: null,
  log: ['12:29:58 signed in to MOCK1', '12:30:00 prices are live'],
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
  level: '1.08521',
  stop: '1.08371',
  limit: null,
  points: { text: '+3.2 points', tone: 'up' },
  profit: { text: '+2.95 EUR', tone: 'up' },
  state: 'open',
}

export const OPEN_VIEW: ScreenView = {
  ...FLAT_VIEW,
  exposure: 'open',
  positions: [LONG_POSITION],
  outcome: { tone: 'good', text: 'Filled: bought 1 at 1.08521, stop 1.08371' },
  latency: { keyToWireMs: 0.42, wireToAcknowledgedMs: 23.4, acknowledgedToConfirmedMs: 31.2 },
}
