import { afterEach, expect, it } from 'vitest'
import { jsonText, screenText } from '../forms/index.ts'
import { reportOf } from '../report-of.ts'
import { type AccountShelf, openReportStore, type ReportStore } from '../store/report-store.ts'
import { storedFacts } from '../store/stored-facts.ts'
import { aDay, anActivity, aResult, deeds, rows } from '../testing/hand-made.ts'
import type { Remark } from './remark.ts'
import { noteOf, RemarkError, tagOf } from './remark-words.ts'

const open: ReportStore[] = []
afterEach(() => {
  for (const store of open.splice(0)) store.close()
})

const { account, span } = aDay()
const DAY = { fromMs: span.beginMs, toMs: span.endMs }

async function aShelf(): Promise<AccountShelf> {
  const store = await openReportStore(':memory:')
  open.push(store)
  return store.shelf('demo', account)
}

const trade = (name: string, what: Remark['what'], words: string): Remark => ({
  about: { kind: 'trade', name },
  what,
  words,
})

const reportFrom = (shelf: AccountShelf) =>
  reportOf(storedFacts({ account, span, shelf, journal: null, markets: [], prices: [], asOfMs: span.endMs }))

/** Two positions that were held together: one trade. */
const IN = [
  anActivity({ time: '09:00:00', did: 'position-opened', deal: 'DIAAAA1', level: '24500', side: 'BUY' }),
  anActivity({ time: '09:00:30', did: 'position-opened', deal: 'DIAAAA2', level: '24502', side: 'BUY' }),
]
const OUT = [
  anActivity({ time: '09:01:00', did: 'position-closed', deal: 'DIAAAA1', level: '24510', side: 'SELL' }),
  anActivity({ time: '09:01:30', did: 'position-closed', deal: 'DIAAAA2', level: '24490', side: 'SELL' }),
]
const LOST = aResult({ opened: '10:00:00', closed: '10:01:00', from: '24500', to: '24490', size: '1', amount: '-9.00' })

it('shows what was written about any deal of a trade on the trade, also after the history was read again', async () => {
  const shelf = await aShelf()
  const read = (readAtMs: number): void => {
    shelf.keepActivities({ ...DAY, readAtMs }, deeds(...IN, ...OUT))
    shelf.keepTransactions({ ...DAY, readAtMs }, rows(LOST))
  }
  read(1)
  shelf.keepRemark(1, trade('DIAAAA1', 'tag', 'fomo'))
  shelf.keepRemark(2, trade('DIAAAA2', 'note', 'added too early'))
  shelf.keepRemark(3, trade('DIAAAA2', 'tag', 'late'))
  const unnamed = reportFrom(shelf).trades.find(({ entries }) => entries[0]?.dealId === null)
  // Only the broker's money told of it: no deal id, but a name that is the same each time.
  shelf.keepRemark(4, trade(unnamed?.id ?? '', 'tag', 'fomo'))
  read(2)
  shelf.forget(DAY)
  const { trades, statistics } = reportFrom(shelf)
  expect(trades.map(({ tags, notes }) => [tags, notes])).toEqual([
    [['fomo', 'late'], ['added too early']],
    [['fomo'], []],
  ])
  expect(statistics.byTag.map(({ key, statistics: { trades: count, net } }) => [key, count, net.toFixed(2)])).toEqual([
    ['fomo', 1, '-9.00'],
  ])
})

it('counts a trade in the group of each of its tags', async () => {
  const shelf = await aShelf()
  shelf.keepTransactions({ ...DAY, readAtMs: 1 }, rows(LOST))
  const [{ id } = { id: '' }] = reportFrom(shelf).trades
  shelf.keepRemark(1, trade(id, 'tag', 'late'))
  shelf.keepRemark(2, trade(id, 'tag', 'fomo'))
  const { byTag } = reportFrom(shelf).statistics
  expect(byTag.map(({ key, statistics }) => `${key} ${statistics.trades} ${statistics.net.toFixed(2)}`)).toEqual([
    'fomo 1 -9.00',
    'late 1 -9.00',
  ])
})

it('gives a day that has a note a line of its own, whether anything was dealt on it or not', async () => {
  const shelf = await aShelf()
  shelf.keepRemark(1, { about: { kind: 'day', name: span.from }, what: 'note', words: 'stayed away: ill' })
  shelf.keepRemark(2, { about: { kind: 'day', name: '2030-01-01' }, what: 'note', words: 'another day' })
  const report = reportFrom(shelf)
  expect(report.days).toMatchObject([{ day: span.from, trades: 0, notes: ['stayed away: ill'] }])
  expect(screenText(report, { columns: 80, hasColour: false })).toContain(`${span.from}  stayed away: ill`)
  expect(JSON.parse(jsonText(report)).days[0].notes).toEqual(['stayed away: ill'])
})

it('keeps everything that was ever written, and shows what was not taken back', async () => {
  const shelf = await aShelf()
  shelf.keepRemark(1, trade('DIAAAA1', 'note', 'first'))
  shelf.keepRemark(2, trade('DIAAAA1', 'note', 'second'))
  const [first] = shelf.remarks()
  shelf.takeBack(3, first!)
  expect(shelf.remarks()).toEqual([{ number: 2, atMs: 2, ...trade('DIAAAA1', 'note', 'second') }])
  shelf.keepRemark(4, trade('DIAAAA1', 'note', 'first'))
  expect(shelf.remarks().map(({ number, words }) => `${number} ${words}`)).toEqual(['2 second', '4 first'])
})

it.each([
  ['FOMO', 'fomo'],
  ['  A+  setup ', 'a+ setup'],
  ['cafe\u0301', 'caf\u00e9'],
  ['2nd', '2nd'],
])('keeps the tag %j as %j', (text, tag) => {
  expect(tagOf(text)).toBe(tag)
})

it.each([
  ['', /it is empty/],
  ['  ', /it is empty/],
  ['a,b', /no comma/],
  ['a;b', /no comma/],
  ['=1+1', /begins with a letter or a digit/],
  ['-late', /begins with a letter or a digit/],
  ['a\u001b[31m', /U\+001B is in it/],
  ['\u202egnp', /U\+202E is in it/],
  ['x'.repeat(41), /at most 40 characters, but it has 41/],
])('refuses the tag %j', (text, words) => {
  expect(() => tagOf(text)).toThrow(RemarkError)
  expect(() => tagOf(text)).toThrow(words)
})

it.each([
  ['', /it is empty/],
  ['two\nlines', /U\+000A is in it/],
  ['bell\u0007', /U\+0007 is in it/],
  ['x'.repeat(2_001), /at most 2000 characters, but it has 2001/],
])('refuses the note %j', (text, words) => {
  expect(() => noteOf(text)).toThrow(words)
})

it('takes a note in any language, formulas and markup as words', () => {
  for (const text of ['zu früh', '早すぎた 👩‍👩‍👧', '=1+1', '<b>late</b>', '-']) expect(noteOf(` ${text} `)).toBe(text)
})
