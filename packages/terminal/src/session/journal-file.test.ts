import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JournalRecord, verify } from '@scalpdesk/desk/journal'
import { describe, expect, it } from 'vitest'
import {
  announced,
  clockAt,
  EVENING_MS,
  failingDisk,
  HOUR_MS,
  kindsOf,
  linesOf,
  newFolder,
  openedJournal as open,
  recordsOf,
  stopped,
} from '../testing/journal-fixtures.ts'
import { sha256 } from './journal-digest.ts'
import { type Disk, systemDisk } from './journal-disk.ts'
import { journalFolder } from './journal-folder.ts'

describe('a record', () => {
  it('is one line of JSON with its wall time, its number and its hash, in the file of the day', () => {
    const journal = open(newFolder())
    journal.append({ kind: 'flatten', atMs: 12.5, positions: 1 })
    const [, line] = recordsOf(journal.path)
    expect(line).toMatchObject({
      v: 1,
      seq: 2,
      at: '2026-01-05T22:30:00.000Z',
      kind: 'flatten',
      atMs: 12.5,
      positions: 1,
    })
    expect(journal.path).toMatch(/journal\/mock\/ABC12\/2026-01-05\.ndjson$/)
    expect(verify(linesOf(journal.path), sha256)).toMatchObject({ kind: 'whole', records: 2 })
  })

  it('may be appended, and the journal be closed, by whoever was handed just that', () => {
    const folder = newFolder()
    const { append, close, path } = open(folder)
    append(stopped)
    close()
    expect(kindsOf(path)).toEqual(['file-opened', 'stopped'])
    open(folder).close()
  })

  it('can be read as soon as append has returned, while the file is being written', () => {
    const journal = open(newFolder())
    for (let count = 1; count <= 3; count++) {
      journal.append(announced(`SD-${count}`))
      expect(linesOf(journal.path)).toHaveLength(count + 1)
    }
  })

  it('is rehearsed without a trace', () => {
    const journal = open(newFolder())
    const before = linesOf(journal.path)
    journal.rehearse(announced('SD-1'))
    expect(linesOf(journal.path)).toEqual(before)
    journal.append(announced('SD-2'))
    expect(verify(linesOf(journal.path), sha256)).toMatchObject({ kind: 'whole', records: 2 })
    journal.close()
    expect(() => journal.rehearse(announced('SD-3'))).not.toThrow()
  })

  it('and its folder are its owner’s only, also where they were open before', () => {
    const folder = newFolder()
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    writeFileSync(join(folder, '2026-01-05.ndjson'), '', { mode: 0o644 })
    const { path } = open(folder)
    expect([statSync(path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700])
  })
})

it.each(['../up', 'a/b', '', '..', 'x'.repeat(65)])('has no folder for the account %j', account => {
  expect(() => journalFolder('/home', 'demo', account)).toThrow(/expected an account id/)
})

describe('a later session', () => {
  it('goes on in the chain where the one before ended, and knows what that left open', () => {
    const folder = newFolder()
    const first = open(folder)
    first.append(announced('SD-1'))
    first.close()
    const second = open(folder)
    second.append(stopped)
    expect(verify(linesOf(second.path), sha256)).toMatchObject({ kind: 'whole', records: 3 })
    expect(second.recovered).toMatchObject({
      openQuestions: [{ announcement: { id: 'SD-1' }, stage: 'announced' }],
      references: ['SD-1'],
      head: { seq: 2 },
      problems: [],
    })
  })

  it('of another day begins a file that carries over what is open and follows the last record of the one before', () => {
    const folder = newFolder()
    const first = open(folder)
    first.append(announced('SD-1'))
    first.close()
    const second = open(folder, clockAt(EVENING_MS + 48 * HOUR_MS))
    expect(second.path).toMatch(/2026-01-07\.ndjson$/)
    expect(recordsOf(second.path)).toMatchObject([
      { kind: 'file-opened', seq: 3, day: '2026-01-07', zone: 'Europe/Paris', before: '2026-01-05.ndjson' },
    ])
    second.close()
    const { openQuestions } = open(folder, clockAt(EVENING_MS + 72 * HOUR_MS)).recovered
    expect(openQuestions.map(({ announcement }) => announcement.id)).toEqual(['SD-1'])
  })

  it('does not go back when the clock did: records follow their chain', () => {
    const folder = newFolder()
    const first = open(folder)
    first.append(announced('SD-1'))
    first.close()
    const second = open(folder, clockAt(EVENING_MS - 48 * HOUR_MS))
    second.append(stopped)
    expect(readdirSync(folder).filter(name => name.endsWith('.ndjson'))).toEqual(['2026-01-05.ndjson'])
    expect(verify(linesOf(second.path), sha256)).toMatchObject({ kind: 'whole', records: 3 })
  })
})

describe('midnight in the account’s zone', () => {
  it('begins the next file, in one chain with the last, and an order in flight goes along', () => {
    const clock = clockAt()
    const journal = open(newFolder(), clock)
    const before = journal.path
    journal.append(announced('SD-1'))
    // 23:59:59.999 in Paris, then midnight.
    clock.wallMs = Date.UTC(2026, 0, 5, 22, 59, 59, 999)
    journal.append(announced('SD-2'))
    expect(journal.path).toBe(before)
    clock.wallMs += 1
    journal.append(stopped)
    expect(journal.path).toMatch(/2026-01-06\.ndjson$/)
    expect(kindsOf(before)).toEqual(['file-opened', 'about-to-open', 'about-to-open'])
    expect(kindsOf(journal.path)).toEqual(['file-opened', 'stopped'])
    const first = verify(linesOf(before), sha256)
    if (first.kind !== 'whole') throw new Error(first.fault.words)
    expect(verify(linesOf(journal.path), sha256, first.head)).toMatchObject({ kind: 'whole', records: 2 })
    const [opening] = recordsOf(journal.path)
    expect(opening.carried.openQuestions.map((question: { reference: string }) => question.reference)).toEqual([
      'SD-1',
      'SD-2',
    ])
  })

  it('comes when it does there, also on the days when clocks change', () => {
    const clock = clockAt(Date.UTC(2026, 2, 28, 22, 59))
    const journal = open(newFolder(), clock)
    const days: string[] = []
    for (let hours = 0; hours < 48; hours++) {
      journal.append(stopped)
      days.push(`${new Date(clock.wallMs).toISOString().slice(8, 16)} ${journal.path.slice(-17, -7)}`)
      clock.wallMs += HOUR_MS
    }
    // Midnight of the 29th is 23:00 UTC, that of the 30th 22:00 UTC.
    expect(days.filter((day, at) => day.slice(9) !== days[at - 1]?.slice(9))).toEqual([
      '28T22:59 2026-03-28',
      '28T23:59 2026-03-29',
      '29T22:59 2026-03-30',
    ])
  })

  it('is tried again with the next record when the new file cannot be begun, without losing the chain', () => {
    const clock = clockAt()
    const { disk, fail } = failingDisk()
    const journal = open(newFolder(), clock, { disk })
    const before = journal.path
    journal.append(announced('SD-1'))
    clock.wallMs += 2 * HOUR_MS
    fail('ENOSPC')
    expect(() => journal.append(stopped)).toThrow(/no room left/)
    fail(null)
    journal.append(stopped)
    const first = verify(linesOf(before), sha256)
    if (first.kind !== 'whole') throw new Error(first.fault.words)
    expect(verify(linesOf(journal.path), sha256, first.head)).toMatchObject({ kind: 'whole' })
    expect(kindsOf(journal.path)).toEqual(['file-opened', 'records-lost', 'stopped'])
  })
})

describe('durability', () => {
  const closing: JournalRecord = {
    kind: 'about-to-close',
    atMs: 1,
    id: 'SD-2.1',
    dealId: 'DI1',
    epic: 'CS.D.EURUSD.CFD.IP',
    direction: 'SELL',
    size: '1',
    heldSize: '1',
  }
  const fact = (kind: string): JournalRecord => ({ kind: 'guard', atMs: 1, fact: { kind } })

  it.each([
    ['written', ['locked', 'limits']],
    ['flushed', ['about-to-open', 'about-to-close', 'locked', 'limits']],
  ] as const)('%s: on the disk before append returns are %j', (durability, kinds) => {
    let flushes = 0
    const flush: Disk['flush'] = file => {
      flushes++
      systemDisk.flush(file)
    }
    const journal = open(newFolder(), clockAt(), { durability, disk: { ...systemDisk, flush } })
    const records = [announced('SD-1'), closing, fact('locked'), fact('limits'), fact('entry-sent'), stopped]
    const forced = records.filter(record => {
      const before = flushes
      journal.append(record)
      return flushes > before
    })
    expect(forced.map(record => (record.kind === 'guard' ? record.fact.kind : record.kind))).toEqual(kinds)
  })

  it('written: the disk has the rest soon after, in one go for all that came meanwhile', async () => {
    const under: (() => void)[] = []
    const flushBehind: Disk['flushBehind'] = (_file, done) => under.push(() => done(null))
    const journal = open(newFolder(), clockAt(), { disk: { ...systemDisk, flushBehind, afterwards: work => work() } })
    expect(under).toHaveLength(1)
    for (let count = 0; count < 5; count++) journal.append(announced(`SD-${count}`))
    expect(under).toHaveLength(1)
    under[0]?.()
    expect(under).toHaveLength(2)
    under[1]?.()
    expect(under).toHaveLength(2)
    journal.append(stopped)
    expect(under).toHaveLength(3)
  })

  it('written: a flush that fails behind refuses the orders that come after, and writes them down all the same', async () => {
    let cause: Error | null = null
    const flushBehind: Disk['flushBehind'] = (_file, done) => done(cause)
    const journal = open(newFolder(), clockAt(), { disk: { ...systemDisk, flushBehind, afterwards: work => work() } })
    cause = new Error('EIO: i/o error')
    const refused = expect.objectContaining({ code: 'not-flushed', message: expect.stringMatching(/EIO.*start again/) })
    expect(() => journal.append(announced('SD-1'))).toThrow(refused)
    expect(() => journal.append(closing)).toThrow(refused)
    journal.append(stopped)
    journal.close()
    expect(kindsOf(journal.path)).toEqual(['file-opened', 'about-to-open', 'about-to-close', 'stopped'])
  })
})
