import type { StatusJson, WatchlistCreatedJson, WatchlistJson, WatchlistsJson } from '@scalpdesk/wire'
import { marketSummaryJson } from '../json/market-json.ts'
import type { Watchlist } from '../watchlists.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /watchlists, version 1 (IG Labs, REST API reference, "Watchlists"). */
export function listWatchlists({ login }: SignedInRequest, { watchlists }: RestBroker): Answer {
  const answer: WatchlistsJson = {
    watchlists: watchlists.of(login.user.username).map(({ id, name, isSystem }) => ({
      id,
      name,
      editable: !isSystem,
      deleteable: !isSystem,
      defaultSystemWatchlist: isSystem,
    })),
  }
  return ok(answer)
}

/** POST /watchlists, version 1: epics that are not known are left out, and the status says so. */
export function createWatchlist({ login, body }: SignedInRequest, { watchlists, state }: RestBroker): Answer {
  const fields = bodyFields(body)
  fields.requireAll(['name'])
  const name = fields.text('name', NAME) ?? ''
  const asked = fields.texts('epics') ?? []
  const epics = asked.filter(epic => state.engine.book(epic))
  const created = watchlists.create(login.user.username, name, epics)
  if (!created) throw new RestRefusal(400, 'error.watchlists.management.duplicate-name')
  const answer: WatchlistCreatedJson = {
    watchlistId: created.id,
    status: epics.length === asked.length ? 'SUCCESS' : 'SUCCESS_NOT_ALL_INSTRUMENTS_ADDED',
  }
  return ok(answer)
}

/** GET /watchlists/{watchlistId}, version 1. */
export function readWatchlist(request: SignedInRequest, broker: RestBroker): Answer {
  const { epics } = listOf(request, broker)
  const answer: WatchlistJson = {
    markets: epics.flatMap(epic => {
      const book = broker.state.engine.book(epic)
      return book ? [{ ...marketSummaryJson(book, broker.clock.nowMs()), lotSize: 1 }] : []
    }),
  }
  return ok(answer)
}

/** PUT /watchlists/{watchlistId}, version 1: one more market. */
export function addToWatchlist(request: SignedInRequest, broker: RestBroker): Answer {
  const list = ownList(request, broker)
  const fields = bodyFields(request.body)
  fields.requireAll(['epic'])
  const epic = fields.text('epic') ?? ''
  if (!broker.state.engine.book(epic)) {
    throw new RestRefusal(400, 'error.service.watchlists.add-instrument.invalid-epic')
  }
  const epics = list.epics.includes(epic) ? list.epics : [...list.epics, epic]
  broker.watchlists.replace(request.login.user.username, { ...list, epics })
  return done()
}

/** DELETE /watchlists/{watchlistId}, version 1: the system's own cannot be deleted. */
export function deleteWatchlist(request: SignedInRequest, broker: RestBroker): Answer {
  const list = listOf(request, broker)
  if (list.isSystem) throw new RestRefusal(400, 'error.watchlists.management.cannot-delete-watchlist')
  broker.watchlists.remove(request.login.user.username, list.id)
  return done()
}

/** DELETE /watchlists/{watchlistId}/{epic}, version 1. */
export function removeFromWatchlist(request: SignedInRequest, broker: RestBroker): Answer {
  const list = ownList(request, broker)
  const epics = list.epics.filter(epic => epic !== request.parameters[1])
  broker.watchlists.replace(request.login.user.username, { ...list, epics })
  return done()
}

function listOf({ login, parameters }: SignedInRequest, { watchlists }: RestBroker): Watchlist {
  const list = watchlists.find(login.user.username, parameters[0] ?? '')
  if (!list) throw new RestRefusal(404, 'error.invalid.watchlist')
  return list
}

/** Which code answers a change of a system list is not documented. */
function ownList(request: SignedInRequest, broker: RestBroker): Watchlist {
  const list = listOf(request, broker)
  if (list.isSystem) throw new RestRefusal(400, 'error.watchlists.management.error')
  return list
}

function done(): Answer {
  const answer: StatusJson = { status: 'SUCCESS' }
  return ok(answer)
}

/** Letters, digits, spaces and `"._-`; the exact class and the length are unconfirmed. */
const NAME = /^[\p{L}\p{N} "._-]{1,60}$/u
