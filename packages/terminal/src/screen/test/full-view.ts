import type {
  DealView,
  GuardLine,
  HelpRow,
  LatencyStep,
  MarketTab,
  OrderView,
  PositionView,
  ScreenView,
} from '../view.ts'
import { FLAT_VIEW, LONG_POSITION } from './sample-view.ts'

/** A busy day: several markets, positions, orders, deals, limits. Tests and benches fill every pane with it. */
const EURUSD = { name: 'EUR/USD Mini', epic: 'CS.D.EURUSD.MINI.IP' }
const DAX = { name: 'Germany 40', epic: 'IX.D.DAX.IFD.IP' }

export const SHORT_POSITION: PositionView = {
  ...LONG_POSITION,
  direction: 'SELL',
  size: '0.5',
  market: DAX.name,
  epic: DAX.epic,
  level: '18234.5',
  stop: '18246.5',
  isTrailing: true,
  limit: '18204.5',
  r: { text: '-0.4 R', tone: 'down' },
  points: { text: '-4.8 points', tone: 'down' },
  profit: { text: '-2.40 EUR', tone: 'down' },
}

const MARKETS: readonly MarketTab[] = [
  {
    ...EURUSD,
    freshness: 'live',
    bid: '1.08512',
    offer: '1.08521',
    spread: '0.9',
    held: '+2',
    profit: { text: '+2.95 EUR', tone: 'up' },
    isChosen: true,
  },
  {
    ...DAX,
    freshness: 'live',
    bid: '18238.1',
    offer: '18239.3',
    spread: '1.2',
    held: '-0.5',
    profit: { text: '-2.40 EUR', tone: 'down' },
    isChosen: false,
  },
  {
    name: 'Bitcoin',
    epic: 'CS.D.BITCOIN.CFD.IP',
    freshness: 'stale',
    bid: '67234.50',
    offer: '67270.50',
    spread: '36.0',
    held: null,
    profit: null,
    isChosen: false,
  },
  {
    name: 'FTSE 100',
    epic: 'IX.D.FTSE.CFD.IP',
    freshness: 'closed',
    bid: '7712.4',
    offer: '7713.4',
    spread: '1.0',
    held: null,
    profit: null,
    isChosen: false,
  },
]

const ORDERS: readonly OrderView[] = [
  {
    direction: 'BUY',
    kind: 'limit',
    size: '1',
    market: EURUSD.name,
    epic: EURUSD.epic,
    level: '1.08400',
    isSelected: true,
    isForeign: false,
    state: 'working',
  },
  {
    direction: 'SELL',
    kind: 'stop',
    size: '0.5',
    market: DAX.name,
    epic: DAX.epic,
    level: '18190.0',
    isSelected: false,
    isForeign: true,
    state: 'cancelling',
  },
]

const DEALS: readonly DealView[] = [
  {
    time: '12:29:41',
    direction: 'BUY',
    size: '1',
    market: EURUSD.name,
    level: '1.08521',
    state: 'open',
    profit: null,
    r: null,
    held: null,
  },
  {
    time: '12:14:08',
    direction: 'SELL',
    size: '1',
    market: EURUSD.name,
    level: '1.08602',
    state: 'closed',
    profit: { text: '+6.20 EUR', tone: 'up' },
    r: { text: '+0.4 R', tone: 'up' },
    held: '42 s',
  },
  {
    time: '11:58:30',
    direction: 'BUY',
    size: '2',
    market: DAX.name,
    level: '18220.3',
    state: 'part',
    profit: { text: '-12.00 EUR', tone: 'down' },
    r: { text: '-1.0 R', tone: 'down' },
    held: '1 min 05 s',
  },
]

const GUARD: readonly GuardLine[] = [
  { label: 'day loss', text: '12.40 of 200.00 EUR', share: 0.062, tone: 'even' },
  { label: 'positions', text: '2 of 3', share: 0.67, tone: 'even' },
  { label: 'entries a minute', text: '9 of 10', share: 0.9, tone: 'near' },
  { label: 'held size', text: '2 of 2', share: 1, tone: 'reached' },
  { label: 'spread', text: '0.9 of 2.0 points', share: 0.45, tone: 'even' },
  { label: 'requests left', text: '38 of 40', share: 0.05, tone: 'even' },
]

const step = (name: LatencyStep['step'], last: number | null, isSlow = false): LatencyStep => ({
  step: name,
  lastMs: last,
  p50Ms: last,
  p95Ms: last === null ? null : last * 2,
  p99Ms: last === null ? null : last * 3,
  isSlow,
})

