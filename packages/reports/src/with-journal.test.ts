import type { PressedBy } from '@scalpdesk/desk'
import type { JournalEntry, RecordOf } from '@scalpdesk/desk/journal'
import { describe, expect, it } from 'vitest'
import { reportOf } from './report-of.ts'
import {
  aDay,
  anActivity,
  aResult,
  at,
  DAX,
  d,
  deeds,
  MARKETS,
  partsText,
  quotes,
  rows,
  SOLD_IN_TWO,
  soldInTwo,
  told,
} from './testing/hand-made.ts'

const DEAL = 'DIAAAAOPEN00001'

const opening: RecordOf<'about-to-open'> = {
  kind: 'about-to-open',
  atMs: 0,
  id: 'SDOPEN1',
  epic: DAX,
  direction: 'BUY',
  size: '2',
  preset: 'scalp',
  stopPoints: '10',
  limitPoints: '20',
  trailing: null,
  isGuaranteed: false,
  seenLevel: '24499.5',
}

const closing = (id: string, size: string, heldSize: string): RecordOf<'about-to-close'> => ({
  kind: 'about-to-close',
  atMs: 0,
  id,
  dealId: DEAL,
  epic: DAX,
  direction: 'SELL',
  size,
  heldSize,
})

const fill = (id: string, level: string, size: string, profit: string | null): RecordOf<'filled'> => ({
  kind: 'filled',
  atMs: 0,
  id,
  dealId: DEAL,
  level,
  size,
  profit,
  profitCurrency: profit === null ? null : 'EUR',
  by: 'stream',
})

const JOURNAL: readonly JournalEntry[] = [
  told('09:00:00', { kind: 'armed', atMs: 0, isArmed: true, because: 'the trader pressed a' }),
  told('09:29:59.100', {
    kind: 'denied',
    atMs: 0,
    id: null,
    intent: 'BUY 2 Germany 40',
    code: 'spread',
    words: 'too wide',
  }),
  told('09:30:00.200', opening),
  told('09:30:00.260', { kind: 'acknowledged', atMs: 0, id: 'SDOPEN1', reference: 'SDOPEN1' }),
  told('09:30:00.300', fill('SDOPEN1', '24500', '2', null)),
  told('09:30:00.310', {
    kind: 'latency',
    atMs: 0,
    id: 'SDOPEN1',
    decidedMs: 0.1,
    journalledMs: 0.2,
    firstByteMs: 0.3,
    acknowledgedMs: 60,
    confirmedMs: 100,
    paintedMs: null,
  }),
  told('09:31:00.500', closing('SDCLOSE1', '1', '2')),
  told('09:31:00.550', { kind: 'acknowledged', atMs: 0, id: 'SDCLOSE1', reference: 'IGREF00001' }),
  told('09:31:00.600', fill('SDCLOSE1', '24510', '1', '10.00')),
  told('09:32:00.100', closing('SDCLOSE2', '1', '1')),
  told('09:32:00.200', fill('SDCLOSE2', '24504', '1', '4.00')),
  told('12:00:00', { ...opening, id: 'SDOPEN2' }),
  told('12:00:00.050', { kind: 'rejected', atMs: 0, id: 'SDOPEN2', reason: 'MARKET_CLOSED' }),
  told('15:00:00', {
    kind: 'alarm',
    atMs: 0,
    code: 'day-loss-near',
    state: 'began',
    dealId: null,
    epic: null,
    words: 'half of the day loss is gone',
  }),
]

const files = [
  { name: '2026-01-05.ndjson', verdict: { kind: 'whole', records: 12, head: { seq: 12, hash: 'x' } } as const },
]
const journal = { entries: JOURNAL, files }

const TRANSACTIONS = rows(...SOLD_IN_TWO)

const ACTIVITIES = deeds(...soldInTwo(['SDOPEN1', 'IGREF00001']))

const alone = reportOf({
  ...aDay({ journal, markets: MARKETS }),
  sources: [{ source: 'journal', rows: JOURNAL.length, isComplete: true }],
})
const both = reportOf(aDay({ journal, markets: MARKETS, transactions: TRANSACTIONS, activities: ACTIVITIES }))

