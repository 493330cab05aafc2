import type { CategoryInstrument } from '../category.ts'
import { ProtocolError } from '../errors.ts'
import type { Epic } from '../ids.ts'
import { decodeCategoryPage } from '../json/decode-market-summary.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { pathPart, wholeNumberIn } from './input-guard.ts'

export interface InstrumentsOptions extends ReadOptions {
  /** 1 to 1000; 1000 unless told. */
  readonly pageSize?: number
}

/** IG Labs, REST API reference, "Markets", GET /categories/{categoryId}/instruments. */
const MAX_PAGE_SIZE = 1000

/** Pages from 0 on; the last one is the first that is not full. */
export function instrumentsOf(
  rest: Rest,
  categoryId: string,
  options: InstrumentsOptions = {},
): AsyncIterable<CategoryInstrument> {
  const path = { categoryId: pathPart('the id of a category', categoryId, 'markets.categories() gives the ids') }
  const pageSize = wholeNumberIn('a page size', options.pageSize ?? MAX_PAGE_SIZE, 1, MAX_PAGE_SIZE)
  return { [Symbol.asyncIterator]: () => pages(rest, path, pageSize, options) }
}

async function* pages(
  rest: Rest,
  path: { readonly categoryId: string },
  asked: number,
  options: InstrumentsOptions,
): AsyncGenerator<CategoryInstrument> {
  const seen = new Set<Epic>()
  for (let pageNumber = 0; ; pageNumber += 1) {
    const call = callTo(ROUTES.categoryInstruments, { path, query: { pageNumber, pageSize: asked } })
    const page = decodeCategoryPage(await rest.read(call, options))
    const fresh = page.instruments.filter(({ epic }) => !seen.has(epic))
    const isFull = page.instruments.length >= Math.min(asked, page.pageSize ?? asked) && page.instruments.length > 0
    if ((page.pageNumber ?? pageNumber) !== pageNumber || (isFull && fresh.length === 0)) throw stuck(pageNumber)
    for (const instrument of fresh) {
      if (seen.has(instrument.epic)) continue
      seen.add(instrument.epic)
      yield instrument
    }
    if (!isFull) return
  }
}

function stuck(pageNumber: number): ProtocolError {
  const { method, path } = ROUTES.categoryInstruments
  const text = `expected page ${pageNumber} of ${path}, but got another one again; ask once more from the start`
  return new ProtocolError('paging-stuck', text, { request: { method, path } })
}
