import { type Answer, RestRefusal } from './answer.ts'
import { type DealingRequest, readAmend, readClose, readOpen } from './dealing-request.ts'
import type { RestBroker } from './rest-broker.ts'
import type { RestRequest } from './rest-request.ts'

/** POST /positions/otc, version 2. */
export function openPosition(request: RestRequest, { state }: RestBroker): Answer {
  const dealing = readOpen(request.body, state.engine.nextReference)
  const { order } = dealing
  if (order.kind === 'open' && !state.engine.book(order.epic)) {
    throw new RestRefusal(404, 'error.trading.otc.instrument-not-found')
  }
  return taken(dealing)
}

/** PUT /positions/otc/{dealId}, version 2. */
export function amendPosition(request: RestRequest, { state }: RestBroker): Answer {
  return taken(readAmend(request.parameters[0] ?? '', request.body, state.engine.nextReference))
}

/** DELETE /positions/otc, version 1. */
export function closePosition(request: RestRequest, { state }: RestBroker): Answer {
  return taken(readClose(request.body, state.engine.nextReference))
}

function taken({ order, refusal }: DealingRequest): Answer {
  return { kind: 'dealing', order, refusal }
}
