import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import { type History, historyOver } from '../resources/history.ts'
import { fakeIgHistory, type HistoryHabits, type HistoryRow, second } from './testing/fake-ig-history.ts'

const START_MS = Date.UTC(2024, 5, 14, 12)
const CLOCK = manualClock(Date.UTC(2024, 6, 1))

/** Rows in bursts: many within a second or two, some of them alike in everything that IG prints. */
const ROWS = fc
  .array(
    fc.record({
      gapMs: fc.oneof(fc.integer({ min: 0, max: 2500 }), fc.integer({ min: 0, max: 90_000 })),
      count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 })),
      stepMs: fc.constantFrom(0, 1, 40, 300),
      labels: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 20 },
  )
  .map(bursts => {
    const rows: HistoryRow[] = []
    let ms = START_MS
    for (const { gapMs, count, stepMs, labels } of bursts) {
      ms += gapMs
      for (let index = 0; index < count; index++) {
        rows.push({ ms, label: `row ${index % labels}` })
        ms += stepMs
      }
    }
    return rows
  })

const OFFSET_MS = fc.integer({ min: -12, max: 14 }).map(hours => hours * 3_600_000)

const LINK_HABITS = fc.record({
  moves: fc.constantFrom('to' as const, 'from' as const),
  isToIncluded: fc.boolean(),
  isFromIncluded: fc.boolean(),
  comparesSeconds: fc.boolean(),
  linkShiftMs: fc.constantFrom(0, -1, -1000, 1000),
  hasLinkDecimals: fc.boolean(),
  isShuffling: fc.boolean(),
  readsAheadMs: OFFSET_MS,
})

describe('activity, whatever IG does where the reference is silent', () => {
  it('has every row once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(ROWS, LINK_HABITS, fc.integer({ min: 10, max: 40 }), async (rows, habits, pageSize) => {
        const seen = await activityOf(rows, habits, { fromMs: START_MS, pageSize })
        expect(tally(seen)).toEqual(tally(rows.map(printed)))
        if (habits.moves === 'to')
          expect(seen.map(row => row.ms)).toEqual(
            seen.map(row => row.ms).sort((one, other) => Number(other) - Number(one)),
          )
      }),
    )
  })

  it('has the rows of the range alone', async () => {
    await fc.assert(
      fc.asyncProperty(ROWS, LINK_HABITS, fc.nat(60_000), fc.nat(60_000), async (rows, habits, startMs, lengthMs) => {
        const fromMs = START_MS + startMs
        const toMs = fromMs + lengthMs + 1
        const seen = await activityOf(rows, habits, { fromMs, toMs, pageSize: 10 })
        const wanted = rows.map(printed).filter(({ ms }) => ms >= second(fromMs) && ms < toMs)
        expect(tally(seen)).toEqual(tally(wanted))
      }),
    )
  })

  it('has every row once that was there, while others arrive', async () => {
    await fc.assert(
      fc.asyncProperty(ROWS, LINK_HABITS, ARRIVALS, async (rows, habits, arrivals) => {
        const later = arrivals.map(({ answer, afterMs, label }) => ({
          answer,
          row: { ms: afterLast(rows) + afterMs, label },
        }))
        const seen = await activityOf(rows, { ...habits, arrivals: later }, { fromMs: START_MS, pageSize: 10 })
        expectBetween(seen, rows, [...rows, ...later.map(({ row }) => row)])
      }),
    )
  })

  it('grows the page when a second has more rows than it holds', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({ ms: START_MS, label: `row ${index}` }))
    const older = Array.from({ length: 20 }, (_, index) => ({ ms: START_MS - 60_000, label: `old ${index}` }))
    const fake = fakeIgHistory([...rows, ...older])
    const seen = await read(
      history(fake).activity({ fromMs: START_MS - 3_600_000, pageSize: 20 }),
      row => row.description,
    )
    expect(seen).toHaveLength(80)
    expect(new Set(seen).size).toBe(80)
    expect(fake.asked.at(-1)).toContain('pageSize=500')
  })

  it('says so when a second has more rows than the largest page, and gives no short list', async () => {
    const rows = Array.from({ length: 501 }, (_, index) => ({ ms: START_MS, label: `row ${index}` }))
    const fake = fakeIgHistory([...rows, { ms: START_MS - 60_000, label: 'older' }])
    const reading = read(history(fake).activity({ fromMs: START_MS - 3_600_000 }), row => row.description)
    await expect(reading).rejects.toThrow(ProtocolError)
    await expect(reading).rejects.toMatchObject({ code: 'paging-stuck' })
  })
})

