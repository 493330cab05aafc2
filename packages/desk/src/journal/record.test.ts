import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announces, bindsTheDay, type JournalRecord, readRecord } from './record.ts'
import { announcedClose, announcedOpen, filled, opened } from './testing/written-lines.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'
const ACCOUNT = { kind: 'account' } as const
const MARKET = { kind: 'market', epic: EPIC } as const

/** One of each kind; the compiler misses one that is left out. */
const ONE_OF_EACH: { readonly [Kind in JournalRecord['kind']]: Extract<JournalRecord, { kind: Kind }> } = {
  started: { kind: 'started', atMs: 0, version: '0.1.0', account: 'ABC12', environment: 'demo', seed: null },
  stopped: { kind: 'stopped', atMs: 0, reason: 'quit' },
  'day-opened': { kind: 'day-opened', atMs: 0, day: '2026-01-05', equity: '10000.00', currency: 'EUR' },
  'about-to-open': announcedOpen('SD-1'),
  'about-to-close': announcedClose('SD-2.1', 'DI1') as Extract<JournalRecord, { kind: 'about-to-close' }>,
  'about-to-amend': {
    kind: 'about-to-amend',
    atMs: 0,
    id: 'SD-3',
    dealId: 'DI1',
    epic: EPIC,
    stopLevel: '1.07',
    limitLevel: null,
    trailing: { distancePoints: '10', stepPoints: '1' },
    isGuaranteed: false,
  },
  'about-to-place': {
    kind: 'about-to-place',
    atMs: 0,
    id: 'SD-4',
    epic: EPIC,
    direction: 'SELL',
    size: '1',
    type: 'LIMIT',
    level: '1.09',
    stopPoints: '10',
    limitPoints: '5',
    isGuaranteed: true,
  },
  'about-to-cancel': { kind: 'about-to-cancel', atMs: 0, id: 'SD-5', dealId: 'DI2', epic: EPIC },
  acknowledged: { kind: 'acknowledged', atMs: 0, id: 'SD-1', reference: 'SD-1' },
  unknown: { kind: 'unknown', atMs: 0, id: 'SD-1', cause: 'no answer' },
  filled: filled('SD-1', 'DI1', '-3.20') as Extract<JournalRecord, { kind: 'filled' }>,
  done: { kind: 'done', atMs: 0, id: 'SD-3', dealId: 'DI1', by: 'poll' },
  rejected: { kind: 'rejected', atMs: 0, id: 'SD-1', reason: 'MARKET_CLOSED' },
  denied: { kind: 'denied', atMs: 0, id: null, intent: 'BUY', code: 'no-price', words: 'no price yet' },
  unresolved: { kind: 'unresolved', atMs: 0, id: 'SD-1', cause: 'no answer for a minute' },
  'accepted-unknown': { kind: 'accepted-unknown', atMs: 0, id: 'SD-1' },
  latency: {
    kind: 'latency',
    atMs: 0,
    id: 'SD-1',
    decidedMs: 0.1,
    journalledMs: 0.2,
    firstByteMs: 0.3,
    acknowledgedMs: 20,
    confirmedMs: 25,
    paintedMs: null,
  },
  flatten: { kind: 'flatten', atMs: 0, scope: ACCOUNT, positions: 2, workingOrders: 1 },
  flat: { kind: 'flat', atMs: 0, scope: MARKET, timeToFlatMs: 80 },
  'not-flat': { kind: 'not-flat', atMs: 0, scope: MARKET, words: 'the broker refused' },
  'position-appeared': {
    kind: 'position-appeared',
    atMs: 0,
    dealId: 'DI9',
    epic: EPIC,
    direction: 'BUY',
    size: '1',
    level: '1.08',
    stopLevel: null,
  },
  'position-gone': { kind: 'position-gone', atMs: 0, dealId: 'DI9', epic: EPIC, profit: '1.00', profitCurrency: 'EUR' },
  'position-adopted': { kind: 'position-adopted', atMs: 0, dealId: 'DI9', epic: EPIC },
  'no-stop': { kind: 'no-stop', atMs: 0, dealId: 'DI1', epic: EPIC },
  alarm: { kind: 'alarm', atMs: 0, code: 'margin', state: 'began', dealId: null, epic: null, words: 'low margin' },
  guard: { kind: 'guard', atMs: 0, fact: { kind: 'locked', day: '2026-01-05', reason: 'daily loss' } },
  screen: { kind: 'screen', atMs: 0, what: 'attached', screens: 1 },
  armed: { kind: 'armed', atMs: 0, isArmed: true, because: 'the trader armed it' },
  'market-traded': {
    kind: 'market-traded',
    atMs: 0,
    epic: EPIC,
    name: 'EUR/USD',
    currency: 'USD',
    currencyPerBase: '1.08',
    contractSize: '100000',
    pointsPerUnit: 10_000,
    decimals: 5,
  },
  gate: { kind: 'gate', atMs: 0, what: 'drill-passed', line: 1, lineHash: 'ab12', words: null },
  'preset-chosen': { kind: 'preset-chosen', atMs: 0, epic: EPIC, name: 'scalp' },
  stream: { kind: 'stream', atMs: 0, status: 'live', cause: null },
  'trade-feed': { kind: 'trade-feed', atMs: 0, state: 'listening' },
  'time-lost': { kind: 'time-lost', atMs: 0, lostMs: 61_000 },
  'file-opened': opened() as Extract<JournalRecord, { kind: 'file-opened' }>,
  'torn-line': { kind: 'torn-line', atMs: 0, line: 3, bytes: 17, keptIn: '2026-01-05.torn-1' },
  'file-put-aside': { kind: 'file-put-aside', atMs: 0, keptIn: '2026-01-05.put-aside-1', because: 'no record' },
  'records-lost': { kind: 'records-lost', atMs: 0, records: 2, because: 'no room' },
  'journal-damaged': { kind: 'journal-damaged', atMs: 0, file: '2026-01-05.ndjson', faults: ['line 2'] },
}
const ALL = Object.values(ONE_OF_EACH)

