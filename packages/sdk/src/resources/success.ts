import { ProtocolError } from '../errors.ts'
import { JsonNode } from '../json/json-node.ts'
import type { Call } from '../rest/call.ts'

/**
 * Looks at the `status` of a good answer. An empty body is one as well: IG gives it to some deletions.
 * @throws {ProtocolError} when IG says anything but `SUCCESS`.
 */
export function expectSuccess(json: unknown, { route }: Call): void {
  if (json === null) return
  const status = new JsonNode(json, '').get('status').text()
  if (status === 'SUCCESS') return
  const request = { method: route.method, path: route.path }
  const text = `expected SUCCESS from ${route.method} ${route.path}, but got ${JSON.stringify(status.slice(0, 60))}; read it back`
  throw new ProtocolError('not-success', text, { request })
}
