import type { Candle, CandleRequest } from '../candle.ts'
import { ProtocolError } from '../errors.ts'
import type { Resolution } from '../resolutions.ts'
import { ROUTES } from '../rest/routes.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Those longer than any difference between two zones tell nothing about one. */
const LENGTHS_MS: Partial<Readonly<Record<Resolution, number>>> = {
  second: 1_000,
  minute: MINUTE_MS,
  'minute-2': 2 * MINUTE_MS,
  'minute-3': 3 * MINUTE_MS,
  'minute-5': 5 * MINUTE_MS,
  'minute-10': 10 * MINUTE_MS,
  'minute-15': 15 * MINUTE_MS,
  'minute-30': 30 * MINUTE_MS,
  hour: HOUR_MS,
  'hour-2': 2 * HOUR_MS,
  'hour-3': 3 * HOUR_MS,
  'hour-4': 4 * HOUR_MS,
}

/**
 * IG does not publish in which zone it reads a range; a bar outside of it gives the zone away. Bars of another hour must not pass for
 * those that were asked for.
 * @throws {ProtocolError} with the code `other-zone`.
 */
export function checkZone(request: CandleRequest, candles: readonly Candle[]): void {
  const lengthMs = LENGTHS_MS[request.resolution]
  if (request.latest !== undefined || lengthMs === undefined) return
  const { fromMs, toMs } = request
  for (const { atMs } of candles) {
    if (atMs === null || (atMs + lengthMs > fromMs && (toMs === undefined || atMs <= toMs))) continue
    const asked = `${iso(fromMs)} to ${toMs === undefined ? 'now' : iso(toMs)}`
    const text = `expected bars of ${asked}, but got one of ${iso(atMs)}: IG reads times of this account in another zone; give zoneOffsetHours, the account's hours from UTC then`
    throw new ProtocolError('other-zone', text, { request: { method: ROUTES.prices.method, path: ROUTES.prices.path } })
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
