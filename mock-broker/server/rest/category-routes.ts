import type { CategoriesJson, CategoryInstrumentsJson } from '@scalpdesk/wire'
import { isSpreadBet, markets } from '../../engine/index.ts'
import { marketSummaryJson } from '../json/market-json.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { wholeNumber } from './query-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /categories, version 1 (IG Labs, REST API reference, "Categories"). */
export function listCategories(): Answer {
  const codes = [...new Set(markets.map(({ category }) => category))]
  const answer: CategoriesJson = { categories: codes.map(code => ({ code, nonTradeable: false })) }
  return ok(answer)
}

/** GET /categories/{categoryId}/instruments, version 1: pages from 0. */
export function listInstruments({ parameters, query, login }: SignedInRequest, { state, clock }: RestBroker): Answer {
  const pageNumber = wholeNumber(query, 'pageNumber', 0)
  const pageSize = wholeNumber(query, 'pageSize', 150)
  if (pageSize < 1 || pageSize > 1000) throw new RestRefusal(400, 'error.request.invalid.page-size')
  if (pageNumber < 0) throw new RestRefusal(400, 'invalid.input')
  const isBetting = state.engine.terms(login.accountId).type === 'SPREADBET'
  const listed = markets.filter(market => market.category === parameters[0] && isSpreadBet(market) === isBetting)
  const answer: CategoryInstrumentsJson = {
    instruments: listed.slice(pageNumber * pageSize, (pageNumber + 1) * pageSize).map(({ epic, restriction }) => {
      const {
        updateTimeUTC: _time,
        streamingPricesAvailable: _streams,
        ...summary
      } = marketSummaryJson(state.engine.book(epic)!, clock.nowMs())
      return { ...summary, lotSize: 1, otcTradeable: restriction === null }
    }),
    metadata: { pageNumber, pageSize },
  }
  return ok(answer)
}
