import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { verify } from '@scalpdesk/desk/journal'
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

/** What crashes, other hands and a broken disk do to the journal. */

describe('a crash', () => {
  it('in the middle of a line loses nothing that was whole, keeps the rest beside, and says so', () => {
    const folder = newFolder()
    const first = open(folder)
    first.append(announced('SD-1'))
    first.close()
    appendFileSync(first.path, '{"v":1,"seq":3,"at":"2026')
    const second = open(folder)
    expect(second.recovered.problems).toEqual([
      'a crash cut the last line of the journal off; its 25 bytes are kept in 2026-01-05.torn-1',
    ])
    expect(readFileSync(join(folder, '2026-01-05.torn-1'), 'utf8')).toBe('{"v":1,"seq":3,"at":"2026')
    expect(kindsOf(second.path)).toEqual(['file-opened', 'about-to-open', 'torn-line'])
    expect(recordsOf(second.path)[2]).toMatchObject({ line: 3, bytes: 25, keptIn: '2026-01-05.torn-1' })
    expect(verify(linesOf(second.path), sha256)).toMatchObject({ kind: 'whole', records: 3 })
  })

  it('at any byte leaves every whole record and a journal that goes on', () => {
    const source = open(newFolder())
    source.append(announced('SD-1'))
    source.append({ kind: 'rejected', atMs: 1, id: 'SD-1', reason: 'Märkte geschlossen' })
    const bytes = readFileSync(source.path)
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      const folder = newFolder()
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, '2026-01-05.ndjson'), bytes.subarray(0, cut))
      const journal = open(folder)
      journal.append(stopped)
      expect(verify(linesOf(journal.path), sha256)).toMatchObject({ kind: 'whole' })
      const kept = readdirSync(folder)
        .filter(name => name.includes('torn'))
        .map(name => readFileSync(join(folder, name)))
      const whole = recordsOf(journal.path).filter(({ kind }) => kind === 'about-to-open' || kind === 'rejected').length
      expect(whole).toBe(
        linesOf(source.path)
          .slice(1)
          .filter(
            (_, at) =>
              Buffer.from(
                linesOf(source.path)
                  .slice(0, at + 2)
                  .join('\n'),
              ).length <= cut,
          ).length,
      )
      const isTorn = cut > 0 && bytes[cut - 1] !== 0x0a && bytes[cut] !== 0x0a && cut < bytes.length
      expect(kept).toHaveLength(isTorn ? 1 : 0)
      journal.close()
    }
  })

  it('between making a file and its first record leaves an empty file, which is begun', () => {
    const folder = newFolder()
    const first = open(folder)
    first.append(announced('SD-1'))
    first.close()
    writeFileSync(join(folder, '2026-01-06.ndjson'), '')
    const journal = open(folder, clockAt(EVENING_MS + 24 * HOUR_MS))
    expect(recordsOf(journal.path)).toMatchObject([{ kind: 'file-opened', seq: 3, before: '2026-01-05.ndjson' }])
    expect(journal.recovered.openQuestions).toHaveLength(1)
  })
})

it('a journal that was changed is gone on with, and says so at every start and once in itself', () => {
  const folder = newFolder()
  const first = open(folder)
  first.append(announced('SD-1'))
  first.append(stopped)
  first.close()
  writeFileSync(first.path, readFileSync(first.path, 'utf8').replace('"size":"1"', '"size":"9"'))
  for (let start = 0; start < 3; start++) {
    const journal = open(folder)
    expect(journal.recovered.problems).toEqual([expect.stringContaining('line 2: expected record 2 as it was written')])
    journal.close()
  }
  expect(kindsOf(first.path).filter(kind => kind === 'journal-damaged')).toHaveLength(1)
})

it.each<[string, (path: string) => void]>([
  ['the newest file', path => rmSync(path)],
  ['its last record', path => writeFileSync(path, `${linesOf(path).slice(0, -1).join('\n')}\n`)],
])('a journal that lost %s since it was closed says so, though its chain has no gap', (_what, take) => {
  const folder = newFolder()
  const first = open(folder)
  first.append(announced('SD-1'))
  first.close()
  const second = open(folder, clockAt(EVENING_MS + 24 * HOUR_MS))
  second.append(stopped)
  second.close()
  take(second.path)
  const third = open(folder, clockAt(EVENING_MS + 24 * HOUR_MS))
  expect(third.recovered.problems).toEqual([
    expect.stringMatching(/^expected the journal to end with record 4 or later, but [23] is the last one left/),
  ])
  expect(kindsOf(third.path)).toContain('journal-damaged')
})

