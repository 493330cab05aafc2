import type { Candle, CandleList, CandleRequest } from '../candle.ts'
import { ProtocolError } from '../errors.ts'
import type { CandlePage } from '../json/decode-price.ts'
import type { Call } from '../rest/call.ts'
import type { ReadOptions } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { wholeNumberIn } from './input-guard.ts'
import { pageCall } from './price-calls.ts'
import type { PageOptions } from './prices.ts'

/** Our choice: IG's own is 20, which spends calls; a page of this size is about 300 kB. */
const PAGE_SIZE = 1000
/** Our choice: what a week allows. */
const MAX_PAGE_SIZE = 10_000

/**
 * The latest bars come in one answer, because they move on while pages are read. Those of a time come a page a call, until the
 * last that IG counts.
 */
export function pagesOf(
  request: CandleRequest,
  options: PageOptions,
  ask: (call: Call, options: ReadOptions) => Promise<CandlePage>,
): AsyncIterable<CandleList> {
  const asked = wholeNumberIn('a page size', options.pageSize ?? PAGE_SIZE, 1, MAX_PAGE_SIZE)
  const pageSize = request.latest === undefined ? asked : 0
  // Made here, so that a wrong request fails at the call and not at the first bar.
  const first = pageCall(request, pageSize, 1)
  return { [Symbol.asyncIterator]: () => read(request, first, pageSize, call => ask(call, options)) }
}

async function* read(
  request: CandleRequest,
  first: Call,
  pageSize: number,
  ask: (call: Call) => Promise<CandlePage>,
): AsyncGenerator<CandleList> {
  const seen = new Set<number | string>()
  for (let pageNumber = 1; ; pageNumber += 1) {
    const page = await ask(pageNumber === 1 ? first : pageCall(request, pageSize, pageNumber))
    const fresh = page.candles.filter(candle => !seen.has(keyOf(candle)))
    if (pageNumber > 1 && ((page.pageNumber ?? pageNumber) !== pageNumber || fresh.length === 0)) {
      // Past the end is not stuck, but only where nobody has said how many pages there are.
      if (page.totalPages === null && page.candles.length === 0) return
      throw stuck(pageNumber)
    }
    // Within one page nothing is a repeat.
    for (const candle of fresh) seen.add(keyOf(candle))
    yield { candles: fresh, instrumentType: page.instrumentType, allowance: page.allowance }
    if (isLast(page, pageNumber, pageSize)) return
  }
}

function isLast(page: CandlePage, pageNumber: number, pageSize: number): boolean {
  if (page.totalPages !== null) return pageNumber >= page.totalPages
  return pageSize === 0 || page.candles.length < pageSize
}

/** A local time comes twice when the clocks go back: without UTC, only the whole bar says that it is the same one. */
function keyOf(candle: Candle): number | string {
  return candle.atMs ?? JSON.stringify(candle)
}

function stuck(pageNumber: number): ProtocolError {
  const { method, path } = ROUTES.prices
  const text = `expected page ${pageNumber} of ${path}, but got another one again, or nothing; ask once more from the last bar`
  return new ProtocolError('paging-stuck', text, { request: { method, path } })
}