describe('the journal alone', () => {
  it('tells the trade, who made it with what, and its result', () => {
    expect(alone.trades).toHaveLength(1)
    expect(alone.trades[0]).toMatchObject({ id: DEAL, marketName: 'Germany 40', preset: 'scalp', by: { kind: 'key' } })
    // Bought 0.5 above what was seen: -0.5. Stop 10 points away for 2: 20; 14 / 20.
    const { result, points, risk, r, entrySlippage, stopLevel, limitLevel, heldMs } = alone.trades[0]!
    expect([result, points, risk, r, entrySlippage, stopLevel, limitLevel].map(String)).toEqual([
      '14',
      '7',
      '20',
      '0.7',
      '-0.5',
      '24490',
      '24520',
    ])
    expect(heldMs).toBe(119_900)
    expect(partsText(alone.bridge.parts)).toEqual(['result 14'])
    expect(alone.bridge.opening).toBeNull()
  })

  it('counts what came of the presses and tells what the guard did', () => {
    expect(alone.presses).toEqual({
      entries: 2,
      filled: 1,
      denied: new Map([['spread', 1]]),
      rejected: new Map([['MARKET_CLOSED', 1]]),
      unresolved: 0,
    })
    expect(alone.guardEvents.map(({ code }) => code)).toEqual(['armed', 'day-loss-near'])
    expect(alone.latency?.steps.find(({ step }) => step === 'confirmed')).toEqual({
      step: 'confirmed',
      p50Ms: 100,
      p95Ms: 100,
      p99Ms: 100,
    })
    expect(alone.trades[0]!.latency.map(({ step, ms }) => `${step} ${ms}`)).toEqual([
      'decided 0.1',
      'journalled 0.2',
      'first-byte 0.3',
      'acknowledged 60',
      'confirmed 100',
    ])
  })

  it('is empty of presses where there is no journal', () => {
    expect(reportOf(aDay())).toMatchObject({ presses: null, latency: null, guardEvents: [] })
  })
})

describe('journal and broker together', () => {
  it('are one trade, with all that either knows, and nothing is missing or guessed', () => {
    expect(both.trades).toHaveLength(1)
    expect(both.findings.map(({ kind }) => kind)).toEqual(['small-sample'])
    const { exits, ...trade } = both.trades[0]!
    const { exits: exitsAlone, ...tradeAlone } = alone.trades[0]!
    expect(trade).toEqual(tradeAlone)
    expect(exits.map(({ atMs, result }) => [atMs, String(result)])).toEqual(
      exitsAlone.map(({ atMs, result }) => [atMs, String(result)]),
    )
    expect(exits.map(({ reference }) => reference)).toEqual(['IGREF00001', 'CLOSE002'])
  })

  it('are joined by levels and times where the broker tells no deal, and say so', () => {
    const { trades, findings } = reportOf(aDay({ journal, markets: MARKETS, transactions: TRANSACTIONS }))
    expect(trades).toHaveLength(1)
    expect(trades[0]).toMatchObject({ id: DEAL, preset: 'scalp' })
    expect(findings.map(({ kind }) => kind)).toEqual(['guessed-match', 'small-sample'])
  })

  it('list in red what the broker has no row of', () => {
    const { findings } = reportOf(
      aDay({ journal, markets: MARKETS, transactions: TRANSACTIONS.slice(0, 1), activities: ACTIVITIES.slice(0, 2) }),
    )
    expect(findings[0]).toMatchObject({ severity: 'red', kind: 'missing-at-broker', rows: ['SDCLOSE2'] })
    expect(findings[0]!.amount?.amount.toFixed()).toBe('4')
  })

  it('list what the journal does not have: in red what came over the API, else as a note', () => {
    const more = (channel: 'web' | 'public-web-api') => {
      const opened = anActivity({
        time: '16:00:00',
        did: 'position-opened',
        deal: 'DIAAAAOPEN00009',
        size: '1',
        level: '24600',
        side: 'SELL',
        channel,
      })
      const closed = anActivity({
        time: '16:01:00',
        did: 'position-closed',
        deal: 'DIAAAAxCLOSE009',
        of: 'DIAAAAOPEN00009',
        size: '1',
        level: '24590',
        side: 'BUY',
        channel,
      })
      const result = aResult({
        opened: '16:00:00',
        closed: '16:01:00',
        from: '24600',
        to: '24590',
        size: '-1',
        amount: '10.00',
        reference: 'CLOSE009',
      })
      return reportOf(
        aDay({
          journal,
          markets: MARKETS,
          transactions: [...TRANSACTIONS, ...rows(result)],
          activities: [...ACTIVITIES, ...deeds(opened, closed)],
        }),
      )
    }
    for (const [channel, severity] of [
      ['web', 'note'],
      ['public-web-api', 'red'],
    ] as const) {
      const { findings, trades } = more(channel)
      expect(findings.find(({ kind }) => kind === 'missing-in-journal')).toMatchObject({ severity })
      expect(trades.map(({ by }) => by.kind)).toEqual(['key', 'elsewhere'])
    }
  })

  it('say which record of a journal is wrong', () => {
    const fault = { kind: 'changed', line: 7, seq: 7, words: 'line 7: expected record 7 as it was written' } as const
    const broken = { entries: JOURNAL, files: [{ name: 'a.ndjson', verdict: { kind: 'broken', fault } as const }] }
    expect(
      reportOf(aDay({ journal: broken, transactions: TRANSACTIONS, activities: ACTIVITIES })).findings[0],
    ).toMatchObject({
      severity: 'red',
      kind: 'broken-journal',
      rows: ['a.ndjson:7'],
    })
  })

  it('cost what the market moved between key and fill, on the side that was dealt at', () => {
    // Offer 24499.5 at the key, 24500.5 at the fill: a euro a point, size 2: -2. Bid 24511 and 24510 of 1: -1. The last did not move.
    const prices = [
      quotes(DAX, 1, [
        ['09:30:00', '24498.5', '24499.5'],
        ['09:30:00.250', '24499.5', '24500.5'],
        ['09:31:00.400', '24511', '24512'],
        ['09:31:00.550', '24510', '24511'],
        ['09:32:00', '24504', '24505'],
      ]),
    ]
    const { latency, trades } = reportOf(
      aDay({ journal, markets: MARKETS, transactions: TRANSACTIONS, activities: ACTIVITIES, prices }),
    )
    expect(latency?.costOfDelay?.toFixed()).toBe('-3')
    // Seen 24511 and got 24510, seen and got 24504: half a point for each of the two.
    expect(trades[0]!.exitSlippage?.toFixed()).toBe('-0.5')
  })
})