it('a file with no record of a journal is put aside whole, and said', () => {
  const folder = newFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '2026-01-05.ndjson'), '{"at":"2026-01-05","kind":"flat"}\n')
  const journal = open(folder)
  expect(journal.recovered.problems).toEqual([expect.stringContaining('kept as 2026-01-05.put-aside-1')])
  expect(readFileSync(join(folder, '2026-01-05.put-aside-1'), 'utf8')).toContain('"flat"')
  expect(kindsOf(journal.path)).toEqual(['file-opened', 'file-put-aside'])
})

describe('entries are refused, in words that name the trouble, when the file', () => {
  it.each<[string, string, (path: string) => void]>([
    ['was deleted', 'deleted', path => rmSync(path)],
    ['was moved', 'deleted', path => renameSync(path, `${path}.old`)],
    [
      'was replaced by another',
      'changed-by-others',
      path => {
        renameSync(path, `${path}.old`)
        writeFileSync(path, readFileSync(`${path}.old`))
      },
    ],
    ['was cut off', 'changed-by-others', path => truncateSync(path, 10)],
    ['was emptied', 'changed-by-others', path => truncateSync(path, 0)],
    ['was written to by something else', 'changed-by-others', path => appendFileSync(path, 'x\n')],
  ])('%s', (_what, code, spoil) => {
    const journal = open(newFolder())
    journal.append(announced('SD-1'))
    spoil(journal.path)
    for (let again = 0; again < 2; again++)
      expect(() => journal.append(announced('SD-2'))).toThrow(
        expect.objectContaining({ code, message: expect.stringMatching(/start again/) }),
      )
  })

  it.each([
    ['ENOSPC', 'disk-full', /no room left; free some/],
    ['EDQUOT', 'disk-full', /no room left/],
    ['EROFS', 'read-only', /read-only; make it writable/],
    ['EIO', 'unwritable', /EIO.*look at the disk/],
  ])('meets %s, until that is over; what was lost meanwhile is counted', (errno, code, words) => {
    const { disk, fail } = failingDisk()
    const journal = open(newFolder(), clockAt(), { disk })
    fail(errno)
    for (let lost = 0; lost < 2; lost++)
      expect(() => journal.append(announced('SD-1'))).toThrow(
        expect.objectContaining({ code, message: expect.stringMatching(words) }),
      )
    fail(null)
    journal.append(stopped)
    expect(kindsOf(journal.path)).toEqual(['file-opened', 'records-lost', 'stopped'])
    expect(recordsOf(journal.path)[1]).toMatchObject({ records: 2 })
    expect(verify(linesOf(journal.path), sha256)).toMatchObject({ kind: 'whole' })
  })

  it('takes half a line: that half is taken back', () => {
    const { disk, fail } = failingDisk()
    const journal = open(newFolder(), clockAt(), { disk })
    fail('ENOSPC', 20)
    expect(() => journal.append(announced('SD-1'))).toThrow(/no room left/)
    expect(readFileSync(journal.path, 'utf8')).toMatch(/\n$/)
    expect(kindsOf(journal.path)).toEqual(['file-opened'])
  })

  it('cannot be flushed: never again called flushed, though all is written', () => {
    const { disk, failFlush } = failingDisk()
    const journal = open(newFolder(), clockAt(), { disk, durability: 'flushed' })
    failFlush(true)
    expect(() => journal.append(announced('SD-1'))).toThrow(expect.objectContaining({ code: 'not-flushed' }))
    failFlush(false)
    expect(() => journal.append(announced('SD-2'))).toThrow(expect.objectContaining({ code: 'not-flushed' }))
    journal.append(stopped)
    expect(kindsOf(journal.path)).toEqual(['file-opened', 'about-to-open', 'about-to-open', 'stopped'])
  })

  it('was closed', () => {
    const journal = open(newFolder())
    journal.close()
    journal.close()
    expect(() => journal.append(stopped)).toThrow(expect.objectContaining({ code: 'closed' }))
  })
})
