import type { WorkingOrdersJson, WorkingOrdersV1Json } from '@scalpdesk/wire'
import { workingOrderJson, workingOrderV1Json } from '../json/working-order-json.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import { dealingContext, taken } from './position-routes.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'
import { readAmendOrder, readPlace } from './working-order-request.ts'

/** GET /workingorders, versions 1 and 2 (IG Labs, REST API reference, "Working Orders"). */
export function listWorkingOrders({ login, version }: SignedInRequest, { state, clock }: RestBroker): Answer {
  const { engine } = state
  const waiting = engine
    .workingOrders(login.accountId)
    .map(order => ({ order, book: engine.book(order.epic)!, nowMs: clock.nowMs() }))
  const answer: WorkingOrdersJson | WorkingOrdersV1Json =
    version === 1
      ? { workingOrders: waiting.map(({ order, book, nowMs }) => workingOrderV1Json(order, book, nowMs)) }
      : { workingOrders: waiting.map(({ order, book, nowMs }) => workingOrderJson(order, book, nowMs)) }
  return ok(answer)
}

/** POST /workingorders/otc, versions 1 and 2. */
export function placeOrder(request: SignedInRequest, broker: RestBroker): Answer {
  const dealing = readPlace(request.body, dealingContext(request, broker))
  const { order } = dealing
  if (order.kind === 'place-order' && !broker.state.engine.book(order.epic)) {
    throw new RestRefusal(404, 'error.trading.otc.instrument-not-found')
  }
  return taken(dealing)
}

/** PUT /workingorders/otc/{dealId}, versions 1 and 2. */
export function amendOrder(request: SignedInRequest, broker: RestBroker): Answer {
  return taken(readAmendOrder(request.parameters[0] ?? '', request.body, dealingContext(request, broker)))
}

/** DELETE /workingorders/otc/{dealId}: version 1 wants an empty object, version 2 no body. */
export function cancelOrder(request: SignedInRequest, broker: RestBroker): Answer {
  const { account, version, makeReference } = dealingContext(request, broker)
  if (version === 1) bodyFields(request.body)
  const dealId = request.parameters[0] ?? ''
  return taken({ order: { kind: 'cancel-order', reference: makeReference(), account, dealId }, refusal: null })
}
