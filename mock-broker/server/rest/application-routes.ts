import type { ApplicationJson } from '@scalpdesk/wire'
import { API_KEY } from '../users.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /operations/application, version 1 (IG Labs, REST API reference, "Application"): a bare list. */
export function listApplications(_request: SignedInRequest, { application }: RestBroker): Answer {
  const answer: readonly ApplicationJson[] = [application.json()]
  return ok(answer)
}

/** PUT /operations/application, version 1: other allowances, never above what IG grants. */
export function changeApplication({ body }: SignedInRequest, { application, allowances }: RestBroker): Answer {
  const fields = bodyFields(body)
  fields.requireAll(['apiKey', 'status', 'allowanceAccountOverall', 'allowanceAccountTrading'])
  if (fields.text('apiKey') !== API_KEY) throw new RestRefusal(403, 'error.security.api-key-invalid')
  const status = fields.oneOf('status', ['ENABLED', 'DISABLED', 'REVOKED'])
  const nonTrading = fields.number('allowanceAccountOverall')!
  const trading = fields.number('allowanceAccountTrading')!
  if (![nonTrading, trading].every(value => value.isInteger() && value.gte(0) && value.lte(MOST_A_MINUTE))) {
    throw new RestRefusal(400, 'invalid.input')
  }
  allowances.change({ nonTrading: nonTrading.toNumber(), trading: trading.toNumber() })
  if (status !== 'ENABLED') application.disable()
  return ok(application.json())
}

/** PUT /operations/application/disable, version 1. */
export function disableApplication(_request: SignedInRequest, { application }: RestBroker): Answer {
  application.disable()
  return ok(application.json())
}

const MOST_A_MINUTE = 1000
