import { type AccountZone, UTC } from '../account-zone.ts'
import type { Activity, ActivityRecord } from '../activity.ts'
import { decodeActivity, decodeActivityRecord } from '../json/decode-activity.ts'
import { JsonNode } from '../json/json-node.ts'
import { type Call, callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import {
  type ActivityChoice,
  type ActivityDates,
  type ActivityPagedQuery,
  checkedPageSize,
  filterText,
  wholePeriod,
} from './history-query.ts'
import { type HistoryWindow, historyWindow, isInWindow, type TimeRange } from './history-window.ts'
import { type LinkedSource, linkedRows, MAX_PAGE_SIZE } from './linked-pages.ts'
import { decodeNumberedPage, numberedRows } from './numbered-pages.ts'
import { readOfSameAccount } from './same-account.ts'

export interface HistoryPorts {
  /** Of the account acted on, as it is known now. */
  zone(): AccountZone
  /** The account acted on now. */
  accountId(): string
  readonly clock: { nowMs(): number }
}

/** Version 3. The query is checked here, before the rows are asked for. @throws {InvalidInputError} */
export function readActivity(
  rest: Rest,
  ports: HistoryPorts,
  query: TimeRange & ActivityChoice,
  options: ReadOptions | undefined,
): () => AsyncGenerator<Activity, void, undefined> {
  const pageSize = checkedPageSize(query.pageSize)
  const filter = filterText(query.filter)
  historyWindow(query, ports.clock.nowMs())
  return async function* rows() {
    const window = historyWindow(query, ports.clock.nowMs())
    const dates = activityZone(query, ports)
    const read = readOfSameAccount(rest, ports)
    for await (const row of linkedRows({
      // IG's own now is later than ours by the time that the call takes.
      first: window.isOpen ? { from: window.from } : { from: window.from, to: window.to },
      pageSize,
      fixed: FIXED,
      read: (bounds, size) =>
        readLinkedPage(
          read,
          callTo(ROUTES.activity, {
            query: { ...bounds, detailed: query.isDetailed ?? false, dealId: query.dealId, filter, pageSize: size },
          }),
          options,
        ),
    })) {
      const activity = decodeActivity(row, dates)
      if (mayBeIn(activity.atMs, window)) yield activity
    }
  }
}

/** Version 2. */
export async function readActivityPaged(
  rest: Rest,
  ports: HistoryPorts,
  query: ActivityPagedQuery,
  options: ReadOptions | undefined,
): Promise<readonly ActivityRecord[]> {
  const window = query.lastSeconds === undefined ? historyWindow(query, ports.clock.nowMs()) : null
  const time =
    query.lastSeconds === undefined
      ? { from: window?.from, to: window?.to }
      : { maxSpanSeconds: wholePeriod('lastSeconds', query.lastSeconds) }
  const dates = activityZone(query, ports)
  const read = readOfSameAccount(rest, ports)
  const pages = numberedRows(async pageNumber => {
    const call = callTo(ROUTES.activityPaged, { query: { ...time, pageSize: MAX_PAGE_SIZE, pageNumber } })
    return decodeNumberedPage(await read(call, options), 'activities')
  }, MAX_PAGE_SIZE)
  const records: ActivityRecord[] = []
  for await (const row of pages) {
    const record = decodeActivityRecord(row, dates)
    if (window === null || mayBeIn(record.atMs, window)) records.push(record)
  }
  return records
}

/** Version 1, whose dates are local. */
export async function readActivityList(
  rest: Rest,
  ports: HistoryPorts,
  call: Call,
  options: ReadOptions | undefined,
): Promise<readonly ActivityRecord[]> {
  const zone = ports.zone()
  const list = new JsonNode(await rest.read(call, options), '').get('activities').list()
  return list.map(row => decodeActivityRecord(row, zone))
}

/** What a query says itself; `version` is a header. */
const FIXED: ReadonlySet<string> = new Set(['version', 'detailed', 'dealId', 'filter', 'pageSize'])

async function readLinkedPage(
  read: Rest['read'],
  call: Call,
  options: ReadOptions | undefined,
): ReturnType<LinkedSource['read']> {
  const page = new JsonNode(await read(call, options), '')
  const next = page.get('metadata').get('paging').get('next').textOrNull()
  return { rows: page.get('activities').list(), next }
}

function activityZone(query: ActivityDates, ports: HistoryPorts): AccountZone {
  return query.activityDates === 'account' ? ports.zone() : UTC
}

/** A row without a date that can be read is left in: nobody knows where it belongs, and it must not be missed. */
function mayBeIn(atMs: number | null, window: HistoryWindow): boolean {
  return atMs === null || isInWindow(atMs, window)
}
