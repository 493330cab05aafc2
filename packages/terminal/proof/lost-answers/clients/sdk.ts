import {
  connectIg,
  Decimal,
  dealReference,
  epic,
  explainReason,
  type Ig,
  type Sent,
  type Settlement,
  systemClock,
} from '@scalpdesk/sdk'
import type { Client, Order } from '../client.ts'
import { type Statement, statement } from '../statement.ts'

/** This project's SDK alone, without a stream: `positions.open`, then `settle`. */
export async function connectSdk(order: Order): Promise<Client> {
  const ig = await signIn(order)
  const { ticket } = order
  const market = { epic: epic(ticket.epic), expiry: '-', currency: ticket.currency }
  return {
    async open(tell) {
      const reference = dealReference(`LOST-${systemClock.nowMs()}`)
      const stop = { distancePoints: new Decimal(ticket.stopPoints) }
      const sent = await ig.positions.open({ reference, market, direction: 'BUY', size: new Decimal(1), stop })
      const answer = answerWords(sent)
      if (answer) tell(answer)
      if (answer?.kind !== 'refused') tell(endWords(await ig.settle(sent)))
    },
  }
}

export function signIn({ url, apiKey, username, password, requestTimeoutMs }: Order): Promise<Ig> {
  return connectIg({
    environment: new URL(url),
    credentials: { apiKey, identifier: username, password },
    requestTimeoutMs,
  })
}

/** null: IG has it, and what becomes of it is still to be said. */
function answerWords(sent: Sent): Statement | null {
  switch (sent.kind) {
    case 'acknowledged':
      return null
    case 'rejected':
      return statement('refused', `rejected: ${sent.code}`)
    case 'unsent':
      return statement('refused', `unsent: ${sent.cause.message}`)
    case 'unknown':
      return statement('unknown', `unknown: ${sent.cause.message}`)
  }
}

function endWords(end: Settlement): Statement {
  switch (end.kind) {
    case 'accepted':
      return statement('opened', `accepted, by its ${end.evidence}`)
    case 'rejected':
      return statement('refused', `rejected: ${end.reason}, ${explainReason(end.reason)}`)
    case 'unsent':
      return statement('refused', `unsent: ${end.cause.message}`)
    case 'unknown':
      return statement('unknown', `unknown: ${end.cause.message}`)
  }
}
