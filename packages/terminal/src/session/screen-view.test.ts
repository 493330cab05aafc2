import { type DeskState, initialState, message, process, sentence } from '@scalpdesk/desk'
import { createQuote, Decimal, dealReference } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { aHolding, aRestingOrder, MARKET, NO_ALLOWANCES, UNHEARD } from '../testing/desk-states.ts'
import { PLAIN_SESSION } from '../testing/session-parts.ts'
import { armingView } from './arming.ts'
import { type ScreenSurroundings, screenViewer } from './screen-view.ts'
import { sessionWords } from './session-words.ts'

const AROUND: ScreenSurroundings = {
  environment: 'mock',
  account: 'MOCK1 · EUR',
  appearance: PLAIN_SESSION.appearance,
  words: sessionWords('en'),
  chosen: MARKET.epic,
  selected: null,
  arming: { kind: 'armed' },
  feeds: [],
  depth: null,
  range: null,
  allowances: () => NO_ALLOWANCES,
  keys: [],
  keyboard: '',
  question: null,
  overlay: null,
  notice: null,
  wallOffsetMs: 0,
}

const PRESS = { reference: dealReference('P1'), pressedAtMs: 0, atMs: 0 }

function quoted(state: DeskState, bidUnits: number | null, offerUnits: number | null, receivedAtMs = 1_000): DeskState {
  const live = process(state, { kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 }).state
  const fields = {
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: Date.UTC(2014, 4, 8, 12, 30, 5),
    isSnapshot: false,
  } as const
  const quote = createQuote({ ...fields, epic: MARKET.epic, decimals: 5, bidUnits, offerUnits, receivedAtMs })
  return process(live, { kind: 'quote', quote }).state
}

const view = (state: DeskState, nowMs = 1_100) => screenViewer()(state, AROUND, nowMs)

describe('the quote', () => {
  it('is written with every decimal, its spread in points, its age and the broker’s time', () => {
    expect(view(quoted(UNHEARD, 139_210, 139_213)).quote).toMatchObject({
      freshness: 'live',
      bid: '1.39210',
      offer: '1.39213',
      spread: '0.3',
      ageMs: 100,
      brokerTime: '12:30:05',
    })
  })

  it.each([
    [5, '0.00005'],
    [100_000, '1.00000'],
    [-12, '-0.00012'],
  ])('writes %d units as %s', (units, text) => {
    expect(view(quoted(UNHEARD, units, units)).quote.bid).toBe(text)
  })

  it('never shows the spread of a crossed quote', () => {
    expect(view(quoted(UNHEARD, 139_213, 139_210)).quote).toMatchObject({ freshness: 'crossed', spread: null })
  })

  it('shows a side that the broker does not give as missing', () => {
    expect(view(quoted(UNHEARD, null, 139_210)).quote).toMatchObject({ freshness: 'none', bid: null, spread: null })
  })

  it('is stale when it is old', () => {
    expect(view(quoted(UNHEARD, 139_210, 139_213), 60_000).quote.freshness).toBe('stale')
  })
})

describe('a position', () => {
  const holding = aHolding()
  const held = (state: DeskState): DeskState => ({ ...state, holdings: new Map([[holding.dealId, holding]]) })

  it('is marked at the side it would close on, to the cent, with its sign', () => {
    expect(view(held(quoted(UNHEARD, 139_192, 139_195))).positions).toEqual([
      expect.objectContaining({
        direction: 'BUY',
        size: '2',
        level: '1.39200',
        stop: null,
        limit: '1.39500',
        points: { text: '-0.8', tone: 'down' },
        profit: { text: '-16.00 USD', tone: 'down' },
        state: 'open',
      }),
    ])
  })

  it('has no result while the price is not to be trusted', () => {
    const [stale] = view(held(quoted(UNHEARD, 139_192, 139_195)), 60_000).positions
    expect(stale).toMatchObject({ points: null, profit: null })
  })
})

it('shows every digit of a spread, and no day result without the stream that would change it', () => {
  const wide = quoted(UNHEARD, 123_405, 123_409_0)
  expect(view(wide).quote.spread).toBe('111068.5')
  const unknown = { profitLoss: null, profitLossLimitedRisk: null, profitLossNormalRisk: null, funds: null }
  const margin = { margin: null, marginLimitedRisk: null, marginNormalRisk: null, equityUsedPercent: null }
  const cash = { deposit: null, available: null, availableCash: null }
  const account = { ...unknown, ...margin, ...cash, equity: new Decimal(120), receivedAtMs: 0 }
  const heard = { ...quoted(UNHEARD, 139_210, 139_213), account, openingEquity: new Decimal(100) }
  expect(view(heard).dayProfit).toEqual({ text: '+20.00 EUR', tone: 'up' })
  expect(view({ ...heard, stream: { kind: 'connecting' } }).dayProfit).toBeNull()
})

it('gives the very same objects for what has not changed, so that only changes cross to the painting thread', () => {
  const viewer = screenViewer()
  const first = viewer(quoted(UNHEARD, 139_210, 139_213), AROUND, 1_100)
  const second = viewer(quoted(UNHEARD, 139_211, 139_214), AROUND, 1_116)
  for (const part of ['market', 'preset', 'positions', 'keys'] as const) expect(second[part]).toBe(first[part])
})

it('lets a notice of the keys stand in front of the last outcome', () => {
  const shown = screenViewer()(UNHEARD, { ...AROUND, notice: { text: 'pasted text' } }, 0)
  expect(shown.outcome).toEqual({ tone: 'info', text: 'pasted text' })
})

