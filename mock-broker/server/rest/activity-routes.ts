import type { ActivitiesJson, ActivitiesV1Json, ActivitiesV2Json, ActivityJson } from '@scalpdesk/wire'
import type { Activity } from '../../engine/index.ts'
import { activityJson, activityV1Json } from '../json/activity-json.ts'
import { wireDate } from '../wire-date.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { fiqlFilter } from './fiql.ts'
import { daysOf, periodOf, spanOf } from './history-span.ts'
import { instant, isTrue, pageOf, wholeNumber } from './query-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /history/activity, versions 2 and 3 (IG Labs, REST API reference, "Activity history"): newest first. */
export function listActivity(request: SignedInRequest, broker: RestBroker): Answer {
  return request.version === 2 ? listPages(request, broker) : listByLink(request, broker)
}

/**
 * Version 3: each answer names the link of the next one. It moves `to` back to the second of the first item that is left, and
 * an answer ends only between two seconds: so nothing is told twice or left out (which bound IG moves is unconfirmed).
 */
function listByLink({ login, query }: SignedInRequest, broker: RestBroker): Answer {
  const pageSize = wholeNumber(query, 'pageSize', 50)
  if (pageSize < 10 || pageSize > 500) throw new RestRefusal(400, 'error.request.invalid.page-size')
  const from = instant(query, 'from') ?? 0
  const to = instant(query, 'to', true)
  if (to !== null && from > to) throw new RestRefusal(400, 'error.request.invalid.date-range')
  const filter = query.get('filter')
  const passes = filter ? fiqlFilter(filter) : () => true
  const dealId = query.get('dealId')
  const isDetailed = isTrue(query, 'detailed')
  const found = newestFirst(login.accountId, broker, from, to ?? Number.POSITIVE_INFINITY)
    .filter(({ activity }) => dealId === null || activity.dealId === dealId)
    .map(({ activity }) => activityJson(activity, broker.state.engine.book(activity.epic)))
    .filter(passes)
  const end = pageEnd(found, pageSize)
  const rest = found[end]
  const answer: ActivitiesJson = {
    activities: found.slice(0, end).map(item => (isDetailed ? item : { ...item, details: null })),
    metadata: { paging: { size: pageSize, next: rest ? linkTo(query, rest.date) : null } },
  }
  return ok(answer)
}

function pageEnd(items: readonly ActivityJson[], pageSize: number): number {
  if (items.length <= pageSize) return items.length
  const isSplit = (at: number): boolean => items[at - 1]?.date === items[at]?.date
  let end = pageSize
  while (end > 0 && isSplit(end)) end--
  if (end > 0) return end
  end = pageSize
  while (end < items.length && isSplit(end)) end++
  return end
}

function linkTo(query: URLSearchParams, to: string): string {
  const kept = new URLSearchParams(query)
  kept.delete('version')
  kept.set('to', to)
  return `/history/activity?version=3&${kept.toString().replaceAll('%3A', ':')}`
}

/** Version 2: the last ten minutes unless asked otherwise. */
function listPages({ login, query }: SignedInRequest, broker: RestBroker): Answer {
  const [fromMs, toMs] = spanOf(query, broker.earliestMs())
  const all = newestFirst(login.accountId, broker, fromMs, toMs).map(({ activity, number }) => {
    const { time: _time, ...item } = activityV1Json(activity, broker.state.engine.book(activity.epic), number)
    return { ...item, date: wireDate.iso(activity.atMs) }
  })
  const { items, ...pageData } = pageOf(query, all)
  const answer: ActivitiesV2Json = { activities: items, metadata: { size: items.length, pageData } }
  return ok(answer)
}

/** GET /history/activity/{fromDate}/{toDate}, version 1: `dd-MM-yyyy`. */
export function listActivityOfDates(request: SignedInRequest, broker: RestBroker): Answer {
  return listOlder(request, broker, daysOf(request.parameters[0], request.parameters[1]))
}

/** GET /history/activity/{lastPeriod}, version 1: milliseconds. */
export function listActivityOfPeriod(request: SignedInRequest, broker: RestBroker): Answer {
  return listOlder(request, broker, periodOf(request.parameters[0], broker.earliestMs()))
}

function listOlder({ login }: SignedInRequest, broker: RestBroker, [fromMs, toMs]: readonly [number, number]): Answer {
  const answer: ActivitiesV1Json = {
    activities: newestFirst(login.accountId, broker, fromMs, toMs).map(({ activity, number }) =>
      activityV1Json(activity, broker.state.engine.book(activity.epic), number),
    ),
  }
  return ok(answer)
}

interface NumberedActivity {
  readonly activity: Activity
  /** Of all that is known of the account, from 1: the same whatever is asked for. */
  readonly number: number
}

/** Bounds count to the second, as the dates are told. */
function newestFirst(
  account: string,
  { state }: RestBroker,
  fromMs: number,
  toMs: number,
): readonly NumberedActivity[] {
  return state.engine.history
    .activities(account)
    .map((activity, index) => ({ activity, number: index + 1 }))
    .filter(({ activity: { atMs } }) => atMs >= fromMs && Math.floor(atMs / 1000) * 1000 <= toMs)
    .sort((a, b) => b.activity.atMs - a.activity.atMs || b.number - a.number)
}
