import type { CreatedWatchlist, Watchlist } from '../watchlist.ts'
import { JsonNode } from './json-node.ts'

export { decodeWatchlistMarkets } from './decode-market-summary.ts'

/** GET /watchlists. @throws {DecodeError} */
export function decodeWatchlists(json: unknown): readonly Watchlist[] {
  return new JsonNode(json, '').get('watchlists').list().map(watchlist)
}

/** POST /watchlists. @throws {DecodeError} */
export function decodeCreatedWatchlist(json: unknown): CreatedWatchlist {
  const top = new JsonNode(json, '')
  return {
    id: top.get('watchlistId').text(),
    added: top.get('status').word({ SUCCESS: 'all', SUCCESS_NOT_ALL_INSTRUMENTS_ADDED: 'not-all' } as const),
  }
}

function watchlist(node: JsonNode): Watchlist {
  return {
    id: node.get('id').text(),
    name: node.get('name').text(),
    isEditable: node.get('editable').flag(),
    // IG spells it so.
    isDeletable: node.get('deleteable').flag(),
    isSystemDefault: node.get('defaultSystemWatchlist').flag(),
  }
}
