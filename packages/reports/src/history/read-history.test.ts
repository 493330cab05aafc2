import { type Activity, AllowanceError, ProtocolError, type Transaction, TransportError } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { BrokerActivity, BrokerTransaction } from '../day-facts.ts'
import { aBooking, anActivity } from '../testing/hand-made.ts'
import type { HistoryKind, HistoryPort, HistoryProgress, Stretch } from './history-port.ts'
import type { ReadStretch } from './missing-days.ts'
import { type HistoryShelf, readHistory } from './read-history.ts'

const DAY_MS = 86_400_000
const FIRST_MS = Date.parse('2026-01-05T00:00:00Z')
const daysOf = (count: number): readonly Stretch[] =>
  Array.from({ length: count }, (_, at) => ({ fromMs: FIRST_MS + at * DAY_MS, toMs: FIRST_MS + (at + 1) * DAY_MS }))

/** Keeps as the store does: a reading stands in the place of what it covers. */
function aShelf() {
  const kept = { transactions: new Map<string, BrokerTransaction>(), activity: new Map<string, BrokerActivity>() }
  const readings: Record<HistoryKind, ReadStretch[]> = { transactions: [], activity: [] }
  const shelf: HistoryShelf = {
    readings: kind => readings[kind],
    keepTransactions(reading, rows) {
      readings.transactions.push(reading)
      for (const [id, { closedAtMs }] of kept.transactions)
        if (closedAtMs !== null && closedAtMs >= reading.fromMs && closedAtMs < reading.toMs)
          kept.transactions.delete(id)
      for (const row of rows) kept.transactions.set(row.id, row)
    },
    keepActivities(reading, rows) {
      readings.activity.push(reading)
      for (const row of rows) kept.activity.set(row.id, row)
    },
  }
  return { shelf, kept, readings }
}

interface Broker {
  readonly rows: Transaction[]
  readonly activities: Activity[]
  /** Stretches that were asked for. */
  readonly asked: Record<HistoryKind, Stretch[]>
  readonly port: HistoryPort
  /** Runs before each row is given. */
  before: (stretch: Stretch, given: number) => void
}

function aBroker(rows: readonly Transaction[]): Broker {
  const broker: Broker = {
    rows: [...rows],
    activities: [],
    asked: { transactions: [], activity: [] },
    before: () => {},
    port: {
      async *transactions(stretch) {
        broker.asked.transactions.push(stretch)
        let given = 0
        for (const row of broker.rows) {
          broker.before(stretch, given)
          const { closedAtMs } = row
          if (closedAtMs !== null && (closedAtMs < stretch.fromMs || closedAtMs >= stretch.toMs)) continue
          given++
          yield row
        }
      },
      async *activity(stretch) {
        broker.asked.activity.push(stretch)
        yield* broker.activities.filter(({ atMs }) => atMs !== null && atMs >= stretch.fromMs && atMs < stretch.toMs)
      },
    },
  }
  return broker
}

const booked = (atMs: number, changes: Partial<Transaction> = {}): Transaction => ({
  ...aBooking('00:00:00', '-1.00'),
  closedAtMs: atMs,
  date: new Date(atMs).toISOString().slice(0, 10),
  ...changes,
})

function read(broker: Broker, days: readonly Stretch[], on = aShelf(), nowMs = FIRST_MS + 1_000 * DAY_MS) {
  const told: HistoryProgress[] = []
  const pauses: number[] = []
  const ports = {
    clock: { nowMs: () => nowMs },
    pause: async (ms: number) => void pauses.push(ms),
    onProgress: (progress: HistoryProgress) => void told.push(progress),
  }
  return { ...on, told, pauses, over: readHistory(broker.port, days, on.shelf, ports) }
}

it('reads quiet weeks in a few calls, each day once, and says how far it is', async () => {
  const broker = aBroker(daysOf(365).map(({ fromMs }) => booked(fromMs + 3_600_000)))
  const { kept, told, over } = read(broker, daysOf(365))
  await over
  expect(kept.transactions.size).toBe(365)
  expect(broker.asked.transactions.length).toBeLessThan(9)
  expect(broker.asked.transactions.map(({ fromMs }) => fromMs)).toEqual([
    FIRST_MS,
    ...broker.asked.transactions.slice(0, -1).map(({ toMs }) => toMs),
  ])
  expect(told.filter(({ kind }) => kind === 'transactions').at(-1)).toEqual({
    kind: 'transactions',
    rows: 365,
    daysDone: 365,
    days: 365,
  })
})

