import { ProtocolError } from '../errors.ts'
import { formatIso, parseIsoUtc } from '../json/ig-dates.ts'
import type { JsonNode } from '../json/json-node.ts'
import { RowCounts, rowKey } from './row-counts.ts'

/**
 * One page of version 3. Source: IG Labs, REST API reference, "Accounts", GET /history/activity version 3,
 * `metadata.paging`.
 */
export interface LinkedPage {
  readonly rows: readonly JsonNode[]
  /** A relative link to the next page; `null` at the end. */
  readonly next: string | null
}

/** The part of a query that leads from page to page: `from`, `to`, and what else IG may put into a link. */
export type PageBounds = Readonly<Record<string, string>>

export interface LinkedSource {
  readonly first: PageBounds
  readonly pageSize: number
  /** Parameters of the query that stay as they are; those of a link are not looked at. */
  readonly fixed: ReadonlySet<string>
  read(bounds: PageBounds, pageSize: number): Promise<LinkedPage>
}

/** Source: IG Labs, REST API reference, "Accounts", GET /history/activity version 3, `pageSize`. */
export const MAX_PAGE_SIZE = 500

/**
 * All rows of a list whose pages lead from one to the next by a link, each once.
 *
 * The link moves `to` back to about the last row of the page. Dates have whole seconds, and it is not written whether
 * a bound belongs to the window: rows of the second in which a page ends could come twice, or never. So the bound
 * that moved is moved back by {@link OVERLAP_MS}, and the rows that come again are counted off. A page that shows
 * nothing new is asked for once more at the largest size.
 * @throws {ProtocolError} `paging-stuck` when the links lead no further: the list is never cut short in silence
 */
export async function* linkedRows(source: LinkedSource): AsyncGenerator<JsonNode, void, undefined> {
  const counts = new RowCounts()
  const asked = new Set<string>()
  let { first: bounds, pageSize } = source
  let pagesWithoutNews = 0
  for (;;) {
    asked.add(askedKey(bounds, pageSize))
    const { rows, next } = await source.read(bounds, pageSize)
    const news = counts.reading()(rows)
    yield* news
    if (next === null) return
    forgetFarRows(counts, rows)
    pagesWithoutNews = news.length > 0 ? 0 : pagesWithoutNews + 1
    const linked = linkBounds(next, source.fixed)
    const overlapping = overlap(linked, bounds)
    const isRepeat = rows.length > 0 && news.length === 0
    if (!isRepeat && pagesWithoutNews < MAX_PAGES_WITHOUT_NEWS && !asked.has(askedKey(overlapping, pageSize))) {
      bounds = overlapping
    } else if (pageSize < MAX_PAGE_SIZE) {
      pageSize = MAX_PAGE_SIZE
    } else if (isRepeat && rows.length < pageSize && !asked.has(askedKey(linked, pageSize))) {
      // All there is in the overlap was seen: the link alone leads on, and can skip nothing.
      bounds = linked
    } else {
      throw stuck(rows.length)
    }
  }
}

/** Covers a bound that lies a second before the last row, and the whole second of that row. */
const OVERLAP_MS = 2000

/** Rows farther from a page than this cannot come again; well beyond the overlap. Our choice. */
const FAR_MS = 60_000

/** Our choice: a filter may leave pages empty, but not so many. */
const MAX_PAGES_WITHOUT_NEWS = 100

function stuck(rowCount: number): ProtocolError {
  const text = `expected the link to the next page to lead on, but it led to ${rowCount} rows that were read before; ask for a shorter time`
  return new ProtocolError('paging-stuck', text)
}

function askedKey(bounds: PageBounds, pageSize: number): string {
  return JSON.stringify([pageSize, Object.entries(bounds).sort(([one], [other]) => (one < other ? -1 : 1))])
}

/**
 * What a link says, as it stands, without what is the same for all pages. Only the query is used: a link cannot lead
 * elsewhere.
 */
function linkBounds(link: string, fixed: ReadonlySet<string>): PageBounds {
  const query = link.includes('?') ? link.slice(link.indexOf('?') + 1) : ''
  const pairs = query.split('&').map(pair => {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? []
    return [decode(name), decode(value)] as const
  })
  return Object.fromEntries(pairs.filter(([name]) => name !== '' && !fixed.has(name)))
}

/** A plus is a plus, as in `+01:00`. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function overlap(linked: PageBounds, before: PageBounds): PageBounds {
  return {
    ...linked,
    ...moved('to', linked, before, OVERLAP_MS),
    ...moved('from', linked, before, -OVERLAP_MS),
  }
}

/** The bound with the overlap, where the link moved it. */
function moved(name: 'from' | 'to', linked: PageBounds, before: PageBounds, byMs: number): PageBounds {
  const text = linked[name]
  if (text === undefined) return {}
  const bound = secondOf(text)
  // In a form that we do not know: as it stands.
  if (bound === null) return {}
  if (bound.ms === secondOf(before[name] ?? '')?.ms) return { [name]: before[name] ?? text }
  return { [name]: bound.isEpoch ? String(bound.ms + byMs) : `${formatIso(bound.ms + byMs)}${bound.zone}` }
}

interface Second {
  readonly ms: number
  readonly isEpoch: boolean
  /** What followed the seconds, such as `Z`. */
  readonly zone: string
}

/**
 * The whole second that a bound lies in. A date that IG writes with more characters keeps its zone and loses its
 * decimals.
 */
function secondOf(text: string): Second | null {
  if (/^\d{13}$/.test(text)) return { ms: Math.floor(Number(text) / 1000) * 1000, isEpoch: true, zone: '' }
  const [, front = '', zone = ''] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(.*)$/.exec(text) ?? []
  const ms = parseIsoUtc(front)
  return ms === null ? null : { ms, isEpoch: false, zone }
}

/** Only rows next to the page can come again, because the bounds move one way. */
function forgetFarRows(counts: RowCounts, rows: readonly JsonNode[]): void {
  const times = rows.map(row => rowMs(row.value)).filter(ms => ms !== null)
  if (times.length === 0) return
  const first = times.reduce((one, other) => Math.min(one, other)) - FAR_MS
  const last = times.reduce((one, other) => Math.max(one, other)) + FAR_MS
  const shown = new Set(rows.map(rowKey))
  counts.forgetAllBut(key => {
    if (shown.has(key)) return true
    const ms = rowMs(JSON.parse(key))
    return ms === null || (ms >= first && ms <= last)
  })
}

/** In whatever zone: all rows of a list are in the same. */
function rowMs(row: unknown): number | null {
  if (typeof row !== 'object' || row === null || !('date' in row)) return null
  return typeof row.date === 'string' ? parseIsoUtc(row.date) : null
}
