import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENESIS } from './chain.ts'
import type { Memory } from './memory.ts'
import type { JournalRecord } from './record.ts'
import { type Recovered, recoverLines } from './recovery.ts'
import { announcedClose, announcedOpen, filled, MORNING_MS, opened, sha256, written } from './testing/written-lines.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'

const recovered = (...records: readonly JournalRecord[]): Recovered => recoverLines(written(records).lines, sha256)

const cancel = (id: string): JournalRecord => ({ kind: 'about-to-cancel', atMs: 0, id, dealId: 'DIW1', epic: EPIC })
const place = (id: string): JournalRecord => ({
  kind: 'about-to-place',
  atMs: 0,
  id,
  epic: EPIC,
  direction: 'SELL',
  size: '1',
  type: 'LIMIT',
  level: '1.09',
  stopPoints: '10',
  limitPoints: null,
  isGuaranteed: false,
})
const amend = (id: string): JournalRecord => ({
  kind: 'about-to-amend',
  atMs: 0,
  id,
  dealId: 'DI1',
  epic: EPIC,
  stopLevel: '1.07',
  limitLevel: null,
  trailing: null,
  isGuaranteed: false,
})
const dayOpened = (day: string, equity = '10000.00'): JournalRecord => ({
  kind: 'day-opened',
  atMs: 0,
  day,
  equity,
  currency: 'EUR',
})
const fact = (kind: string): JournalRecord => ({ kind: 'guard', atMs: 0, fact: { kind } })
const gone = (dealId: string, profit: string | null = null): JournalRecord => ({
  kind: 'position-gone',
  atMs: 0,
  dealId,
  epic: EPIC,
  profit,
  profitCurrency: profit === null ? null : 'EUR',
})

it('of no records is nothing, and the chain begins', () => {
  expect(recovered()).toEqual({
    openQuestions: [],
    unresolved: [],
    day: { day: null, openingEquity: null, currency: null, guardFacts: [], results: [] },
    references: [],
    deals: [],
    session: null,
    entries: [],
    head: GENESIS,
    problems: [],
  })
})

describe('an order that was announced', () => {
  it('is an open question with all that settling it needs, until something ended it', () => {
    const [question] = recovered(opened(), announcedOpen('SD-1')).openQuestions
    expect(question).toEqual({
      announcement: announcedOpen('SD-1'),
      announcedAtMs: MORNING_MS + 1_000,
      reference: 'SD-1',
      stage: 'announced',
      cause: null,
    })
  })

  it.each<[string, JournalRecord]>([
    ['filled', filled('SD-1', 'DI1')],
    ['done', { kind: 'done', atMs: 0, id: 'SD-1', dealId: null, by: 'poll' }],
    ['rejected', { kind: 'rejected', atMs: 0, id: 'SD-1', reason: 'MARKET_CLOSED' }],
    [
      'denied, since it never left',
      { kind: 'denied', atMs: 0, id: 'SD-1', intent: 'BUY', code: 'not-sent', words: 'x' },
    ],
  ])('is none once it was %s', (_what, end) => {
    for (const announced of [
      announcedOpen('SD-1'),
      announcedClose('SD-1', 'DI1'),
      amend('SD-1'),
      place('SD-1'),
      cancel('SD-1'),
    ]) {
      const { openQuestions, unresolved } = recovered(opened(), announced, end)
      expect([...openQuestions, ...unresolved]).toEqual([])
    }
  })

  it('keeps how far it got, and why it is not known', () => {
    const acknowledged: JournalRecord = { kind: 'acknowledged', atMs: 0, id: 'SD-2.1', reference: 'IGMADE1' }
    const close = announcedClose('SD-2.1', 'DI1')
    expect(recovered(opened(), close).openQuestions[0]).toMatchObject({ reference: null, stage: 'announced' })
    expect(recovered(opened(), close, acknowledged).openQuestions[0]).toMatchObject({
      reference: 'IGMADE1',
      stage: 'acknowledged',
    })
    const unknown: JournalRecord = { kind: 'unknown', atMs: 0, id: 'SD-2.1', cause: 'no confirm' }
    expect(recovered(opened(), close, acknowledged, unknown).openQuestions[0]).toMatchObject({
      reference: 'IGMADE1',
      stage: 'checking',
      cause: 'no confirm',
    })
  })

  it('stays unresolved when the trader was told so, also over several restarts, and ends with a late confirm', () => {
    const unresolved: JournalRecord = { kind: 'unresolved', atMs: 0, id: 'SD-1', cause: 'a minute' }
    const after = recovered(opened(), announcedOpen('SD-1'), unresolved)
    expect(after.openQuestions).toEqual([])
    expect(after.unresolved).toMatchObject([{ announcement: { id: 'SD-1' }, stage: 'unresolved', cause: 'a minute' }])
    expect(recovered(opened(), announcedOpen('SD-1'), unresolved, filled('SD-1', 'DI1')).unresolved).toEqual([])
  })

  it('holds up nothing once the trader accepted it as unknown, and is forgotten with the day', () => {
    const accepted: JournalRecord = { kind: 'accepted-unknown', atMs: 0, id: 'SD-1' }
    const unresolved: JournalRecord = { kind: 'unresolved', atMs: 0, id: 'SD-1', cause: 'a minute' }
    const records = [opened(), dayOpened('2026-01-05'), announcedOpen('SD-1'), unresolved, accepted]
    expect(recovered(...records).unresolved).toMatchObject([{ announcement: { id: 'SD-1' }, stage: 'accepted' }])
    expect(recovered(...records, filled('SD-1', 'DI1')).unresolved).toEqual([])
    expect(recovered(...records, dayOpened('2026-01-06')).unresolved).toEqual([])
  })

  it('has a name that is never used again, whatever became of it', () => {
    const rejected: JournalRecord = { kind: 'rejected', atMs: 0, id: 'SD-1', reason: 'x' }
    const acknowledged: JournalRecord = { kind: 'acknowledged', atMs: 0, id: 'SD-2.1', reference: 'IGMADE1' }
    const { references } = recovered(
      opened(),
      announcedOpen('SD-1'),
      rejected,
      announcedClose('SD-2.1', 'DI1'),
      acknowledged,
      place('SD-3'),
    )
    expect(references).toEqual(['SD-1', 'IGMADE1', 'SD-3'])
  })
})

