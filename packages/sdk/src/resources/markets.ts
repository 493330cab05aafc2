import type { Category, CategoryInstrument } from '../category.ts'
import { type Epic, epic } from '../ids.ts'
import { decodeMarketDetails } from '../json/decode-market-details.ts'
import { decodeMarketLadder } from '../json/decode-market-ladder.ts'
import { decodeCategories, decodeMarketSearch } from '../json/decode-market-summary.ts'
import type { MarketSummary } from '../market.ts'
import type { MarketDetails, MarketSnapshot } from '../market-details.ts'
import type { MarketLadder } from '../market-ladder.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Sentiment } from '../sentiment.ts'
import { type InstrumentsOptions, instrumentsOf } from './category-pages.ts'
import { checkedEpics, filledText } from './input-guard.ts'
import { detailsOf, type ListOptions, snapshotsOf } from './market-list.ts'
import { relatedSentimentsOf, sentimentOf, sentimentsOf } from './sentiments.ts'

/**
 * What can be dealt in.
 *
 * @throws every method: {@link InvalidInputError} for input that can be none, before anything is sent; {@link RefusedError},
 * {@link AllowanceError}, {@link TransportError}, {@link ProtocolError}, {@link SignInError}, {@link DecodeError}.
 */
export interface Markets {
  /**
   * One market, with its dealing rules.
   * @throws {RefusedError} `error.public-api.epic-not-found` when IG does not know it.
   * Source: IG Labs, REST API reference, "Markets", GET /markets/{epic} version 3.
   */
  get(epic: Epic, options?: ReadOptions): Promise<MarketDetails>
  /**
   * One market with its prices by size, and which of stop and limit it takes. Without margin.
   * Source: IG Labs, REST API reference, "Markets", GET /markets/{epic} version 4.
   */
  ladder(epic: Epic, options?: ReadOptions): Promise<MarketLadder>
  /**
   * Many markets, in the order asked for; one call for each 50. One epic that IG does not know fails a whole call: `onUnknown:
   * 'leave-out'` looks for it by halving, which takes up to 12 further calls for each such epic from the allowance.
   * Source: IG Labs, REST API reference, "Markets", GET /markets?epics= version 2.
   */
  details(epics: readonly Epic[], options?: ListOptions): Promise<ReadonlyMap<Epic, MarketDetails>>
  /** As {@link details}, with prices and nothing else: small answers. */
  snapshots(epics: readonly Epic[], options?: ListOptions): Promise<ReadonlyMap<Epic, MarketSnapshot>>
  /**
   * Markets whose name has the text in it. IG cuts long answers off without saying so. Some hits can be neither dealt nor streamed.
   * Source: IG Labs, REST API reference, "Markets", GET /markets?searchTerm=.
   */
  search(text: string, options?: ReadOptions): Promise<readonly MarketSummary[]>
  /** Source: IG Labs, REST API reference, "Markets", GET /categories. */
  categories(options?: ReadOptions): Promise<readonly Category[]>
  /**
   * The instruments of a category, each once, a page a call. One that IG takes out of the category meanwhile may move another past a
   * page border; the pages are as large as IG allows, so that there is seldom one.
   * Source: IG Labs, REST API reference, "Markets", GET /categories/{categoryId}/instruments.
   */
  instruments(categoryId: string, options?: InstrumentsOptions): AsyncIterable<CategoryInstrument>
  /**
   * Where IG's clients stand. @param marketId `instrument.marketId` of the market, not its epic.
   * Source: IG Labs, REST API reference, "Client sentiment", GET /clientsentiment/{marketId}.
   */
  sentiment(marketId: string, options?: ReadOptions): Promise<Sentiment>
  /** Source: IG Labs, REST API reference, "Client sentiment", GET /clientsentiment. */
  sentiments(marketIds: readonly string[], options?: ReadOptions): Promise<readonly Sentiment[]>
  /** Of other markets that the clients of this one deal in. Source: as above, GET /clientsentiment/related/{marketId}. */
  relatedSentiments(marketId: string, options?: ReadOptions): Promise<readonly Sentiment[]>
}

export function marketsOver(rest: Rest): Markets {
  return {
    async get(wanted, options) {
      return decodeMarketDetails(await rest.read(callTo(ROUTES.market, { path: { epic: epic(wanted) } }), options))
    },
    async ladder(wanted, options) {
      return decodeMarketLadder(await rest.read(callTo(ROUTES.marketLadder, { path: { epic: epic(wanted) } }), options))
    },
    details: async (epics, options) => detailsOf(rest, checkedEpics(epics), options),
    snapshots: async (epics, options) => snapshotsOf(rest, checkedEpics(epics), options),
    async search(text, options) {
      const searchTerm = filledText('a text to search for', text, 'give a part of the name')
      return decodeMarketSearch(await rest.read(callTo(ROUTES.searchMarkets, { query: { searchTerm } }), options))
    },
    categories: async options => decodeCategories(await rest.read(callTo(ROUTES.categories), options)),
    instruments: (categoryId, options) => instrumentsOf(rest, categoryId, options),
    sentiment: (marketId, options) => sentimentOf(rest, marketId, options),
    sentiments: (marketIds, options) => sentimentsOf(rest, marketIds, options),
    relatedSentiments: (marketId, options) => relatedSentimentsOf(rest, marketId, options),
  }
}
