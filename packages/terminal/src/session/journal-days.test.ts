import { expect, it } from 'vitest'
import {
  announced,
  clockAt,
  EVENING_MS,
  HOUR_MS,
  newFolder,
  openedJournal as open,
} from '../testing/journal-fixtures.ts'

const opening = { kind: 'day-opened', atMs: 1, equity: '1000', currency: 'EUR' } as const

it('gives the records of the whole trading day, of which a part is in the file before', () => {
  const folder = newFolder()
  const clock = clockAt()
  const journal = open(folder, clock)
  journal.append({ ...opening, day: '2026-01-05' })
  journal.append(announced('SD-1'))
  clock.wallMs = EVENING_MS + 2 * HOUR_MS
  journal.append(announced('SD-2'))
  journal.close()
  const again = open(folder, clock)
  const kinds = again.recovered.entries.map(({ record }) => record.kind)
  expect(kinds).toEqual(['file-opened', 'day-opened', 'about-to-open', 'file-opened', 'about-to-open'])
  again.append({ ...opening, day: '2026-01-06' })
  again.close()
  const next = open(folder, clock)
  expect(next.recovered.entries.map(({ record }) => record.kind)).toEqual([
    'file-opened',
    'about-to-open',
    'day-opened',
  ])
  next.close()
})