describe('the day', () => {
  it('has its opening equity, the guard’s facts, and what each close brought in', () => {
    const { day } = recovered(
      opened(),
      dayOpened('2026-01-05'),
      fact('limits'),
      announcedClose('SD-2.1', 'DI1', '0.5'),
      filled('SD-2.1', 'DI1', '-3.20'),
      gone('DI7', '1.00'),
      gone('DI8'),
    )
    expect(day).toMatchObject({ day: '2026-01-05', openingEquity: '10000.00', currency: 'EUR' })
    expect(day.guardFacts).toEqual([{ fact: { kind: 'limits' }, wallMs: MORNING_MS + 2_000, day: '2026-01-05' }])
    expect(day.results.map(({ dealId, profit }) => [dealId, profit])).toEqual([
      ['DI1', '-3.20'],
      ['DI7', '1.00'],
      ['DI8', null],
    ])
  })

  it('counts what a close brought in although its announcement could not be written', () => {
    expect(recovered(opened(), filled('SD-2.1', 'DI1', '-3.20')).day.results).toMatchObject([{ profit: '-3.20' }])
  })

  it('begins with no results, and with the facts of the day before: a lock may last, a looser limit counts from now', () => {
    const { day } = recovered(
      opened(),
      dayOpened('2026-01-04'),
      fact('limits'),
      fact('entry-sent'),
      fact('entry-sent'),
      dayOpened('2026-01-05'),
      fact('locked'),
      fact('entry-sent'),
      gone('DI7', '1.00'),
      dayOpened('2026-01-06', '9000.00'),
    )
    expect(day).toMatchObject({ day: '2026-01-06', openingEquity: '9000.00', results: [] })
    expect(day.guardFacts.map(({ fact, day }) => [fact.kind, day])).toEqual([
      // A day may pass without any: the limits that were told last are those that bind.
      ['limits', '2026-01-04'],
      ['locked', '2026-01-05'],
      ['entry-sent', '2026-01-05'],
    ])
  })

  it('keeps the start of the run in which the day before began, and no result of a day that is long over', () => {
    const { day } = recovered(
      opened(),
      fact('started'),
      fact('deal-closed'),
      dayOpened('2026-01-04'),
      fact('charge-booked'),
      dayOpened('2026-01-05'),
      fact('entry-sent'),
      fact('started'),
      dayOpened('2026-01-06'),
    )
    expect(day.guardFacts.map(({ fact, day }) => [fact.kind, day])).toEqual([
      ['started', '2026-01-04'],
      ['entry-sent', '2026-01-05'],
      ['started', '2026-01-05'],
    ])
  })

  it('goes on when a session of the same day opens it again', () => {
    const { day } = recovered(
      opened(),
      dayOpened('2026-01-05'),
      fact('locked'),
      gone('DI7', '1'),
      dayOpened('2026-01-05'),
    )
    expect([day.guardFacts.length, day.results.length]).toEqual([1, 1])
  })
})