export const FULL_VIEW: ScreenView = {
  ...FLAT_VIEW,
  account: 'MOCK1 · EUR 10012.40',
  market: EURUSD,
  markets: MARKETS,
  preset: {
    name: 'usual',
    sizes: [
      { key: 1, size: '0.5', isChosen: false },
      { key: 2, size: '1', isChosen: true },
      { key: 3, size: '2', isChosen: false },
    ],
    size: '1',
    stop: '15 points',
    stopKind: 'trailing',
    limit: '30 points',
  },
  exposure: 'open',
  positions: [{ ...LONG_POSITION, isSelected: true, r: { text: '+0.2 R', tone: 'up' } }, SHORT_POSITION],
  workingOrders: 2,
  orders: ORDERS,
  deals: DEALS,
  dayTotals: {
    deals: 7,
    won: 4,
    lost: 3,
    realised: { text: '+9.45 EUR', tone: 'up' },
    charges: { text: '-0.40 EUR', tone: 'down' },
  },
  guard: GUARD,
  outcome: { tone: 'good', text: 'Filled: bought 1 at 1.08521, stop 1.08371, slippage 0.1 points for you' },
  latency: { keyToWireMs: 0.42, wireToAcknowledgedMs: 23.4, acknowledgedToConfirmedMs: 31.2 },
  latencies: {
    orders: 7,
    steps: [
      step('decided', 0.1),
      step('journalled', 0.2),
      step('sent', 0.42),
      step('acknowledged', 23.8, true),
      step('confirmed', 55),
      step('painted', null),
    ],
  },
  log: [
    '12:29:58 signed in to MOCK1',
    '12:30:00 prices are live',
    '12:30:02 bought 1 EUR/USD Mini at 1.08521, stop 1.08371',
    '12:30:04 working order to buy 1 EUR/USD Mini at 1.08400 placed',
  ],
  keyboard: 'Right Ctrl buys, Left Ctrl sells: bare modifier keys trade',
  keys: [
    { chord: 'b / Right Ctrl', label: 'buy', kind: 'entry' },
    { chord: 's / Left Ctrl', label: 'sell', kind: 'entry' },
    { chord: 'Space', label: 'close everything', kind: 'exit' },
    { chord: 'h', label: 'close half', kind: 'exit' },
    { chord: 'e', label: 'stop to breakeven', kind: 'other' },
    { chord: 'Tab', label: 'next market', kind: 'other' },
    { chord: 'a', label: 'arm / disarm', kind: 'other' },
    { chord: '?', label: 'help', kind: 'other' },
    { chord: 'q', label: 'quit', kind: 'other' },
  ],
  depth: {
    bids: [
      { level: '1.08512', size: '2000000' },
      { level: '1.08511', size: '5000000' },
    ],
    offers: [
      { level: '1.08521', size: '1500000' },
      { level: '1.08523', size: null },
    ],
  },
}

const help = (chords: string, label: string, kind: HelpRow['kind'], context = ''): HelpRow => ({
  chords,
  label,
  kind,
  danger: kind === 'entry' ? 'sends' : kind === 'exit' ? 'changes' : 'none',
  context,
})

export const HELP_VIEW: ScreenView = {
  ...FULL_VIEW,
  overlay: {
    kind: 'help',
    page: 0,
    turn: 'PgDn',
    rows: [
      help('b / Right Ctrl', 'buy', 'entry'),
      help('s / Left Ctrl', 'sell', 'entry'),
      help('v', 'reverse', 'entry'),
      help('Space / Ctrl+Space', 'close everything', 'exit'),
      help('h', 'close half', 'exit'),
      help('g', 'close a quarter', 'exit'),
      help('e', 'stop to breakeven', 'other'),
      help('1 … 9', 'size', 'other'),
      help('Tab', 'next market', 'other'),
      help('/', 'pick a market', 'other'),
      help('a', 'arm / disarm', 'other'),
      help('?', 'help', 'other'),
      help('y', 'yes', 'other', 'question'),
      help('q', 'quit', 'other'),
    ],
  },
}

export const PICKER_VIEW: ScreenView = {
  ...FULL_VIEW,
  overlay: {
    kind: 'picker',
    typed: 'ger',
    rows: [
      { ...DAX, detail: 'recent · least 0.5 · stop from 4 points', isSelected: true },
      {
        name: 'Germany Mid-Cap 50',
        epic: 'IX.D.MDAX.IFM.IP',
        detail: 'least 1 · stop from 12 points',
        isSelected: false,
      },
    ],
    note: 'searching…',
  },
}

export const CONFIRM_VIEW: ScreenView = {
  ...FULL_VIEW,
  environment: 'live',
  arming: { kind: 'disarmed', why: 'the session began' },
  overlay: { kind: 'confirm', ask: 'This is real money. Type LIVE 1234 and press Enter to arm', typed: 'LIVE 1' },
}
