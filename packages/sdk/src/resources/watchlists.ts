import { type Epic, epic } from '../ids.ts'
import { decodeCreatedWatchlist, decodeWatchlistMarkets, decodeWatchlists } from '../json/decode-watchlist.ts'
import { type Call, callTo } from '../rest/call.ts'
import type { CallOptions, ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { CreatedWatchlist, NewWatchlist, Watchlist, WatchlistMarket } from '../watchlist.ts'
import { filledText, pathPart } from './input-guard.ts'
import { expectSuccess } from './success.ts'

/**
 * Lists of markets, the user's own and IG's.
 *
 * @throws every method: {@link InvalidInputError} for an id or a name that can be none, before anything is sent;
 * {@link RefusedError}, {@link AllowanceError}, {@link TransportError}, {@link ProtocolError}, {@link SignInError},
 * {@link DecodeError}.
 */
export interface Watchlists {
  /** All lists of the login. Source: IG Labs, REST API reference, "Watchlists", GET /watchlists. */
  list(options?: ReadOptions): Promise<readonly Watchlist[]>
  /** The markets on one. Source: IG Labs, REST API reference, "Watchlists", GET /watchlists/{watchlistId}. */
  markets(id: string, options?: ReadOptions): Promise<readonly WatchlistMarket[]>
  /** IG refuses a name that is in use. Source: IG Labs, REST API reference, "Watchlists", POST /watchlists. */
  create(watchlist: NewWatchlist, options?: CallOptions): Promise<CreatedWatchlist>
  /** Puts a market on a list. Source: IG Labs, REST API reference, "Watchlists", PUT /watchlists/{watchlistId}. */
  add(id: string, epic: Epic, options?: CallOptions): Promise<void>
  /**
   * Takes a market off a list.
   * Source: IG Labs, REST API reference, "Watchlists", DELETE /watchlists/{watchlistId}/{epic}.
   */
  remove(id: string, epic: Epic, options?: CallOptions): Promise<void>
  /** The whole list. Source: IG Labs, REST API reference, "Watchlists", DELETE /watchlists/{watchlistId}. */
  delete(id: string, options?: CallOptions): Promise<void>
}

export function watchlistsOver(rest: Rest): Watchlists {
  async function change(call: Call, options: CallOptions | undefined): Promise<void> {
    expectSuccess(await rest.write(call, options), call)
  }
  return {
    list: async options => decodeWatchlists(await rest.read(callTo(ROUTES.watchlists), options)),
    async markets(id, options) {
      return decodeWatchlistMarkets(await rest.read(callTo(ROUTES.watchlist, { path: ofList(id) }), options))
    },
    async create({ name, epics = [] }, options) {
      filledText('a name for the watchlist', name, 'name it')
      const body = JSON.stringify({ name, epics: epics.map(epic) })
      return decodeCreatedWatchlist(await rest.write(callTo(ROUTES.createWatchlist, { body }), options))
    },
    async add(id, added, options) {
      const body = JSON.stringify({ epic: epic(added) })
      await change(callTo(ROUTES.addToWatchlist, { path: ofList(id), body }), options)
    },
    async remove(id, removed, options) {
      // Without an epic this would be the path that deletes the whole list.
      await change(callTo(ROUTES.removeFromWatchlist, { path: { ...ofList(id), epic: epic(removed) } }), options)
    },
    async delete(id, options) {
      await change(callTo(ROUTES.deleteWatchlist, { path: ofList(id) }), options)
    },
  }
}

function ofList(id: string): { readonly watchlistId: string } {
  return { watchlistId: pathPart('the id of a watchlist', id, 'watchlists.list() gives the ids') }
}