it('says what the desk says in the language of the screen, and tells a voice which of it the lists will show', () => {
  const armed = process(UNHEARD, { kind: 'intent', intent: { kind: 'disarm' }, ...PRESS }).state
  const shown = screenViewer()(armed, { ...AROUND, words: sessionWords('fr') }, 0)
  expect(shown.outcome.text).toBe('DÉSARMÉ : les entrées sont bloquées, clôturer reste possible')
  expect(shown.log.at(-1)).toMatch(/^\d\d:\d\d:\d\d DÉSARMÉ : /)
  const flat = message('flat', { market: null })
  const news = [...armed.news, { atMs: 0, text: sentence(flat, 'en'), message: flat }]
  expect(screenViewer()({ ...armed, news }, AROUND, 0).told).toEqual([null, { kind: 'flat' }])
})

it('says in the language of the screen why the day is locked', () => {
  const locked = process(UNHEARD, { kind: 'intent', intent: { kind: 'lock-day' }, ...PRESS }).state
  expect(armingView(locked, 'start', sessionWords('fr'))).toEqual({ kind: 'locked', why: 'par le trader' })
})

describe('what is marked and taken over', () => {
  const held = aHolding({
    origin: 'elsewhere',
    trailingStop: { distancePoints: new Decimal(10), stepPoints: new Decimal(1) },
  })
  const order = aRestingOrder()
  const state = {
    ...quoted(UNHEARD, 139_192, 139_195),
    holdings: new Map([[held.dealId, held]]),
    resting: new Map([[order.dealId, order]]),
    areOrdersListed: true,
  }

  it('is said of each row', () => {
    const shown = screenViewer()(state, { ...AROUND, selected: order.dealId }, 1_100)
    expect(shown.positions).toMatchObject([{ isSelected: false, isForeign: true, isTrailing: true }])
    expect(shown.orders).toMatchObject([
      { isSelected: true, isForeign: false, kind: 'limit', level: '1.39000', state: 'working' },
    ])
    expect(shown.workingOrders).toBe(1)
  })

  it('is said also where the broker does not tell the side or the kind of an order', () => {
    const untold = aRestingOrder({ direction: null, orderKind: null, size: null, level: null, origin: 'elsewhere' })
    const resting = new Map([[untold.dealId, untold]])
    const { orders, workingOrders } = screenViewer()({ ...state, resting }, AROUND, 1_100)
    expect(orders).toMatchObject([{ direction: null, kind: null, size: '?', level: '?', isForeign: true }])
    expect(workingOrders).toBe(1)
  })

  it('leaves rows and tabs the very same objects until something of them changes', () => {
    const viewer = screenViewer()
    const first = viewer(state, { ...AROUND, selected: order.dealId }, 1_100)
    const second = viewer(state, { ...AROUND, selected: order.dealId }, 1_116)
    for (const part of ['positions', 'orders', 'markets', 'deals', 'dayTotals', 'guard'] as const)
      expect(second[part]).toBe(first[part])
    const third = viewer(state, { ...AROUND, selected: held.dealId }, 1_132)
    expect(third.positions).toMatchObject([{ isSelected: true }])
    expect(third.markets).toBe(first.markets)
  })

  it('moves the prices of tabs ten times a second, and what else they say at once', () => {
    const viewer = screenViewer()
    const bid = (now: DeskState, atMs: number) => viewer(now, AROUND, atMs).markets[0]?.bid
    expect(bid(quoted(state, 139_192, 139_195), 1_100)).toBe('1.39192')
    expect(bid(quoted(state, 139_193, 139_196), 1_116)).toBe('1.39192')
    expect(bid(quoted(state, 139_194, 139_197), 1_200)).toBe('1.39194')
    expect(bid({ ...quoted(state, 139_199, 139_202), holdings: new Map() }, 1_216)).toBe('1.39199')
  })

  it('shows what each market holds in its tab', () => {
    expect(view(state).markets).toMatchObject([
      { name: 'EUR/USD', bid: '1.39192', spread: '0.3', held: '+2', profit: { text: '-16.00 USD' }, isChosen: true },
    ])
  })
})

it('counts the same words of another press, so that it is seen to be one', () => {
  const viewer = screenViewer()
  const say = (text: string) => viewer(UNHEARD, { ...AROUND, notice: { text } }, 0).outcome.text
  expect([say('no position to halve'), say('no position to halve'), say('SIZE 2: 1')]).toEqual([
    'no position to halve',
    'no position to halve (×2)',
    'SIZE 2: 1',
  ])
})

it('shows each limit that is set with what is used of it, and what is left of the broker’s allowance', () => {
  const limits = {
    maxDayLoss: new Decimal(200),
    maxOpenPositions: 2,
    everyMarket: { maxOrderSize: null, maxHeldSize: new Decimal(4), maxSpreadPoints: new Decimal('0.2') },
  }
  const limited = initialState({ contracts: [...UNHEARD.contracts.values()], accountCurrency: 'EUR', limits })
  const held = aHolding()
  const state = {
    ...quoted(limited, 139_192, 139_195),
    holdings: new Map([[held.dealId, held]]),
    areOrdersListed: true,
  }
  const trading = { ...NO_ALLOWANCES.trading, limit: 100, used: 80 }
  const around = { ...AROUND, allowances: () => ({ ...NO_ALLOWANCES, trading }) }
  const lines = screenViewer()(state, around, 1_100).guard
  expect(lines.map(({ label, text, tone }) => `${label}: ${text} (${tone})`)).toEqual([
    'day loss: 0.00 of 200.00 EUR (even)',
    'open: 1 of 2 (even)',
    'held here: 2 of 4 (even)',
    'spread: 0.3 of 0.2 (reached)',
    'orders a minute: 20 of 100 left (near)',
  ])
})
