import type { Application } from '../application.ts'
import { DecodeError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { JsonNode } from './json-node.ts'

const STATUSES = { ENABLED: 'enabled', DISABLED: 'disabled', REVOKED: 'revoked' } as const

/** GET /operations/application: a bare list. @throws {DecodeError} */
export function decodeApplications(json: unknown): readonly Application[] {
  return new JsonNode(json, '').list().map(application)
}

/** PUT /operations/application and PUT /operations/application/disable. @throws {DecodeError} */
export function decodeApplication(json: unknown): Application {
  return application(new JsonNode(json, ''))
}

function application(node: JsonNode): Application {
  const count = (name: string) => node.get(name).orNull(number => number.wholeNumber())
  return {
    name: node.get('name').text(),
    apiKey: secret(node.get('apiKey')),
    status: node.get('status').word(STATUSES),
    limits: {
      keyPerMinute: count('allowanceApplicationOverall'),
      tradingPerMinute: count('allowanceAccountTrading'),
      dataPerMinute: count('allowanceAccountOverall'),
      pointsPerWeek: count('allowanceAccountHistoricalData'),
      concurrentSubscriptions: count('concurrentSubscriptionsLimit'),
    },
    allowsEquities: node.get('allowEquities').flag(),
    allowsQuoteOrders: node.get('allowQuoteOrders').flag(),
    createdOn: node.get('createdDate').orNull(createdOn),
  }
}

/** Its value must not come into the error. */
function secret(node: JsonNode): Secret {
  if (typeof node.value === 'string') return new Secret(node.value)
  throw new DecodeError(node.path, 'a key', node.isAbsent ? 'nothing' : 'something else')
}

/** A day, or milliseconds since 1970 in older answers. */
function createdOn(node: JsonNode): string {
  if (typeof node.value !== 'number') return node.text()
  const date = new Date(node.value)
  if (Number.isNaN(date.getTime())) throw node.wrong('a day')
  return date.toISOString().slice(0, 10)
}
