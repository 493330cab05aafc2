import type { CostsHistoryEntry, CostsHistoryRequest } from '../costs.ts'
import { ProtocolError } from '../errors.ts'
import { type CostsHistoryPage, decodeCostsHistory } from '../json/decode-costs.ts'
import { type Call, callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { inOrder, instantMs, wholeNumberIn } from './input-guard.ts'

/** Our choices: the reference names neither a default nor a limit. */
const PAGE_SIZE = 100
const MAX_PAGE_SIZE = 1000

/** See the interface `Costs`. */
export function costsHistory(
  rest: Rest,
  request: CostsHistoryRequest,
  options?: ReadOptions,
): AsyncIterable<CostsHistoryEntry> {
  const path = { from: written(request.fromMs), to: written(request.toMs) }
  inOrder(request.fromMs, request.toMs)
  const pageSize = wholeNumberIn('a page size', request.pageSize ?? PAGE_SIZE, 1, MAX_PAGE_SIZE)
  const ask = async (pageNumber: number | undefined): Promise<CostsHistoryPage> => {
    const call: Call = callTo(ROUTES.costsHistory, { path, query: { pageSize, pageNumber, type: request.type } })
    return decodeCostsHistory(await rest.read(call, options))
  }
  return { [Symbol.asyncIterator]: () => pages(ask) }
}

/** The reference does not say whether pages count from 0 or from 1: the first is asked for without a number, and says its own. */
async function* pages(
  ask: (pageNumber: number | undefined) => Promise<CostsHistoryPage>,
): AsyncGenerator<CostsHistoryEntry> {
  const seen = new Set<string>()
  let page = await ask(undefined)
  const first = page.pageNumber
  for (let next = first + 1; ; next += 1) {
    const fresh = page.entries.filter(entry => !seen.has(keyOf(entry)))
    // Within one page nothing is a repeat.
    for (const entry of fresh) seen.add(keyOf(entry))
    yield* fresh
    if (next - first >= page.totalPages) return
    page = await ask(next)
    if (page.pageNumber !== next || (page.entries.length === 0 && next - first < page.totalPages)) throw stuck(next)
  }
}

function keyOf(entry: CostsHistoryEntry): string {
  return JSON.stringify([entry.quoteReference, entry.type, entry.createdAt, entry.direction])
}

/** `yyyy-MM-dd'T'HH:mm:ss.SSSXXX`, whose zone is `Z` for UTC. Source: IG Labs, as the interface `Costs`. */
function written(atMs: number): string {
  return new Date(instantMs('a time', atMs)).toISOString()
}

function stuck(pageNumber: number): ProtocolError {
  const { method, path } = ROUTES.costsHistory
  const text = `expected page ${pageNumber} of ${path}, but got another one, or nothing; ask once more from the start`
  return new ProtocolError('paging-stuck', text, { request: { method, path } })
}
