import type {
  OpenPositionJson,
  OpenPositionV1Json,
  PositionsJson,
  PositionsV1Json,
  RepeatDealingSizeJson,
  RepeatDealingWindowJson,
} from '@scalpdesk/wire'
import type { Book, Position, RepeatEntry } from '../../engine/index.ts'
import { confirmJson } from '../json/confirm-json.ts'
import { openPositionJson } from '../json/position-json.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import type { DealingContext, DealingRequest } from './dealing-fields.ts'
import { readAmend, readClose, readOpen } from './position-request.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /positions, versions 1 and 2 (IG Labs, REST API reference, "Positions"). */
export function listPositions({ login, version }: SignedInRequest, broker: RestBroker): Answer {
  const positions = broker.state.engine.positions(login.accountId).map(position => jsonOf(position, broker))
  const answer: PositionsJson | PositionsV1Json =
    version === 1 ? { positions: positions.map(olderJson) } : { positions }
  return ok(answer)
}

/** GET /positions/{dealId}, versions 1 and 2. */
export function readPosition({ login, version, parameters }: SignedInRequest, broker: RestBroker): Answer {
  const position = broker.state.engine.position(parameters[0] ?? '')
  if (position?.account !== login.accountId) throw new RestRefusal(404, 'error.position.notfound')
  const json = jsonOf(position, broker)
  return ok(version === 1 ? olderJson(json) : json)
}

/** POST /positions/otc, versions 1 and 2. */
export function openPosition(request: SignedInRequest, broker: RestBroker): Answer {
  const dealing = readOpen(request.body, dealingContext(request, broker))
  const { order } = dealing
  if (order.kind !== 'open') return taken(dealing)
  const book = broker.state.engine.book(order.epic)
  if (!book) throw new RestRefusal(404, 'error.trading.otc.instrument-not-found')
  if (order.price.type === 'MARKET') refuseMarketOrder(book)
  return taken(dealing)
}

/** PUT /positions/otc/{dealId}, versions 1 and 2. */
export function amendPosition(request: SignedInRequest, broker: RestBroker): Answer {
  return taken(readAmend(request.parameters[0] ?? '', request.body, dealingContext(request, broker)))
}

/** DELETE /positions/otc, version 1. */
export function closePosition(request: SignedInRequest, broker: RestBroker): Answer {
  const { engine } = broker.state
  const dealing = readClose(request.body, dealingContext(request, broker))
  const { order } = dealing
  if (order.kind !== 'close' || order.price.type !== 'MARKET') return taken(dealing)
  const { target } = order
  const epic = target.by === 'market' ? target.epic : engine.position(target.dealId)?.epic
  const book = epic === undefined ? undefined : engine.book(epic)
  if (book) refuseMarketOrder(book)
  return taken(dealing)
}

/** GET /confirms/{dealReference}, version 1: not there until the deal is confirmed, and no longer than a minute. */
export function readConfirm(
  { login, parameters }: SignedInRequest,
  { state, references, delivery }: RestBroker,
): Answer {
  const reference = parameters[0] ?? ''
  if (delivery.isBarred(reference)) return { kind: 'now', status: 405, body: undefined }
  const confirm = references.findConfirm(login.accountId, reference)
  if (!confirm) throw new RestRefusal(404, 'error.confirms.deal-not-found')
  return ok(confirmJson(confirm, state.engine.book(confirm.epic)))
}

/** GET /repeat-dealing-window, version 1. */
export function readRepeatWindow({ login, query }: SignedInRequest, { state, clock, timeOf }: RestBroker): Answer {
  const epic = query.get('epic')
  const entries = state.engine
    .repeatDealing(login.accountId, timeOf)
    .filter(entry => epic === null || entry.epic === epic)
  const answer: RepeatDealingWindowJson = {
    accountId: login.accountId,
    requestStartTime: clock.nowMs(),
    repeatDealingEntryList: [...Map.groupBy(entries, entry => entry.epic)].map(([instrumentValue, ofMarket]) => ({
      instrumentSource: 'E',
      instrumentValue,
      currencyList: [...Map.groupBy(ofMarket, entry => entry.currency)].map(([currency, ofCurrency]) => ({
        currency,
        buy: sizesOf(ofCurrency, 'BUY'),
        sell: sizesOf(ofCurrency, 'SELL'),
      })),
    })),
  }
  return ok(answer)
}

export function dealingContext({ login, version }: SignedInRequest, { state }: RestBroker): DealingContext {
  return { account: login.accountId, version, makeReference: state.engine.nextReference }
}

export function taken({ order, refusal }: DealingRequest): Answer {
  return { kind: 'dealing', order, refusal }
}

/** Seen on live accounts where `marketOrderPreference` is NOT_AVAILABLE; the reference lists it without the ending. */
function refuseMarketOrder({ market }: Book): void {
  if (market.marketOrders !== 'NOT_AVAILABLE') return
  throw new RestRefusal(400, 'error.trading.otc.market-orders.not-supported-for-epic')
}

function jsonOf(position: Position, { state, clock }: RestBroker): OpenPositionJson {
  return openPositionJson(position, state.engine.book(position.epic)!, clock.nowMs())
}

function olderJson({ position, market }: OpenPositionJson): OpenPositionV1Json {
  const { size, level, createdDateUTC: _date, dealReference: _reference, ...kept } = position
  const { updateTimeUTC: _time, ...olderMarket } = market
  return { position: { ...kept, dealSize: size, openLevel: level }, market: olderMarket }
}

function sizesOf(entries: readonly RepeatEntry[], direction: 'BUY' | 'SELL'): readonly RepeatDealingSizeJson[] {
  return entries
    .filter(entry => entry.direction === direction)
    .map(({ size, expiresMs }) => ({ size: size.toNumber(), expiry: expiresMs }))
}