it('tells deals of our own from others: opened by us or adopted, until they are gone or wholly closed', () => {
  const adopted: JournalRecord = { kind: 'position-adopted', atMs: 0, dealId: 'DI5', epic: EPIC }
  const records = [opened(), announcedOpen('SD-1'), filled('SD-1', 'DI1'), adopted]
  const ours = (...more: readonly JournalRecord[]) => recovered(...records, ...more).deals.map(({ dealId }) => dealId)
  expect(ours()).toEqual(['DI1', 'DI5'])
  expect(ours(announcedClose('SD-2.1', 'DI1', '0.5'), filled('SD-2.1', 'DI1'))).toEqual(['DI1', 'DI5'])
  expect(ours(announcedClose('SD-2.1', 'DI1'), filled('SD-2.1', 'DI1'))).toEqual(['DI5'])
  expect(ours(gone('DI5'))).toEqual(['DI1'])
  const done = (id: string, dealId: string): JournalRecord => ({ kind: 'done', atMs: 0, id, dealId, by: 'stream' })
  expect(ours(place('SD-3'), done('SD-3', 'DIW1'))).toEqual(['DI1', 'DI5', 'DIW1'])
  expect(ours(place('SD-3'), done('SD-3', 'DIW1'), cancel('SD-4.1'), done('SD-4.1', 'DIW1'))).toEqual(['DI1', 'DI5'])
  expect(ours(amend('SD-5.1'), done('SD-5.1', 'DI1'))).toEqual(['DI1', 'DI5'])
})

it('says whether the last session ended by itself', () => {
  const started: JournalRecord = { kind: 'started', atMs: 0, version: '1', account: 'A', environment: 'mock', seed: 7 }
  expect(recovered(opened(), started).session).toMatchObject({ account: 'A', isStopped: false })
  expect(recovered(opened(), started, { kind: 'stopped', atMs: 1, reason: 'quit' }).session?.isStopped).toBe(true)
})

it('says what it could not understand, and goes on with the rest', () => {
  const wrong = { kind: 'flat', atMs: 1, scope: 'all', timeToFlatMs: 1 }
  const strange = { kind: 'hedged', atMs: 1 }
  // What an older or newer program wrote is no JournalRecord; the chain does not mind.
  const records = [opened(), wrong, strange, announcedOpen('SD-1')] as readonly JournalRecord[]
  const { problems, openQuestions } = recovered(...records)
  expect(problems).toEqual([
    expect.stringMatching(/^record 2, flat: expected scope/),
    expect.stringMatching(/"hedged"/),
  ])
  expect(openQuestions).toHaveLength(1)
})

it('of a journal that was changed says so, and still finds every order in what is left', () => {
  const { lines } = written([opened(), announcedOpen('SD-1'), announcedOpen('SD-2'), announcedOpen('SD-3')])
  const { problems, openQuestions } = recoverLines(lines.with(2, 'rubbish'), sha256)
  expect(problems).toEqual([expect.stringContaining('line 3')])
  expect(openQuestions.map(({ announcement }) => announcement.id)).toEqual(['SD-1', 'SD-3'])
})

/** What may happen to orders, in any order. */
const anyRecord: fc.Arbitrary<JournalRecord> = fc.tuple(fc.nat(12), fc.nat(4)).map(([what, n]): JournalRecord => {
  const id = `SD-${n}`
  const all: readonly JournalRecord[] = [
    announcedOpen(id),
    announcedClose(id, `DI${n}`, '1', n % 2 === 0 ? '1' : '2'),
    amend(id),
    place(id),
    cancel(id),
    { kind: 'acknowledged', atMs: 0, id, reference: `R-${n}` },
    { kind: 'unknown', atMs: 0, id, cause: 'x' },
    { kind: 'unresolved', atMs: 0, id, cause: 'y' },
    filled(id, `DI${n}`, n % 2 === 0 ? '1.00' : null),
    { kind: 'rejected', atMs: 0, id, reason: 'z' },
    fact(`fact-${n}`),
    n === 0 ? dayOpened('2026-01-06') : gone(`DI${n}`),
  ]
  return all[what] ?? fact('none')
})

/** References of orders that ended stay behind in their file; the rest goes along. */
const carriable = ({ references: _, ...memory }: Memory): unknown => memory

it('from the newest file alone is what it is from all files', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 40 }), fc.array(anyRecord, { maxLength: 40 }), (first, second) => {
      const day1 = written([opened(), ...first])
      const { head: _, problems: __, entries: ___, ...carried } = recoverLines(day1.lines, sha256)
      const next = { ...opened('2026-01-06', '2026-01-05.ndjson'), carried } as JournalRecord
      const day2 = written([JSON.parse(JSON.stringify(next)), ...second], day1.head)
      const alone = recoverLines(day2.lines, sha256)
      expect(alone.problems).toEqual([])
      const both = recoverLines([...day1.lines, ...day2.lines], sha256)
      // The day's book is made of the records themselves, and takes them from as many files as hold the day.
      expect(carriable({ ...alone, entries: both.entries } as Memory)).toEqual(carriable(both))
      const pending = [...alone.openQuestions, ...alone.unresolved].flatMap(({ reference }) => reference ?? [])
      expect(pending.filter(reference => !alone.references.includes(reference))).toEqual([])
    }),
  )
})

it('of the same records is the same', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 60 }), records => {
      const { lines } = written([opened(), ...records])
      expect(recoverLines(lines, sha256)).toEqual(recoverLines(lines, sha256))
    }),
  )
})
