import { describe, expect, it } from 'vitest'
import { changeOf } from './bridge/balance-bridge.ts'
import { reportOf } from './report-of.ts'
import {
  aBooking,
  aDay,
  anActivity,
  aResult,
  at,
  DAX,
  d,
  deeds,
  EURUSD,
  MARKETS,
  partsText,
  quotes,
  rows,
  SOLD_IN_TWO,
  soldInTwo,
} from './testing/hand-made.ts'

/** Two deals bought, sold in three closes; one deal sold short and stopped; funding, commission, a deposit. */
const BUSY = rows(
  ...SOLD_IN_TWO,
  aResult({
    opened: '09:30:30',
    closed: '09:32:00',
    from: '24506',
    to: '24504',
    size: '+2',
    amount: '-4.00',
    reference: 'CLOSE003',
  }),
  aResult({
    opened: '14:00:00',
    closed: '14:05:00',
    from: '24600',
    to: '24608',
    size: '-1.5',
    amount: '-12.00',
    reference: 'CLOSE004',
  }),
  aBooking('14:05:00', '-0.75', { instrumentName: 'Commission Germany 40', reference: 'CLOSE004' }),
  aBooking('22:30:00', '-1.20', { instrumentName: 'Overnight funding Germany 40' }),
  aBooking('08:00:00', '500.00', { type: 'deposit', isCash: true }),
)

const BUSY_DEEDS = deeds(
  ...soldInTwo(),
  anActivity({
    time: '09:30:30',
    did: 'position-opened',
    deal: 'DIAAAAOPEN00002',
    size: '2',
    level: '24506',
    side: 'BUY',
    stop: '24496',
  }),
  anActivity({
    time: '09:32:00',
    did: 'position-closed',
    deal: 'DIAAAAxCLOSE003',
    of: 'DIAAAAOPEN00002',
    size: '2',
    level: '24504',
    side: 'SELL',
  }),
  anActivity({
    time: '14:00:00',
    did: 'position-opened',
    deal: 'DIAAAAOPEN00003',
    size: '1.5',
    level: '24600',
    side: 'SELL',
    stop: '24608',
  }),
  anActivity({
    time: '14:05:00',
    did: 'position-closed',
    deal: 'DIAAAAxCLOSE004',
    of: 'DIAAAAOPEN00003',
    size: '1.5',
    level: '24608',
    side: 'BUY',
    channel: 'system',
  }),
)

describe('a day of the broker alone', () => {
  const facts = aDay({
    transactions: BUSY,
    activities: BUSY_DEEDS,
    markets: MARKETS,
    balances: [
      { amount: d('10000.00'), atMs: at('00:00:00'), source: 'broker' },
      { amount: d('10496.05'), atMs: at('23:59:00'), source: 'broker' },
    ],
  })
  const report = reportOf(facts)

  it('names every amount, and they are the change of the balance', () => {
    // 10 + 4 - 4 - 12 = -2; 500 - 2 - 0.75 - 1.20 = 496.05
    expect(partsText(report.bridge.parts)).toEqual(['result -2', 'commission -0.75', 'funding -1.2', 'deposit 500'])
    expect(report.bridge.opening?.toFixed(2)).toBe('10000.00')
    expect(report.bridge.closing?.toFixed(2)).toBe('10496.05')
    expect(changeOf(report.bridge).toFixed(2)).toBe('496.05')
    expect(report.findings.map(({ kind }) => kind)).toEqual(['small-sample'])
  })

  it('builds round trips of partial closes and of several deals', () => {
    const [long, short, ...others] = report.trades
    expect(others).toEqual([])
    // Held at once: 2 + 2. Entry: (24500 x 2 + 24506 x 2) / 4. Exit: (24510 + 24504 + 24504 x 2) / 4 = 24505.5.
    expect(long).toMatchObject({ id: 'DIAAAAOPEN00001', direction: 'BUY', epic: DAX, heldMs: 120_000 })
    expect([long!.size, long!.entryLevel, long!.exitLevel, long!.points].map(String)).toEqual([
      '4',
      '24503',
      '24505.5',
      '2.5',
    ])
    expect([long!.result, long!.net].map(String)).toEqual(['10', '10'])
    expect(long!.exits.map(({ result }) => String(result))).toEqual(['10', '4', '-4'])
    // Risk: 10 points x 2 + 10 points x 2 = 40; 10 / 40.
    expect([long!.risk, long!.r].map(String)).toEqual(['40', '0.25'])
    // Risk: 8 points x 1.5 = 12; the stop took it: -1 R. Points: 24600 - 24608.
    expect([short!.risk, short!.r, short!.points].map(String)).toEqual(['12', '-1', '-8'])
    expect([short!.exits[0]!.how, String(short!.exitSlippage), short!.net?.toFixed()]).toEqual(['stop', '0', '-12.75'])
    expect(short!.charges).toMatchObject([{ cause: 'commission', reference: 'CLOSE004' }])
  })

  it('has the day, its curve and its drawdown', () => {
    // Change without the deposit: -2 - 0.75 - 1.20. Curve: 10, then 10 - 12.75 = -2.75; drawdown 12.75 from the first end.
    expect(report.days).toMatchObject([{ day: '2026-01-05', trades: 2, won: 1, lost: 1 }])
    expect([report.days[0]!.change, report.days[0]!.charges, report.days[0]!.drawdown].map(String)).toEqual([
      '-3.95',
      '-1.95',
      '-12.75',
    ])
    expect(report.statistics.curve.map(({ sum }) => sum.toFixed())).toEqual(['10', '-2.75'])
    expect(report.statistics.drawdown).toMatchObject({
      fromMs: at('09:32:00'),
      toMs: at('14:05:00'),
      recoveredMs: null,
    })
  })

  it('keeps the figures that no source tells unknown', () => {
    const [trade] = reportOf(aDay({ transactions: BUSY })).trades
    expect(trade).toMatchObject({
      epic: null,
      marketName: 'Germany 40',
      points: null,
      risk: null,
      r: null,
      spread: null,
      left: null,
    })
    expect(trade!.against).toEqual({ points: null, money: null, r: null, isWhole: false })
    expect(trade!.by).toEqual({ kind: 'unknown' })
    expect(trade!.result?.toFixed()).toBe('10')
  })
})

