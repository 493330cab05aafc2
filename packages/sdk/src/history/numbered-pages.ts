import { ProtocolError } from '../errors.ts'
import { JsonNode } from '../json/json-node.ts'
import { RowCounts, rowKey } from './row-counts.ts'

/**
 * One page of version 2. Source: IG Labs, REST API reference, "Accounts", `metadata` of activity and transactions
 * version 2.
 */
export interface NumberedPage {
  readonly rows: readonly JsonNode[]
  /** `null` where IG does not say; so for the others. */
  readonly size: number | null
  readonly pageSize: number | null
  readonly totalPages: number | null
}

/**
 * All rows of a list that is read by page numbers, each once, although the list may move meanwhile: a row that IG
 * adds pushes the others from one page to the next.
 *
 * One answer is of one moment, so the first page is given out at once. A further page is given out when it is certain
 * that the list is still the one of the first page: by `size`, where that counts the whole list, else by reading the
 * whole list twice. When the list has moved it is read again from the start, and what had been given out is left out,
 * counted row by row.
 * @param read reads a page; the first is 1
 * @throws {ProtocolError} `paging-unsteady` when the list never rests, `paging-endless` when it never ends
 */
export async function* numberedRows(
  read: (pageNumber: number) => Promise<NumberedPage>,
  askedPageSize: number,
): AsyncGenerator<JsonNode, void, undefined> {
  const counts = new RowCounts()
  let before: readonly JsonNode[] | null = null
  for (let reading = 1; reading <= MAX_READINGS; reading++) {
    const outcome: Reading = yield* readOnce(read, askedPageSize, counts.reading())
    if (outcome.kind === 'whole') return
    if (outcome.kind === 'unproven') {
      if (before !== null && isSame(before, outcome.rows)) return yield* counts.reading()(outcome.rows)
      before = outcome.rows
    }
  }
  const text = `expected a list that rests while it is read, but it changed during each of ${MAX_READINGS} readings; ask for a shorter time`
  throw new ProtocolError('paging-unsteady', text)
}

/** Our choice: IG adds a row in the second of a deal, and a reading takes a second or two. */
const MAX_READINGS = 8

/** Our choice: a million rows. */
const MAX_PAGES = 2000

function endless(): ProtocolError {
  const text = `expected a list that ends, but there was more behind page ${MAX_PAGES}; ask for a shorter time`
  return new ProtocolError('paging-endless', text)
}

type Reading =
  | { readonly kind: 'whole' | 'moved' }
  /** Perhaps whole: nothing in the pages tells. Only the first page was given out. */
  | { readonly kind: 'unproven'; readonly rows: readonly JsonNode[] }

const MOVED = { kind: 'moved' } as const

async function* readOnce(
  read: (pageNumber: number) => Promise<NumberedPage>,
  askedPageSize: number,
  newOf: (rows: readonly JsonNode[]) => readonly JsonNode[],
): AsyncGenerator<JsonNode, Reading, undefined> {
  const first = await read(1)
  yield* newOf(first.rows)
  const pageSize = first.pageSize ?? askedPageSize
  // More than a page holds can only be the whole list; less is the page or the whole, and the reference does not say
  // which.
  const isSizeOfAll = first.size !== null && first.size > pageSize
  const rows = [...first.rows]
  let last = first
  for (let number = 2; isPageThere(number, last, pageSize); number++) {
    last = await read(number)
    rows.push(...last.rows)
    const isEmpty = last.rows.length === 0 && last.totalPages !== null
    if (isEmpty || last.totalPages !== first.totalPages || (isSizeOfAll && last.size !== first.size)) return MOVED
    if (number >= MAX_PAGES) throw endless()
    if (isSizeOfAll) yield* newOf(last.rows)
  }
  if (isSizeOfAll) return rows.length === first.size ? { kind: 'whole' } : MOVED
  return last === first ? { kind: 'whole' } : { kind: 'unproven', rows }
}

/**
 * Counts that IG leaves out or writes in a way that cannot be read are `null`. @throws {DecodeError} when the rows
 * are no list
 */
export function decodeNumberedPage(json: unknown, rows: 'activities' | 'transactions'): NumberedPage {
  const page = new JsonNode(json, '')
  const metadata = page.get('metadata')
  const pageData = metadata.orNull(node => node.get('pageData'))
  return {
    rows: page.get(rows).list(),
    size: metadata.orNull(node => node.get('size').wholeNumber()),
    pageSize: pageData?.orNull(node => node.get('pageSize').wholeNumber()) ?? null,
    totalPages: pageData?.orNull(node => node.get('totalPages').wholeNumber()) ?? null,
  }
}

function isPageThere(number: number, last: NumberedPage, pageSize: number): boolean {
  return last.totalPages === null ? last.rows.length >= pageSize : number <= last.totalPages
}

function isSame(one: readonly JsonNode[], other: readonly JsonNode[]): boolean {
  return one.length === other.length && one.every((row, index) => rowKey(row) === rowKey(other[index] ?? row))
}
