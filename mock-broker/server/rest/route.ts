import type { RequestCost } from '../allowances.ts'
import type { Answer } from './answer.ts'
import type { RestBroker } from './rest-broker.ts'
import type { RestRequest, SignedInRequest } from './rest-request.ts'

/** One operation of the API. */
export type Route = {
  readonly method: string
  /** `*` stands for one variable part. */
  readonly path: string
  readonly versions: readonly number[]
  readonly cost: RequestCost
} & (
  | { readonly access: 'open'; readonly handle: (request: RestRequest, broker: RestBroker) => Answer }
  | { readonly access: 'session'; readonly handle: (request: SignedInRequest, broker: RestBroker) => Answer }
)

type Handler = (request: SignedInRequest, broker: RestBroker) => Answer

/** An operation that counts against the ordinary allowance and needs somebody signed in: most do. */
export function reads(operation: string, versions: readonly number[], handle: Handler): Route {
  return { ...named(operation), versions, cost: 'non-trading', access: 'session', handle }
}

/** One that counts as trading. */
export function deals(operation: string, versions: readonly number[], handle: Handler): Route {
  return { ...named(operation), versions, cost: 'trading', access: 'session', handle }
}

/** One that the key alone opens. */
export function open(
  operation: string,
  versions: readonly number[],
  handle: (request: RestRequest, broker: RestBroker) => Answer,
): Route {
  return { ...named(operation), versions, cost: 'non-trading', access: 'open', handle }
}

/** `GET /markets/*` */
function named(operation: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = operation.split(' ')
  return { method, path }
}
