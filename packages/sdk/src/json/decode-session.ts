import { accountId } from '../ids.ts'
import type { SessionDetails } from '../session-details.ts'
import { JsonNode } from './json-node.ts'

/** @throws {DecodeError} */
export function decodeSessionDetails(json: unknown): SessionDetails {
  const session = new JsonNode(json, '')
  return {
    clientId: session.get('clientId').text(),
    accountId: session.get('accountId').as(accountId, 'an account id'),
    utcOffsetHours: session.get('timezoneOffset').decimal().toNumber(),
    locale: session.get('locale').textOrNull(),
    currency: session.get('currency').textOrNull(),
    streamServer: session.get('lightstreamerEndpoint').text(),
  }
}