it('tells two alike rows of one second from a row that is read again', async () => {
  const alike = booked(FIRST_MS + 5_000)
  const broker = aBroker([alike, alike, booked(FIRST_MS + 6_000)])
  const today = FIRST_MS + 7_200_000
  const first = read(broker, daysOf(1), aShelf(), today)
  await first.over
  broker.rows.push(booked(FIRST_MS + 8_000))
  await read(broker, daysOf(1), first, today + 60_000).over
  expect([...first.kept.transactions.keys()].filter(id => id.endsWith('~2'))).toHaveLength(1)
  expect(first.kept.transactions.size).toBe(4)
})

it('goes on behind what was kept when it was interrupted', async () => {
  const rows = daysOf(60).flatMap(({ fromMs }) => Array.from({ length: 100 }, (_, at) => booked(fromMs + at * 1_000)))
  const broker = aBroker(rows)
  const on = aShelf()
  let calls = 0
  broker.before = (_stretch, given) => {
    if (given === 0 && calls++ > 7_000 * 3) throw new TransportError('aborted', 'interrupted')
  }
  await expect(read(broker, daysOf(60), on).over).rejects.toThrow('interrupted')
  const keptUntilMs = Math.max(...on.readings.transactions.map(({ toMs }) => toMs))
  expect(keptUntilMs).toBeGreaterThan(FIRST_MS)
  broker.before = () => {}
  broker.asked.transactions.length = 0
  await read(broker, daysOf(60), on).over
  expect(broker.asked.transactions[0]?.fromMs).toBe(keptUntilMs)
  expect(on.kept.transactions.size).toBe(6_000)
})

it('parts a list that does not come to rest, down to hours, and takes a row without a time once', async () => {
  const undated = booked(FIRST_MS, { closedAtMs: null, reference: 'UNDATED' })
  const broker = aBroker([undated, ...Array.from({ length: 24 }, (_, at) => booked(FIRST_MS + at * 3_600_000 + 5_000))])
  broker.before = ({ fromMs, toMs }) => {
    if (toMs - fromMs > 2 * 3_600_000) throw new ProtocolError('paging-unsteady', 'expected a list that rests')
  }
  const { kept, readings, over } = read(broker, daysOf(1))
  await over
  expect(kept.transactions.size).toBe(25)
  expect(readings.transactions).toMatchObject([{ fromMs: FIRST_MS, toMs: FIRST_MS + DAY_MS }])
})

it('gives up on a list that does not rest even within an hour', async () => {
  const broker = aBroker([booked(FIRST_MS + 1)])
  broker.before = () => {
    throw new ProtocolError('paging-unsteady', 'expected a list that rests')
  }
  await expect(read(broker, daysOf(3)).over).rejects.toMatchObject({ code: 'paging-unsteady' })
})

it.each([
  ['the network failed', new TransportError('timeout', 'no answer'), [1_000, 2_000, 4_000]],
  [
    'the allowance is used up',
    new AllowanceError('allowance-wait', { method: 'GET', path: '/history' }),
    [20_000, 20_000, 20_000],
  ],
])('tries again after pauses where %s, and not for ever', async (_why, error, paused) => {
  const broker = aBroker([booked(FIRST_MS + 1_000)])
  let failures = 3
  broker.before = () => {
    if (failures-- > 0) throw error
  }
  const { kept, pauses, over } = read(broker, daysOf(1))
  await over
  expect([kept.transactions.size, pauses]).toEqual([1, paused])
  failures = 99
  await expect(read(broker, daysOf(1)).over).rejects.toBe(error)
})

it('reads a day again until a day after its end, and never one that has not begun', async () => {
  const broker = aBroker([])
  const on = aShelf()
  const noon = FIRST_MS + 2 * DAY_MS + DAY_MS / 2
  const days = daysOf(5)
  await read(broker, days, on, noon).over
  expect(broker.asked.activity).toEqual([{ isDetailed: true, fromMs: FIRST_MS, toMs: FIRST_MS + 3 * DAY_MS }])
  broker.asked.activity.length = 0
  await read(broker, days, on, noon + 60_000).over
  // The first was over for more than a day when it was read.
  expect(broker.asked.activity).toMatchObject([{ fromMs: FIRST_MS + DAY_MS, toMs: FIRST_MS + 3 * DAY_MS }])
})

it('reads activity as transactions, with its details', async () => {
  const broker = aBroker([])
  broker.activities.push(
    anActivity({ time: '10:00:00', did: 'position-opened', deal: 'DIAAAA1', level: '24500', side: 'BUY' }),
  )
  const { over, kept } = read(broker, daysOf(1))
  await over
  expect([...kept.activity.values()].map(({ details }) => details?.level?.toFixed())).toEqual(['24500'])
})
