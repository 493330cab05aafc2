import { RestRefusal } from './answer.ts'

/**
 * A whole number of a query. IG answers others with this sentence where its codes stand (seen by users of public clients).
 * @throws RestRefusal 400
 */
export function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name)
  if (text === null || text === '') return fallback
  if (!/^-?\d{1,9}$/.test(text)) throw new RestRefusal(400, `Unable to convert value=${text} to type= Integer int`)
  return Number(text)
}

export function isTrue(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === 'true'
}

/**
 * `2024-06-14T15:41:01`, read as UTC; a date alone is its first instant, or its last one for an end.
 * @returns null when the query has no such name.
 * @throws RestRefusal 400
 */
export function instant(query: URLSearchParams, name: string, isEnd = false): number | null {
  const text = query.get(name)
  if (text === null || text === '') return null
  const [, day = '', time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)Z?)?$/.exec(text) ?? []
  const atMs = Date.parse(`${day}T${time ?? (isEnd ? '23:59:59.999' : '00:00:00')}Z`)
  if (Number.isNaN(atMs)) throw new RestRefusal(400, `Unable to parse datetime=${text}`)
  return atMs
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly pageSize: number
  readonly pageNumber: number
  readonly totalPages: number
}

/** Pages of 20 from 1 unless asked otherwise; 0 is everything at once (IG Labs, REST API reference, "Prices", "History"). */
export function pageOf<T>(query: URLSearchParams, all: readonly T[]): Page<T> {
  const pageSize = wholeNumber(query, 'pageSize', 20)
  const pageNumber = Math.max(1, wholeNumber(query, 'pageNumber', 1))
  if (pageSize < 0) throw new RestRefusal(400, 'error.request.invalid.page-size')
  if (pageSize === 0) return { items: all, pageSize, pageNumber: 1, totalPages: 1 }
  const items = all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
  return { items, pageSize, pageNumber, totalPages: Math.max(1, Math.ceil(all.length / pageSize)) }
}
