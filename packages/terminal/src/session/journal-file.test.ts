import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openJournal } from './journal-file.ts'

const clock = { nowMs: () => new Date(2026, 0, 5, 9, 0, 0).getTime() }
const folder = () => join(mkdtempSync(join(tmpdir(), 'journal-')), 'journal', 'mock')

it('appends one line of JSON a record, stamped with the wall time, to a file named after the local day', () => {
  const journal = openJournal(folder(), clock)
  journal.append({ kind: 'flatten', atMs: 12.5, positions: 1 })
  journal.append({ kind: 'flat', atMs: 80 })
  const lines = readFileSync(journal.path, 'utf8').trimEnd().split('\n')
  const at = new Date(clock.nowMs()).toISOString()
  expect(lines.map(line => JSON.parse(line))).toEqual([
    { at, kind: 'flatten', atMs: 12.5, positions: 1 },
    { at, kind: 'flat', atMs: 80 },
  ])
  expect(journal.path).toMatch(/2026-01-05\.ndjson$/)
})

it('goes on where an earlier session of the day ended', () => {
  const place = folder()
  for (const positions of [1, 2]) {
    const journal = openJournal(place, clock)
    journal.append({ kind: 'flatten', atMs: 0, positions })
    journal.close()
  }
  const { path } = openJournal(place, clock)
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2)
})

it('is readable by its owner only', () => {
  expect(statSync(openJournal(folder(), clock).path).mode & 0o077).toBe(0)
})

it('throws when a record cannot be written, so that an entry is not sent', () => {
  const journal = openJournal(folder(), clock)
  journal.close()
  expect(() => journal.append({ kind: 'flat', atMs: 0 })).toThrow()
})
