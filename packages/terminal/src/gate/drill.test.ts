import type { JournalRecord } from '@scalpdesk/desk'
import { describe, expect, it } from 'vitest'
import { tradeRecords } from '../testing/sandbox.ts'
import { type Drill, startDrill } from './drill.ts'
import type { DrillName } from './gate-fact.ts'

const [open, filled, close, closed] = tradeRecords('A') as [JournalRecord, JournalRecord, JournalRecord, JournalRecord]
const flatten = (atMs: number): JournalRecord => ({
  kind: 'flatten',
  atMs,
  scope: { kind: 'account' },
  positions: 1,
  workingOrders: 0,
})
const flat = (atMs: number): JournalRecord => ({ kind: 'flat', atMs, scope: { kind: 'account' }, timeToFlatMs: 5 })
const stream = (status: string): JournalRecord => ({ kind: 'stream', atMs: 5, status, cause: null })
const denied: JournalRecord = {
  kind: 'denied',
  atMs: 5,
  id: null,
  intent: 'BUY',
  code: 'stale',
  words: 'the price is old',
}
const gone: JournalRecord = {
  kind: 'position-gone',
  atMs: 5,
  dealId: 'DEALA',
  epic: 'X',
  profit: null,
  profitCurrency: null,
}
const elsewhere: JournalRecord = { kind: 'no-stop', atMs: 5, dealId: 'OTHER', epic: 'X' }

function hearing(name: DrillName, ...records: readonly JournalRecord[]): Drill {
  const drill = startDrill(name)
  for (const record of records) drill.hear(record)
  return drill
}

describe('the flatten drill', () => {
  it('loses the answer of the close as soon as there is a position', () => {
    const drill = startDrill('flatten')
    expect(drill.hear(open)).toBeNull()
    expect(drill.hear(filled)).toEqual({ fault: { fault: 'loseReply', match: 'close' }, afterMs: 0 })
    expect(drill.ask).toMatch(/close everything NOW/)
  })

  it('is passed when the flatten key came and the desk knows that it is flat', () => {
    const drill = hearing('flatten', open, filled, flatten(1_000), close)
    expect(drill.verdict).toBeNull()
    drill.hear(flat(3_002))
    expect(drill.verdict).toEqual({
      isPassed: true,
      words: 'flat 3.0 s after it was asked for, though the answer to the close was lost',
    })
  })

  it.each<[what: string, records: readonly JournalRecord[], why: RegExp]>([
    ['an entry instead', [open], /an entry was tried/],
    ['an entry that the guard refused', [denied], /an entry was tried/],
    ['an entry while the outcome is not known', [flatten(9), close, open], /an entry was tried/],
    ['the key that closes one position', [close], /flatten key closes everything/],
    ['a key that comes late', [flatten(10_500)], /came after 10\.5 s/],
    ['the stop that comes first', [gone], /its stop closed the position/],
  ])('is not passed by %s', (_what, records, why) => {
    const { verdict } = hearing('flatten', open, filled, ...records, flatten(8), flat(9))
    expect(verdict).toMatchObject({ isPassed: false, words: expect.stringMatching(why) })
  })

  it('asks for an entry until there is one, whatever else happens', () => {
    const drill = hearing('flatten', denied, elsewhere, gone, flat(2))
    expect([drill.verdict, drill.ask]).toEqual([null, expect.stringMatching(/enter once/)])
  })
})

describe('the disconnect drill', () => {
  const lost = [open, filled, stream('stalled')] as const

  it('silences the stream a moment after the entry', () => {
    const drill = hearing('disconnect', open)
    expect(drill.hear(filled)).toMatchObject({ fault: { fault: 'goSilent' } })
  })

  it('is passed when the close was dealt and the stream is back, in whichever order', () => {
    const outage = hearing('disconnect', ...lost, flatten(6), close, closed)
    expect(outage.verdict).toBeNull()
    outage.hear(stream('live (replaced)'))
    expect(outage.verdict).toMatchObject({ isPassed: true })
    const waited = hearing('disconnect', ...lost, stream('live (same)'), flatten(6), close, closed)
    expect(waited.verdict).toMatchObject({ isPassed: true })
  })

  it.each<[what: string, records: readonly JournalRecord[], why: RegExp]>([
    ['an entry while nothing is heard', [...lost, denied], /an entry was tried/],
    ['a close before anything went wrong', [open, filled, flatten(5)], /before anything had gone wrong/],
    ['the stop', [...lost, gone], /its stop closed/],
  ])('is not passed by %s', (_what, records, why) => {
    expect(hearing('disconnect', ...records).verdict).toMatchObject({ words: expect.stringMatching(why) })
  })
})

it('who leaves has not passed, and who has passed may leave', () => {
  const left = hearing('flatten', open, filled)
  left.leave()
  expect(left.verdict).toMatchObject({ isPassed: false })
  const done = hearing('flatten', open, filled, flatten(3), flat(4))
  done.leave()
  expect(done.verdict).toMatchObject({ isPassed: true })
})
