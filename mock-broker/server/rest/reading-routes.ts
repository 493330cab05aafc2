import type { AccountsJson, MarketSearchJson, PositionsJson, WorkingOrdersJson } from '@scalpdesk/wire'
import { type Book, markets, type Position } from '../../engine/index.ts'
import { brokerIdentity as identity } from '../broker-identity.ts'
import { marketJson, marketSummaryJson } from '../json/market-json.ts'
import { openPositionJson } from '../json/position-json.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import type { RestBroker } from './rest-broker.ts'
import type { RestRequest } from './rest-request.ts'
import { moneyJson } from './session-routes.ts'

/** GET /accounts, version 1. */
export function listAccounts(_request: RestRequest, { state }: RestBroker): Answer {
  const answer: AccountsJson = {
    accounts: [
      {
        accountId: identity.accountId,
        accountName: identity.accountName,
        accountAlias: null,
        status: 'ENABLED',
        accountType: 'CFD',
        preferred: true,
        balance: moneyJson(state.engine.account()),
        currency: identity.currency,
        canTransferFrom: true,
        canTransferTo: true,
      },
    ],
  }
  return ok(answer)
}

/** GET /markets?searchTerm=, version 1: part of a name, epic or market id. */
export function searchMarkets(request: RestRequest, { state, clock }: RestBroker): Answer {
  const term = request.query.get('searchTerm')?.trim().toLowerCase()
  if (term === undefined) throw new RestRefusal(400, 'invalid.input')
  const found = markets.filter(({ name, epic, marketId, symbols }) =>
    [name, epic, marketId, ...symbols].some(text => text.toLowerCase().includes(term)),
  )
  const answer: MarketSearchJson = {
    markets: found.flatMap(({ epic }) => {
      const book = state.engine.book(epic)
      return book ? [marketSummaryJson(book, clock.nowMs())] : []
    }),
  }
  return ok(answer)
}

/** GET /markets/{epic}, version 3. */
export function readMarket(request: RestRequest, { state, clock }: RestBroker): Answer {
  const book = state.engine.book(request.parameters[0] ?? '')
  if (!book) throw new RestRefusal(404, 'error.public-api.epic-not-found')
  return ok(marketJson(book, clock.nowMs()))
}

/** GET /positions, version 2. */
export function listPositions(_request: RestRequest, broker: RestBroker): Answer {
  const answer: PositionsJson = {
    positions: broker.state.engine
      .positions()
      .map(position => openPositionJson(position, bookOf(position, broker), broker.clock.nowMs())),
  }
  return ok(answer)
}

/** GET /positions/{dealId}, version 2. */
export function readPosition(request: RestRequest, broker: RestBroker): Answer {
  const position = broker.state.engine.position(request.parameters[0] ?? '')
  if (!position) throw new RestRefusal(404, 'error.position.notfound')
  return ok(openPositionJson(position, bookOf(position, broker), broker.clock.nowMs()))
}

/** GET /confirms/{dealReference}, version 1: not there until the deal is confirmed, and no longer than a minute. */
export function readConfirm(request: RestRequest, { confirms }: RestBroker): Answer {
  const confirm = confirms.find(request.parameters[0] ?? '')
  if (!confirm) throw new RestRefusal(404, 'error.confirms.deal-not-found')
  return ok(confirm)
}

/** GET /workingorders, version 2: none can be placed yet. */
export function listWorkingOrders(): Answer {
  const answer: WorkingOrdersJson = { workingOrders: [] }
  return ok(answer)
}

function bookOf(position: Position, { state }: RestBroker): Book {
  return state.engine.book(position.epic)!
}