describe('a balance that the rows do not explain', () => {
  const facts = aDay({
    transactions: BUSY,
    balances: [
      { amount: d('10000.00'), atMs: at('00:00:00'), source: 'broker' },
      { amount: d('10010.00'), atMs: at('10:00:00'), source: 'broker' },
      { amount: d('9995.05'), atMs: at('23:00:00'), source: 'broker' },
    ],
  })
  const report = reportOf(facts)

  it('shows the rest as a part of its own and as a red finding with the rows between', () => {
    // 08:00 to 10:00: rows say +500 + 10, the balance +10: -500. Afterwards -13.95 - 1.00 unexplained.
    expect(partsText(report.bridge.parts).at(-1)).toBe('unexplained -501')
    const red = report.findings.filter(({ kind }) => kind === 'unexplained')
    expect(red.map(({ severity, amount }) => `${severity} ${amount!.amount.toFixed()}`)).toEqual(['red -500', 'red -1'])
    expect(red[0]!.rows.map(id => id.slice(0, 8))).toEqual(['23146230', 'CLOSE001', 'CLOSE002', 'CLOSE003'])
  })

  it('reaches the closing balance all the same', () => {
    const { opening, closing } = report.bridge
    expect(closing!.minus(opening!).toFixed()).toBe(changeOf(report.bridge).toFixed())
    expect(closing!.toFixed()).toBe('9995.05')
  })
})

it('takes a row of the very second of a balance as in it or not, whichever explains it', () => {
  const [row] = rows(aBooking('10:00:00', '5.00', { type: 'deposit', isCash: true }))
  for (const later of ['1005', '1000']) {
    const balances = [
      { amount: d(1000), atMs: at('09:00:00'), source: 'broker' as const },
      { amount: d(later), atMs: at('10:00:00.400'), source: 'broker' as const },
      { amount: d(1005), atMs: at('11:00:00'), source: 'broker' as const },
    ]
    const { bridge, findings } = reportOf(aDay({ transactions: [row!], balances }))
    expect(partsText(bridge.parts)).toEqual(['deposit 5'])
    expect(findings).toEqual([])
    expect(bridge.closing?.toFixed()).toBe('1005')
  }
})

