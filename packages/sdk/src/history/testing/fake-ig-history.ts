import type { Call } from '../../rest/call.ts'
import type { Rest } from '../../rest/rest.ts'

/** A row with its true instant; the date that IG prints of it has whole seconds. */
export interface HistoryRow {
  readonly ms: number
  readonly label: string
}

/** What the reference leaves open, and what may go on meanwhile. */
export interface HistoryHabits {
  /** The bound that a link moves; with `from` the oldest rows come first, newest first on each page. */
  readonly moves?: 'to' | 'from'
  readonly isToIncluded?: boolean
  readonly isFromIncluded?: boolean
  /** Compares bounds with the second that a row is printed with, or with its true instant. */
  readonly comparesSeconds?: boolean
  /** Added to the date of the page's last row to make the bound of the link. */
  readonly linkShiftMs?: number
  /** The link writes decimals of a second. */
  readonly hasLinkDecimals?: boolean
  /** The order of rows of one second changes from answer to answer. */
  readonly isShuffling?: boolean
  /** Version 2: what `metadata.size` counts. */
  readonly sizeCounts?: 'all' | 'page' | 'nothing'
  /** Version 2: a page is never larger, whatever was asked for. */
  readonly largestPage?: number
  /** What IG adds to UTC to get the times in which it reads `from` and `to`. */
  readonly readsAheadMs?: number
  /** Rows that are there from the answer with this number on; the first answer has number 1. */
  readonly arrivals?: readonly { readonly answer: number; readonly row: HistoryRow }[]
}

export interface FakeIgHistory extends Rest {
  readonly asked: readonly string[]
}

/** Serves GET /history/activity version 3 and GET /history/transactions version 2, newest rows first. */
export function fakeIgHistory(rows: readonly HistoryRow[], habits: HistoryHabits = {}): FakeIgHistory {
  const asked: string[] = []
  function answer(call: Call): unknown {
    asked.push(call.path)
    const there = [
      ...rows,
      ...(habits.arrivals ?? []).filter(({ answer }) => answer <= asked.length).map(({ row }) => row),
    ]
    const query = new Map(new URLSearchParams(call.path.slice(call.path.indexOf('?'))))
    const inside = there.filter(row => isInside(row, query, habits)).sort(newestFirst(habits, asked.length))
    return call.path.startsWith('/history/activity')
      ? linkedAnswer(inside, query, habits)
      : numberedAnswer(inside, query, habits)
  }
  const unexpected = async () => Promise.reject(new Error('history is only read'))
  return { asked, read: async call => answer(call), write: unexpected, answer: unexpected }
}

export function second(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}

function isInside(row: HistoryRow, query: ReadonlyMap<string, string>, habits: HistoryHabits): boolean {
  const at = habits.comparesSeconds === true ? second(row.ms) : row.ms
  const from = bound(query.get('from'), habits) ?? 0
  const to = bound(query.get('to'), habits) ?? Number.MAX_SAFE_INTEGER
  return (
    (habits.isFromIncluded === false ? at > from : at >= from) && (habits.isToIncluded === false ? at < to : at <= to)
  )
}

function bound(text: string | undefined, habits: HistoryHabits): number | null {
  return text === undefined ? null : Date.parse(`${text}Z`) - (habits.readsAheadMs ?? 0)
}

function newestFirst(habits: HistoryHabits, answer: number): (one: HistoryRow, other: HistoryRow) => number {
  const turn = habits.isShuffling === true && answer % 2 === 0 ? -1 : 1
  return (one, other) =>
    second(other.ms) - second(one.ms) || turn * (other.ms - one.ms || (one.label < other.label ? -1 : 1))
}

function linkedAnswer(
  inside: readonly HistoryRow[],
  query: ReadonlyMap<string, string>,
  habits: HistoryHabits,
): unknown {
  const size = Number(query.get('pageSize'))
  const isBackwards = habits.moves !== 'from'
  const page = isBackwards ? inside.slice(0, size) : inside.slice(-size)
  const edge = isBackwards ? page.at(-1) : page[0]
  const isMore = page.length < inside.length && edge !== undefined
  return {
    activities: page.map(row => ({
      date: new Date(row.ms).toISOString().slice(0, 19),
      epic: 'CS.D.EURUSD.MINI.IP',
      description: row.label,
    })),
    metadata: { paging: { size: page.length, next: isMore ? link(edge, query, habits) : null } },
  }
}

function link(edge: HistoryRow, query: ReadonlyMap<string, string>, habits: HistoryHabits): string {
  const shift = habits.linkShiftMs ?? 0
  const moved = (habits.hasLinkDecimals === true ? edge.ms : second(edge.ms)) + (habits.readsAheadMs ?? 0)
  const isBackwards = habits.moves !== 'from'
  const iso = new Date(isBackwards ? moved + shift : moved - shift).toISOString()
  const edgeText = habits.hasLinkDecimals === true || shift % 1000 !== 0 ? iso.slice(0, 23) : iso.slice(0, 19)
  const from = isBackwards ? query.get('from') : edgeText
  const to = isBackwards ? edgeText : (query.get('to') ?? '2100-01-01T00:00:00')
  return `/history/activity?version=3&from=${from}&to=${to}&detailed=true&pageSize=${query.get('pageSize')}`
}

function numberedAnswer(
  inside: readonly HistoryRow[],
  query: ReadonlyMap<string, string>,
  habits: HistoryHabits,
): unknown {
  const pageSize = Math.min(Number(query.get('pageSize')), habits.largestPage ?? 500)
  const pageNumber = Number(query.get('pageNumber'))
  const page = inside.slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
  const sizes = { all: inside.length, page: page.length, nothing: null }
  return {
    transactions: page.map(row => transactionJson(row)),
    metadata: {
      size: sizes[habits.sizeCounts ?? 'all'],
      pageData: { pageSize, pageNumber, totalPages: Math.ceil(inside.length / pageSize) },
    },
  }
}

function transactionJson(row: HistoryRow): unknown {
  const stamp = new Date(row.ms).toISOString()
  return {
    date: stamp.slice(0, 10),
    dateUtc: stamp.slice(0, 19),
    openDateUtc: stamp.slice(0, 19),
    instrumentName: 'EUR/USD Mini',
    period: '-',
    profitAndLoss: '£1.00',
    transactionType: 'TRADE',
    reference: row.label,
    openLevel: '1.0842',
    closeLevel: '1.0843',
    size: '+1',
    currency: '£',
    cashTransaction: false,
  }
}
