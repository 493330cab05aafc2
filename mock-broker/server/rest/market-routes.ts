import type { MarketDetailsJson, MarketSearchJson } from '@scalpdesk/wire'
import { type Book, isSpreadBet, markets } from '../../engine/index.ts'
import { marketJson, marketV1Json, marketV2Json, marketV4Json, snapshotOnlyJson } from '../json/market-details-json.ts'
import { marketSummaryJson } from '../json/market-json.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /markets/{epic}, versions 1 to 4 (IG Labs, REST API reference, "Markets"). */
export function readMarket({ parameters, version, login }: SignedInRequest, { state, clock }: RestBroker): Answer {
  const book = bookOf(parameters[0] ?? '', state.engine.book)
  const { currency } = state.engine.terms(login.accountId)
  const forms = [marketV1Json, marketV2Json, marketJson, marketV4Json]
  const form = forms[version - 1] ?? marketJson
  return ok(form(book, currency, clock.nowMs()))
}

/** GET /markets: `epics` gives details in versions 1 and 2, `searchTerm` a search in version 1; with both the epics count. */
export function readMarkets(request: SignedInRequest, broker: RestBroker): Answer {
  const epics = request.query.get('epics')
  if (epics !== null) return readDetails(epics, request, broker)
  if (request.version !== 1) throw new RestRefusal(404, 'invalid.url')
  const term = request.query.get('searchTerm')
  if (term === null) throw new RestRefusal(400, 'invalid.input')
  return search(term, request, broker)
}

/** One unknown epic fails the whole call. */
function readDetails(epics: string, { version, query, login }: SignedInRequest, { state, clock }: RestBroker): Answer {
  const asked = [...new Set(epics.split(',').map(epic => epic.trim()))].filter(epic => epic !== '')
  if (asked.length === 0) throw new RestRefusal(400, 'invalid.input')
  if (asked.length > MOST_EPICS) throw new RestRefusal(400, 'error.public-api.too-many-epics')
  const filter = query.get('filter') ?? 'ALL'
  if (filter !== 'ALL' && filter !== 'SNAPSHOT_ONLY') throw new RestRefusal(400, 'invalid.input')
  const { currency } = state.engine.terms(login.accountId)
  // The answer's order is not the order asked for.
  const books = asked
    .map(epic => bookOf(epic, state.engine.book))
    .sort((a, b) => (a.market.epic < b.market.epic ? -1 : 1))
  const isShort = version === 2 && filter === 'SNAPSHOT_ONLY'
  const answer: MarketDetailsJson = {
    marketDetails: books.map(book =>
      isShort ? snapshotOnlyJson(book, clock.nowMs()) : marketJson(book, currency, clock.nowMs()),
    ),
  }
  return ok(answer)
}

/** A part of a name, epic or market id; among what the account's kind can deal. */
function search(term: string, { login }: SignedInRequest, { state, clock }: RestBroker): Answer {
  const wanted = term.trim().toLowerCase()
  const isBetting = state.engine.terms(login.accountId).type === 'SPREADBET'
  const found = markets.filter(
    market =>
      isSpreadBet(market) === isBetting &&
      [market.name, market.epic, market.marketId, ...market.symbols].some(text => text.toLowerCase().includes(wanted)),
  )
  const answer: MarketSearchJson = {
    markets: found.map(({ epic }) => marketSummaryJson(bookOf(epic, state.engine.book), clock.nowMs())),
  }
  return ok(answer)
}

function bookOf(epic: string, find: (epic: string) => Book | undefined): Book {
  const book = find(epic)
  if (!book) throw new RestRefusal(404, 'error.public-api.epic-not-found')
  return book
}

const MOST_EPICS = 50
