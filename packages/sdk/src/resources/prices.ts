import type {
  Candle,
  CandleList,
  CandleRequest,
  CandlesBetween,
  HistoricalAllowance,
  LatestCandles,
} from '../candle.ts'
import { decodePrices } from '../json/decode-price.ts'
import type { Call } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { betweenCall, betweenV1Call, checkedRequest, latestCall, pageCall } from './price-calls.ts'
import { pagesOf } from './price-pages.ts'
import { checkZone } from './price-zone.ts'

/**
 * Bars of the past, oldest first. Every bar of every answer, repeats too, takes one from the account's weekly points (10 000 as
 * published). IG keeps bars of a second for 4 days, of 1 to 3 minutes for 40 days, of 5 minutes to 4 hours for 360 days, of a day for
 * about 15 years (IG Labs, FAQ). The newest bar may still be forming. Daily bars begin at the account's midnight. Levels of old bars
 * were seen in another scale than the stream's: compare before mixing.
 *
 * @throws every method: {@link InvalidInputError} for a request that can be none, before anything is sent ({@link candles} and
 * {@link pages} at the call itself); {@link AllowanceError}, also when the points are spent; {@link RefusedError},
 * {@link TransportError}, {@link ProtocolError}, {@link SignInError}, {@link DecodeError}.
 */
export interface Prices {
  /**
   * Bar after bar; those of a time come a page a call. Each is given once; each `for await` asks anew, and spends anew. IG numbers the pages from the oldest bar on: at the far end
   * of what it keeps, where bars fall away, page borders move; ask for less there, or take `list()`.
   * Source: IG Labs, REST API reference, "Prices", GET /prices/{epic} version 3.
   */
  candles(request: CandleRequest, options?: PageOptions): AsyncIterable<Candle>
  /** As {@link candles}, a page at a time, with what each left of the allowance. */
  pages(request: CandleRequest, options?: PageOptions): AsyncIterable<CandleList>
  /** All bars in one answer, without paging. Source: as above. */
  list(request: CandleRequest, options?: ReadOptions): Promise<CandleList>
  /**
   * The latest bars by the older form, which never pages; its bars have no UTC time.
   * Source: IG Labs, REST API reference, "Prices", GET /prices/{epic}/{resolution}/{numPoints} version 2.
   */
  latest(request: LatestCandles, options?: ReadOptions): Promise<CandleList>
  /** As {@link latest}, of a time. Source: as above, GET /prices/{epic}/{resolution}/{startDate}/{endDate} version 2. */
  between(request: CandlesBetween, options?: ReadOptions): Promise<CandleList>
  /** As {@link between}, by the oldest form. Source: as above, GET /prices/{epic}/{resolution} version 1. */
  betweenV1(request: CandlesBetween, options?: ReadOptions): Promise<CandleList>
}

export interface PageOptions extends ReadOptions {
  /** Bars in one answer, of a request by time; 1000 unless told. */
  readonly pageSize?: number
}

/** @param onAllowance hears of every answer's allowance, also of pages that a caller never looks at. */
export function pricesOver(rest: Rest, onAllowance: (allowance: HistoricalAllowance) => void): Prices {
  async function ask(request: CandleRequest, call: Call, options: ReadOptions | undefined) {
    const page = decodePrices(await rest.read(call, options))
    if (page.allowance !== null) onAllowance(page.allowance)
    checkZone(request, page.candles)
    return page
  }
  async function whole(request: CandleRequest, call: Call, options: ReadOptions | undefined): Promise<CandleList> {
    const { candles, instrumentType, allowance } = await ask(request, call, options)
    return { candles, instrumentType, allowance }
  }
  const pages: Prices['pages'] = (request, options = {}) =>
    pagesOf(checkedRequest(request), options, (call, of) => ask(request, call, of))
  return {
    pages,
    candles(request, options) {
      const found = pages(request, options)
      return { [Symbol.asyncIterator]: () => flattened(found) }
    },
    list: async (request, options) => whole(request, pageCall(checkedRequest(request), 0, 1), options),
    latest: async (request, options) => whole(request, latestCall(request), options),
    between: async (request, options) => whole(request, betweenCall(request), options),
    betweenV1: async (request, options) => whole(request, betweenV1Call(request), options),
  }
}

async function* flattened(pages: AsyncIterable<CandleList>): AsyncGenerator<Candle> {
  for await (const { candles } of pages) yield* candles
}
