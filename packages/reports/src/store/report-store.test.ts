import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aBooking, anActivity, aResult, d, deeds, MARKETS, rows } from '../testing/hand-made.ts'
import { openReportStore, type ReportStore } from './report-store.ts'
import { loadSqlite } from './sqlite.ts'
import { MIGRATIONS } from './store-schema.ts'

let folder = ''
let path = ''
const open: ReportStore[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-store-'))
  path = join(folder, 'home', 'reports.sqlite')
})
afterEach(() => {
  for (const store of open.splice(0)) store.close()
  rmSync(folder, { recursive: true })
})

const ACCOUNT = { id: 'ABC12', name: 'CFD', environment: 'demo', currency: 'EUR', zone: 'Europe/Paris' } as const
const FROM_MS = Date.parse('2026-01-05T00:00:00+01:00')
const DAY_MS = 86_400_000
const DAY = { fromMs: FROM_MS, toMs: FROM_MS + DAY_MS }

async function opened(options?: Parameters<typeof openReportStore>[1]): Promise<ReportStore> {
  const store = await openReportStore(path, options)
  open.push(store)
  return store
}

const RESULT = aResult({
  opened: '09:30:00',
  closed: '09:31:00',
  from: '1.08417',
  to: '24510',
  size: '-0.1',
  amount: '0.0000001',
})
const DEED = anActivity({
  time: '09:31:00',
  did: 'position-closed',
  deal: 'DIAAAA1',
  level: '24510',
  side: 'SELL',
  stop: '24400.5',
})

it('gives back what it was given, to the last digit, also to the next process', async () => {
  const shelf = (await opened()).shelf('demo', ACCOUNT)
  const undated = aBooking('10:00:00', '5', { closedAtMs: null })
  shelf.keepTransactions({ ...DAY, readAtMs: 7 }, rows(RESULT, undated))
  shelf.keepActivities({ ...DAY, readAtMs: 8 }, deeds(DEED))
  shelf.keepBalance(FROM_MS + 5, d('10000.01'))
  shelf.keepMarkets(MARKETS, FROM_MS + 5)
  open.splice(0)[0]?.close()
  const store = await opened()
  expect(store.accounts('demo')).toEqual([ACCOUNT])
  expect(store.accounts('live')).toEqual([])
  const again = store.shelf('demo', { ...ACCOUNT, name: 'Renamed' })
  expect(again.transactions(DAY)).toEqual([rows(undated)[0], rows(RESULT)[0]])
  expect(again.transactions({ fromMs: 0, toMs: 1 })).toEqual(rows(undated))
  expect(again.activities(DAY)).toEqual(deeds(DEED))
  expect(again.balances(DAY)).toEqual([{ atMs: FROM_MS + 5, amount: d('10000.01'), source: 'store' }])
  expect(again.readings('activity')).toEqual([{ ...DAY, readAtMs: 8 }])
  const [dax, euro] = MARKETS
  const rates = [{ fromMs: Date.parse('2026-01-04'), perUnit: d('1.08') }]
  expect(again.markets()).toEqual([{ ...euro, rates }, dax])
  expect(store.accounts('demo')[0]?.name).toBe('Renamed')
})

it('keeps the rate of each day, the last that was told on it', async () => {
  const shelf = (await opened()).shelf('demo', ACCOUNT)
  const tell = (perUnit: string, atMs: number): void =>
    shelf.keepMarkets([{ ...MARKETS[1]!, perUnit: d(perUnit) }], atMs)
  tell('1.05', FROM_MS)
  tell('1.06', FROM_MS + DAY_MS)
  tell('1.07', FROM_MS + DAY_MS + 5)
  const [market] = shelf.markets()
  expect(market?.perUnit?.toFixed()).toBe('1.07')
  expect(
    market?.rates?.map(({ fromMs, perUnit }) => [new Date(fromMs).toISOString().slice(0, 10), perUnit.toFixed()]),
  ).toEqual([
    ['2026-01-04', '1.05'],
    ['2026-01-05', '1.07'],
  ])
})

it('takes a reading in the place of those that it covers, and leaves the days beside it', async () => {
  const shelf = (await opened()).shelf('demo', ACCOUNT)
  const next = { fromMs: DAY.toMs, toMs: DAY.toMs + DAY_MS }
  const later = { ...RESULT, closedAtMs: DAY.toMs }
  shelf.keepTransactions({ ...DAY, readAtMs: 1 }, rows(RESULT, { ...RESULT, reference: 'GONE' }))
  shelf.keepTransactions({ ...next, readAtMs: 1 }, rows(later))
  shelf.keepTransactions({ ...DAY, readAtMs: 2 }, rows(RESULT))
  expect(shelf.transactions({ fromMs: DAY.fromMs, toMs: next.toMs })).toEqual(rows(RESULT, later))
  expect(shelf.readings('transactions')).toEqual([
    { ...next, readAtMs: 1 },
    { ...DAY, readAtMs: 2 },
  ])
})