it('splits a result by the quotes: the mids moved, the spread was paid, the deal slipped, the broker converted', () => {
  const transactions = rows(
    aResult({
      name: 'EUR/USD converted at 0.92',
      opened: '10:00:05',
      closed: '10:01:00',
      from: '1.08012',
      to: '1.08050',
      size: '+2',
      amount: '69.92',
    }),
  )
  const activities = deeds(
    anActivity({
      time: '10:00:05',
      did: 'position-opened',
      deal: 'DIAAAAOPEN00001',
      size: '2',
      level: '1.08012',
      side: 'BUY',
      market: 'EUR/USD',
    }),
    anActivity({
      time: '10:01:00',
      did: 'position-closed',
      deal: 'DIAAAAxAAAA0001',
      of: 'DIAAAAOPEN00001',
      size: '2',
      level: '1.08050',
      side: 'SELL',
      market: 'EUR/USD',
    }),
  )
  const prices = [
    quotes(EURUSD, 5, [
      ['10:00:00', '1.08000', '1.08010'],
      ['10:00:30', '1.07990', '1.08000'],
      ['10:00:40', '1.08060', '1.08070'],
      ['10:00:59', '1.08051', '1.08061'],
    ]),
  ]
  const { bridge, trades } = reportOf(aDay({ transactions, activities, prices, markets: MARKETS }))
  // In dollars a 0.00001 is 2.00; in euros at 1.08, 1.851851... The mids: 1.08005 to 1.08056: 51 x 2 = 102. Spread: 5 + 5: -20.
  // Slippage: bought 2 beside the offer, sold 1 below the bid: 3 x 2 = -6. All: 76 dollars = 70.37 euros at 1.08; booked 69.92: -0.45 converted.
  // Spread -20 / 1.08 = -18.52; slippage -6 / 1.08 = -5.56; price is the rest: 69.92 + 0.45 + 18.52 + 5.56 = 94.45 (102 / 1.08 = 94.44).
  expect(partsText(bridge.parts)).toEqual(['price 94.45', 'spread -18.52', 'slippage -5.56', 'conversion -0.45'])
  const [trade] = trades
  expect(trade).toMatchObject({ epic: EURUSD, marketName: 'EUR/USD' })
  expect([trade!.points, trade!.ownResult!.amount, trade!.spread].map(String)).toEqual(['3.8', '76', '-18.52'])
  // Bids while it was held: 1.07990 to 1.08060 and the exit itself; 22 x 2 / 1.08 = -40.74; 48 x 2 / 1.08 = 88.89; left 88.89 - 69.92.
  expect(
    [trade!.against.points, trade!.against.money, trade!.inFavour.points, trade!.inFavour.money, trade!.left].map(
      String,
    ),
  ).toEqual(['-2.2', '-40.74', '4.8', '88.89', '18.97'])
  expect(trade!.against.isWhole).toBe(true)
})

it('has days in the zone of the account, when the clocks change too', () => {
  // 29 March 2026 in Paris is 23 hours long: from 23:00 UTC to 22:00 UTC.
  const night = (utc: string, amount: string) => ({
    ...aBooking('10:00:00', amount, { type: 'deposit', isCash: true, reference: utc.slice(11, 16) }),
    closedAtMs: Date.parse(utc),
  })
  const transactions = rows(
    night('2026-03-28T22:59:59Z', '1'),
    night('2026-03-28T23:00:00Z', '2'),
    night('2026-03-29T21:59:59Z', '4'),
    night('2026-03-29T22:00:00Z', '8'),
  )
  expect(partsText(reportOf(aDay({ transactions }, '2026-03-29')).bridge.parts)).toEqual(['deposit 6'])
})

it('keeps what is booked in another currency out of the sums, in red', () => {
  const transactions = rows(
    aBooking('10:00:00', '5.00', { type: 'deposit', isCash: true }),
    aBooking('11:00:00', '7.00', { type: 'deposit', isCash: true, profitAndLoss: { amount: d(7), symbol: '$' } }),
  )
  const { bridge, findings } = reportOf(aDay({ transactions }))
  expect(partsText(bridge.parts)).toEqual(['deposit 5'])
  expect(findings).toMatchObject([{ severity: 'red', kind: 'unexplained', amount: { currency: '$' } }])
})

it('keeps a row without a day out of the sums, in red', () => {
  const transactions = rows(aBooking('10:00:00', '5.00', { closedAtMs: null, date: 'yesterday' }))
  const { bridge, findings } = reportOf(aDay({ transactions }))
  expect(bridge.parts).toEqual([])
  expect(findings).toMatchObject([{ severity: 'red', kind: 'unexplained', rows: [transactions[0]!.id] }])
})

it('counts a row that has its day alone on that day', () => {
  const transactions = rows(
    aBooking('10:00:00', '5.00', { closedAtMs: null, date: '2026-01-05', type: 'deposit', isCash: true }),
    aBooking('10:00:00', '7.00', { closedAtMs: null, date: '2026-01-06', type: 'deposit', isCash: true }),
  )
  expect(partsText(reportOf(aDay({ transactions })).bridge.parts)).toEqual(['deposit 5'])
})
