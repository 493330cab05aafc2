import type { CandleRequest, CandlesBetween, CandlesSince, LatestCandles } from '../candle.ts'
import { InvalidInputError } from '../errors.ts'
import { epic } from '../ids.ts'
import { RESOLUTIONS, type Resolution } from '../resolutions.ts'
import { type Call, callTo } from '../rest/call.ts'
import { ROUTES } from '../rest/routes.ts'
import { inOrder, instantMs, wholeNumberIn } from './input-guard.ts'

/** Version 3. @param pageSize 0: no paging. @throws {InvalidInputError} */
export function pageCall(request: CandleRequest, pageSize: number, pageNumber: number): Call {
  const resolution = wordFor(request.resolution)
  const range =
    request.latest === undefined
      ? { from: written(request, request.fromMs, ISO), to: writtenOrNow(request) }
      : { max: wholeNumberIn('latest', request.latest, 1, MAX_POINTS) }
  return callTo(ROUTES.prices, {
    path: { epic: epic(request.epic) },
    query: { resolution, ...range, pageSize, pageNumber },
  })
}

/** Version 2. @throws {InvalidInputError} */
export function latestCall(request: LatestCandles): Call {
  const numPoints = String(wholeNumberIn('latest', request.latest, 1, MAX_POINTS))
  const path = { epic: epic(request.epic), resolution: wordFor(request.resolution), numPoints }
  return callTo(ROUTES.latestPrices, { path })
}

/** Version 2. @throws {InvalidInputError} */
export function betweenCall(request: CandlesBetween): Call {
  const { startDate, endDate } = bounds(request, SPACED)
  const path = { epic: epic(request.epic), resolution: wordFor(request.resolution), startDate, endDate }
  return callTo(ROUTES.pricesBetween, { path })
}

/** Version 1. @throws {InvalidInputError} */
export function betweenV1Call(request: CandlesBetween): Call {
  const { startDate, endDate } = bounds(request, COLONS)
  const path = { epic: epic(request.epic), resolution: wordFor(request.resolution) }
  return callTo(ROUTES.pricesByColonDates, { path, query: { startdate: startDate, enddate: endDate } })
}

/** Neither both nor none of count and time. @throws {InvalidInputError} */
export function checkedRequest(request: CandleRequest): CandleRequest {
  const isByCount = request.latest !== undefined
  const isByTime = request.fromMs !== undefined || request.toMs !== undefined
  if (isByCount === isByTime) {
    const got = isByCount ? 'both' : 'neither'
    throw new InvalidInputError(`expected either latest or fromMs, but got ${got}; say which bars`)
  }
  return request
}

/** Our choice: what a week allows. */
const MAX_POINTS = 10_000

/** IG Labs, REST API reference, "Prices": `yyyy-MM-ddTHH:mm:ss`, `yyyy-MM-dd HH:mm:ss`, `yyyy:MM:dd-HH:mm:ss`. */
type Form = (day: string, time: string) => string
const ISO: Form = (day, time) => `${day}T${time}`
const SPACED: Form = (day, time) => `${day} ${time}`
const COLONS: Form = (day, time) => `${day.replaceAll('-', ':')}-${time}`

function bounds(request: CandlesBetween, form: Form): { readonly startDate: string; readonly endDate: string } {
  const startDate = written(request, request.fromMs, form)
  const endDate = written(request, request.toMs, form)
  inOrder(request.fromMs, request.toMs)
  return { startDate, endDate }
}

function writtenOrNow(request: CandlesSince): string | undefined {
  if (request.toMs === undefined) return undefined
  const text = written(request, request.toMs, ISO)
  inOrder(request.fromMs, request.toMs)
  return text
}

function written({ zoneOffsetHours = 0 }: CandlesSince, atMs: number, form: Form): string {
  if (!(Math.abs(zoneOffsetHours) <= 14)) {
    const got = String(zoneOffsetHours)
    throw new InvalidInputError(`expected zoneOffsetHours of -14 to 14, but got ${got}; correct it`)
  }
  const localMs = instantMs('a time', instantMs('a time', atMs) + zoneOffsetHours * 3_600_000)
  const text = new Date(localMs).toISOString()
  return form(text.slice(0, 10), text.slice(11, 19))
}

function wordFor(resolution: Resolution): string {
  if (RESOLUTIONS.includes(resolution)) return resolution.toUpperCase().replace('-', '_')
  const got = JSON.stringify(resolution) ?? 'nothing'
  throw new InvalidInputError(`expected one of ${RESOLUTIONS.join(', ')}, but got ${got}; correct the resolution`)
}