it('keeps accounts of one name on two brokers apart, and imported rows once', async () => {
  const store = await opened()
  const [one, other] = [store.shelf('demo', ACCOUNT), store.shelf('live', ACCOUNT)]
  expect(one.keepImported({ ...DAY, readAtMs: 1 }, rows(RESULT, RESULT))).toBe(2)
  expect(one.keepImported({ ...DAY, readAtMs: 2 }, rows(RESULT, RESULT, { ...RESULT, reference: 'NEW' }))).toBe(1)
  expect(one.readings('import')).toEqual([{ ...DAY, readAtMs: 2 }])
  expect([one.imported(DAY).length, other.imported(DAY).length, one.transactions(DAY).length]).toEqual([3, 0, 0])
})

it('is readable by its owner only', async () => {
  await opened()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'home')).mode & 0o777).toBe(0o700)
})

it('lets two processes write, one after the other, and says who waits for whom', async () => {
  const one = (await opened()).shelf('demo', ACCOUNT)
  const other = (await opened({ busyMs: 20 })).shelf('demo', ACCOUNT)
  one.keepTransactions({ ...DAY, readAtMs: 1 }, rows(RESULT))
  other.keepImported({ ...DAY, readAtMs: 1 }, rows(RESULT))
  const { DatabaseSync } = await loadSqlite()
  const holder = new DatabaseSync(path)
  holder.exec('BEGIN EXCLUSIVE')
  const words =
    /expected to use the report store .*reports\.sqlite, but another process holds it; wait until that has ended/
  expect(() => other.keepImported({ ...DAY, readAtMs: 1 }, rows(RESULT))).toThrow(words)
  await expect(openReportStore(path, { busyMs: 20 })).rejects.toMatchObject({ code: 'locked' })
  holder.exec('COMMIT')
  holder.close()
  expect(other.transactions(DAY)).toHaveLength(1)
})

it('brings an older form to its own without losing a row, and refuses a newer one', async () => {
  const old = (await opened()).shelf('demo', ACCOUNT)
  old.keepTransactions({ ...DAY, readAtMs: 1 }, rows(RESULT))
  open.splice(0)[0]?.close()
  const migrations = [...MIGRATIONS, 'ALTER TABLE account ADD COLUMN colour TEXT']
  expect((await opened({ migrations })).shelf('demo', ACCOUNT).transactions(DAY)).toEqual(rows(RESULT))
  open.splice(0)[0]?.close()
  await expect(openReportStore(path)).rejects.toThrow(
    /expected the report store .* in form 3 or older, but it has form 4 of a newer scalpdesk; use that one/,
  )
})

it('refuses what is no store of its own, and one that was damaged, without touching them', async () => {
  await opened()
  open.splice(0)[0]?.close()
  const notes = join(folder, 'notes.sqlite')
  writeFileSync(
    notes,
    'something else, long enough to be read as the header of a database, and then some more of it, to be sure\n',
  )
  await expect(openReportStore(notes)).rejects.toMatchObject({ code: 'damaged' })
  const { DatabaseSync } = await loadSqlite()
  const foreign = new DatabaseSync(join(folder, 'foreign.sqlite'))
  foreign.exec('CREATE TABLE songs (name TEXT)')
  foreign.close()
  await expect(openReportStore(join(folder, 'foreign.sqlite'))).rejects.toThrow(/a database of another program/)
  const direct = new DatabaseSync(path)
  direct.exec("INSERT INTO account VALUES (1, 'demo', 'ABC12', NULL, 'demo', 'EUR', '\"UTC\"')")
  direct.exec('INSERT INTO row VALUES (1, \'transactions\', 0, \'x\', \'{"profitAndLoss":{"amount":"ten"}}\')')
  direct.close()
  const shelf = (await opened()).shelf('demo', ACCOUNT)
  expect(() => shelf.transactions({ fromMs: 0, toMs: 1 })).toThrow(/a row of it cannot be read; move it away/)
  appendFileSync(notes, 'x')
})

it('says what the disk said', async () => {
  writeFileSync(join(folder, 'home'), '')
  await expect(openReportStore(path)).rejects.toMatchObject({ code: 'unwritable' })
})
