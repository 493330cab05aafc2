import { fromLocal } from '../wire-date.ts'
import { RestRefusal } from './answer.ts'
import { instant, wholeNumber } from './query-fields.ts'

export type Span = readonly [fromMs: number, toMs: number]

/** `from` and `to`, or else the last `maxSpanSeconds`, ten minutes when left out (IG Labs, REST API reference, "History"). */
export function spanOf(query: URLSearchParams, nowMs: number): Span {
  const from = instant(query, 'from')
  const to = instant(query, 'to', true) ?? Number.POSITIVE_INFINITY
  if (from !== null && from > to) throw new RestRefusal(400, 'error.request.invalid.date-range')
  return [from ?? nowMs - wholeNumber(query, 'maxSpanSeconds', 600) * 1000, to]
}

/** Two days in the account's zone, both included: `dd-MM-yyyy`, or `dd-MMM-yyyy`. */
export function daysOf(first = '', last = ''): Span {
  const span: Span = [fromLocal(dayOf(first)), fromLocal(dayOf(last)) + DAY_MS - 1]
  if (span[0] > span[1]) throw new RestRefusal(400, 'error.request.invalid.date-range')
  return span
}

/** The last so many milliseconds. */
export function periodOf(text = '', nowMs: number): Span {
  if (!/^\d{1,15}$/.test(text)) throw new RestRefusal(400, 'invalid.input')
  return [nowMs - Number(text), Number.POSITIVE_INFINITY]
}

function dayOf(text: string): number {
  const [, day = '', month = '', year = ''] = /^(\d\d)-(\d\d|[A-Za-z]{3})-(\d{4})$/.exec(text) ?? []
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.toUpperCase()) + 1
  const atMs = Date.parse(`${year}-${String(number).padStart(2, '0')}-${day}T00:00:00Z`)
  if (Number.isNaN(atMs)) throw new RestRefusal(400, 'invalid.input')
  return atMs
}

const DAY_MS = 86_400_000
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
