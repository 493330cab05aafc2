import type { Answer } from './answer.ts'
import { amendPosition, closePosition, openPosition } from './dealing-routes.ts'
import {
  listAccounts,
  listPositions,
  listWorkingOrders,
  readConfirm,
  readMarket,
  readPosition,
  searchMarkets,
} from './reading-routes.ts'
import type { RestBroker } from './rest-broker.ts'
import type { RestRequest } from './rest-request.ts'
import { readSession, signIn, signOut, switchAccount } from './session-routes.ts'

export interface Route {
  readonly method: string
  /** `*` stands for one variable part. */
  readonly path: string
  readonly versions: readonly number[]
  readonly needsSession: boolean
  readonly handle: (request: RestRequest, broker: RestBroker) => Answer
}

/** The operations that are served (IG Labs, REST API reference). Any other path or version is `invalid.url`. */
const routes: readonly Route[] = [
  { method: 'POST', path: '/session', versions: [1, 2], needsSession: false, handle: signIn },
  { method: 'GET', path: '/session', versions: [1], needsSession: true, handle: readSession },
  { method: 'PUT', path: '/session', versions: [1], needsSession: true, handle: switchAccount },
  { method: 'DELETE', path: '/session', versions: [1], needsSession: true, handle: signOut },
  { method: 'GET', path: '/accounts', versions: [1], needsSession: true, handle: listAccounts },
  { method: 'GET', path: '/markets', versions: [1], needsSession: true, handle: searchMarkets },
  { method: 'GET', path: '/markets/*', versions: [3], needsSession: true, handle: readMarket },
  { method: 'GET', path: '/positions', versions: [2], needsSession: true, handle: listPositions },
  { method: 'GET', path: '/positions/*', versions: [2], needsSession: true, handle: readPosition },
  { method: 'POST', path: '/positions/otc', versions: [2], needsSession: true, handle: openPosition },
  { method: 'PUT', path: '/positions/otc/*', versions: [2], needsSession: true, handle: amendPosition },
  { method: 'DELETE', path: '/positions/otc', versions: [1], needsSession: true, handle: closePosition },
  { method: 'GET', path: '/confirms/*', versions: [1], needsSession: true, handle: readConfirm },
  { method: 'GET', path: '/workingorders', versions: [2], needsSession: true, handle: listWorkingOrders },
]

/** @returns null when there is no such path, method or version. */
export function findRoute(
  method: string,
  segments: readonly string[],
  version: number,
): { readonly route: Route; readonly parameters: readonly string[] } | null {
  const candidates = byShape.get(`${method} ${segments.length}`) ?? []
  for (const { route, parts } of candidates) {
    if (!route.versions.includes(version)) continue
    if (parts.every((part, index) => part === '*' || part === segments[index])) {
      return { route, parameters: segments.filter((_, index) => parts[index] === '*') }
    }
  }
  return null
}

const byShape = Map.groupBy(
  routes.map(route => ({ route, parts: route.path.slice(1).split('/') })),
  ({ route, parts }) => `${route.method} ${parts.length}`,
)
