import { ProtocolError } from '../errors.ts'
import { failureOf } from '../rest/answer.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { pathPart } from './input-guard.ts'

/** See the interface `Costs`. */
export async function costsDocument(rest: Rest, quoteReference: string, options?: ReadOptions): Promise<Uint8Array> {
  const advice = 'take it from the answer of costs.ofOpening() or its siblings'
  const indicativeQuoteReference = pathPart('the reference of a quote', quoteReference, advice)
  const call = callTo(ROUTES.costsDocument, { path: { indicativeQuoteReference }, wants: 'bytes' })
  const request = { method: call.route.method, path: call.route.path }
  const response = await rest.answer(call, options)
  if (response.status !== 200) throw failureOf(response, request)
  const type = response.headers.get('content-type') ?? 'nothing'
  const bytes = response.bytes ?? new Uint8Array()
  if (/^application\/pdf\b/i.test(type) && isPdf(bytes)) return bytes
  const got = `${JSON.stringify(type.slice(0, 60))} of ${bytes.length} bytes`
  const text = `expected a PDF from ${request.method} ${request.path}, but got ${got}; try again later`
  throw new ProtocolError('not-a-document', text, { request })
}

/** Its first bytes are `%PDF`. Source: ISO 32000, file header. */
function isPdf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46
}