describe('transactions, while the list moves', () => {
  const NUMBER_HABITS = fc.record({
    sizeCounts: fc.constantFrom('all' as const, 'page' as const, 'nothing' as const),
    readsAheadMs: OFFSET_MS,
    isToIncluded: fc.boolean(),
    largestPage: fc.integer({ min: 3, max: 20 }),
  })

  it('has every row once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(ROWS, NUMBER_HABITS, async (rows, habits) => {
        const seen = await transactionsOf(rows, habits)
        expect(tally(seen)).toEqual(tally(rows.map(printed)))
        expect(seen.map(row => row.ms)).toEqual(
          seen.map(row => row.ms).sort((one, other) => Number(other) - Number(one)),
        )
      }),
    )
  })

  it('has every row once that was there, while others arrive anywhere in it', async () => {
    await fc.assert(
      fc.asyncProperty(ROWS, NUMBER_HABITS, ARRIVALS, fc.boolean(), async (rows, habits, arrivals, isAtTop) => {
        const later = arrivals.map(({ answer, afterMs, label }) => {
          return { answer, row: { ms: (isAtTop ? afterLast(rows) : START_MS) + afterMs, label } }
        })
        const seen = await transactionsOf(rows, { ...habits, arrivals: later })
        expectBetween(seen, rows, [...rows, ...later.map(({ row }) => row)])
      }),
    )
  })

  it('says so when the list never rests', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ ms: START_MS + index, label: `row ${index}` }))
    const arrivals = Array.from({ length: 50 }, (_, answer) => ({
      answer,
      row: { ms: START_MS + 60_000, label: `${answer}` },
    }))
    const reading = transactionsOf(rows, { largestPage: 10, arrivals })
    await expect(reading).rejects.toMatchObject({ code: 'paging-unsteady' })
  })
})

const ARRIVALS = fc.array(
  fc.record({
    answer: fc.integer({ min: 2, max: 12 }),
    afterMs: fc.oneof(fc.nat(1500), fc.nat(60_000)),
    label: fc.constantFrom('row 0', 'row 1', 'new'),
  }),
  // Each can spoil a reading and its agreement with the next; eight are made.
  { maxLength: 3 },
)

interface Printed {
  readonly ms: number | null
  readonly label: string | null
}

function history(fake: ReturnType<typeof fakeIgHistory>): History {
  return historyOver(fake, { zone: () => 'Europe/London', clock: CLOCK, accountId: () => 'XY7Q2' })
}

async function activityOf(
  rows: readonly HistoryRow[],
  habits: HistoryHabits,
  query: { readonly fromMs: number; readonly toMs?: number; readonly pageSize: number },
): Promise<readonly Printed[]> {
  const activity = history(fakeIgHistory(rows, habits)).activity(query)
  return read(activity, ({ atMs, description }) => ({ ms: atMs, label: description }))
}

async function transactionsOf(rows: readonly HistoryRow[], habits: HistoryHabits): Promise<readonly Printed[]> {
  const transactions = history(fakeIgHistory(rows, habits)).transactions({ fromMs: START_MS })
  return read(transactions, ({ closedAtMs, reference }) => ({ ms: closedAtMs, label: reference }))
}

async function read<Row, T>(rows: AsyncIterable<Row>, part: (row: Row) => T): Promise<readonly T[]> {
  const read: T[] = []
  for await (const row of rows) read.push(part(row))
  return read
}

function printed(row: HistoryRow): { readonly ms: number; readonly label: string } {
  return { ms: second(row.ms), label: row.label }
}

function afterLast(rows: readonly HistoryRow[]): number {
  return rows.reduce((last, row) => Math.max(last, row.ms), START_MS)
}

function tally(rows: readonly Printed[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { ms, label } of rows) counts[`${ms} ${label}`] = (counts[`${ms} ${label}`] ?? 0) + 1
  return counts
}

/** At least what was there at first, at most what was there at last. */
function expectBetween(seen: readonly Printed[], first: readonly HistoryRow[], last: readonly HistoryRow[]): void {
  const counts = tally(seen)
  for (const [key, count] of Object.entries(tally(first.map(printed))))
    expect(counts[key]).toBeGreaterThanOrEqual(count)
  const most = tally(last.map(printed))
  for (const [key, count] of Object.entries(counts)) expect(most[key]).toBeGreaterThanOrEqual(count)
}