it.each(ALL.map(record => [record.kind, record] as const))('%s is read back as it was written', (_kind, record) => {
  const back = JSON.parse(JSON.stringify(record))
  expect(readRecord(back, 1, 'line 1')).toEqual({ kind: 'known', record })
})

it('names the field that is not what it should be, the line, and what was expected', () => {
  expect(readRecord({ ...announcedOpen('SD-1'), size: 1.5 }, 1, 'line 12')).toEqual({
    kind: 'wrong',
    words: 'line 12, about-to-open: expected size to be a decimal as text, such as "1.25", but it is 1.5',
  })
})

it('finds any field that is missing, whatever the kind', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ALL), fc.nat(), (record, at) => {
      const names = Object.keys(record).filter(name => name !== 'kind')
      const name = names[at % names.length] ?? ''
      const { [name]: _gone, ...rest } = { ...record } as Record<string, unknown>
      expect(readRecord(rest, 1, 'line 1')).toMatchObject({
        kind: 'wrong',
        words: expect.stringContaining(`expected ${name} to be`),
      })
    }),
  )
})

it.each([
  ['a direction that is none', { ...announcedOpen('SD-1'), direction: 'LONG' }, 'expected direction to be BUY or SELL'],
  ['a figure with an exponent', { ...announcedOpen('SD-1'), size: '1e3' }, 'expected size to be a decimal as text'],
  ['a name that is empty', { ...announcedOpen('') }, 'expected id to be text, but it is ""'],
  ['a scope without its market', { ...ONE_OF_EACH.flat, scope: { kind: 'market' } }, 'expected scope to be the scope'],
  [
    'half a trailing stop',
    { ...ONE_OF_EACH['about-to-amend'], trailing: { stepPoints: '1' } },
    'expected trailing to be',
  ],
])('refuses %s', (_what, record, words) => {
  expect(readRecord(record, 1, 'line 1')).toMatchObject({ kind: 'wrong', words: expect.stringContaining(words) })
})

describe('of a newer version', () => {
  it('a kind that is not known is kept, and said', () => {
    expect(readRecord({ kind: 'about-to-hedge', atMs: 1 }, 2, 'line 4')).toEqual({
      kind: 'strange',
      words: 'line 4: a record of version 2 of the kind "about-to-hedge", which this version does not know; it is kept',
    })
  })

  it('a known kind with more fields is read, and one with other fields is kept, and said', () => {
    expect(readRecord({ ...filled('SD-1', 'DI1'), slippage: '0.1' }, 2, 'line 4')).toMatchObject({ kind: 'known' })
    expect(readRecord({ kind: 'flat', atMs: 1, scope: 'all' }, 2, 'line 4')).toMatchObject({ kind: 'strange' })
  })
})

it('tells what stands before an order from the rest', () => {
  expect(ALL.filter(announces).map(({ kind }) => kind)).toEqual([
    'about-to-open',
    'about-to-close',
    'about-to-amend',
    'about-to-place',
    'about-to-cancel',
  ])
})

it('tells what locks a day from the guard’s other facts', () => {
  const facts = ['locked', 'limits', 'equity', 'entry-sent'].map(kind => ({ ...ONE_OF_EACH.guard, fact: { kind } }))
  expect(facts.filter(bindsTheDay).map(({ fact }) => fact.kind)).toEqual(['locked', 'limits'])
  expect(ALL.filter(bindsTheDay).map(({ kind }) => kind)).toEqual(['guard'])
})