it('keeps an order that gives its author', () => {
  const by = (value: PressedBy) => {
    const entries = JOURNAL.map(entry =>
      entry.record === opening ? { ...entry, record: { ...opening, by: value } } : entry,
    )
    return reportOf(aDay({ journal: { entries, files }, markets: MARKETS })).trades[0]?.by
  }
  expect(by('command')).toEqual({ kind: 'command' })
  expect(by('bot:ping-pong')).toEqual({ kind: 'bot', name: 'ping-pong' })
})

it('tells tags and notes of the deals of a trade', () => {
  const remarks = [{ dealId: DEAL, tags: ['open drive'], notes: ['too early'] }]
  const { trades } = reportOf(aDay({ journal, markets: MARKETS, remarks }))
  expect(trades[0]).toMatchObject({ tags: ['open drive'], notes: ['too early'] })
})

it('closes what was only seen to be gone, without inventing a level or a result', () => {
  const entries = [
    ...JOURNAL.slice(0, 6),
    told('09:40:00', { kind: 'position-gone', atMs: 0, dealId: DEAL, epic: DAX, profit: null, profitCurrency: null }),
  ]
  const { trades } = reportOf({ ...aDay({ journal: { entries, files }, markets: MARKETS }), sources: [] })
  expect(trades[0]).toMatchObject({
    closedAtMs: at('09:40:00'),
    exitLevel: null,
    result: null,
    net: null,
    points: null,
  })
  expect(trades[0]!.size).toEqual(d(2))
})

it('does not take what appears later into the trades before', () => {
  const appeared = told('15:00:00', {
    kind: 'position-appeared',
    atMs: 0,
    dealId: 'DIAAAAOPEN00007',
    epic: DAX,
    direction: 'BUY',
    size: '1',
    level: '24600',
    stopLevel: null,
  })
  const entries = [...JOURNAL, appeared]
  const { trades } = reportOf({ ...aDay({ journal: { entries, files }, markets: MARKETS }), sources: [] })
  expect(trades.map(({ id, result }) => `${id} ${result?.toFixed()}`)).toEqual([`${DEAL} 14`])
})

it('goes by the journal where the broker could not be asked', () => {
  const sources = [{ source: 'transactions', rows: 0, isComplete: false } as const]
  const { bridge, findings } = reportOf({ ...aDay({ journal, markets: MARKETS }), sources })
  expect(partsText(bridge.parts)).toEqual(['result 14'])
  expect(findings[0]).toMatchObject({ severity: 'red', kind: 'incomplete-source' })
})

it('keeps two entries of the same second and level apart, although the broker names no deal', () => {
  const other = 'DIAAAAOPEN00002'
  const entries = [
    ...JOURNAL.slice(0, 11),
    told('09:30:00.400', { ...opening, id: 'SDOPEN3', size: '1' }),
    told('09:30:00.500', { ...fill('SDOPEN3', '24500', '1', null), dealId: other }),
    told('09:33:00.100', { ...closing('SDCLOSE3', '1', '1'), dealId: other }),
    told('09:33:00.200', { ...fill('SDCLOSE3', '24490', '1', '-10.00'), dealId: other }),
  ]
  const third = aResult({
    opened: '09:30:00',
    closed: '09:33:00',
    from: '24500',
    to: '24490',
    size: '+1',
    amount: '-10.00',
    reference: 'CLOSE003',
  })
  const transactions = [...TRANSACTIONS, ...rows(third)]
  const { trades, findings } = reportOf(aDay({ journal: { entries, files }, markets: MARKETS, transactions }))
  expect(findings.map(({ kind }) => kind)).toEqual(['guessed-match', 'small-sample'])
  expect(
    trades.map(({ size, result, entries: deals }) => `${size.toFixed()} ${result?.toFixed()} ${deals.length}`),
  ).toEqual(['3 4 2'])
})

it('lists in red an entry of which the broker has no activity', () => {
  const entries = JOURNAL.slice(0, 6)
  const { findings } = reportOf(aDay({ journal: { entries, files }, markets: MARKETS }))
  expect(findings[0]).toMatchObject({ severity: 'red', kind: 'missing-at-broker', rows: ['SDOPEN1'], amount: null })
})
