import { InvalidInputError, ProtocolError, RefusedError } from '../errors.ts'
import type { Epic } from '../ids.ts'
import { decodeMarketList, decodeMarketSnapshots } from '../json/decode-market-details.ts'
import type { MarketDetails, MarketSnapshot } from '../market-details.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { chunksOf } from './input-guard.ts'

export interface ListOptions extends ReadOptions {
  /** What an epic that IG does not know does: fails the call, or is not in the answer. `fail` unless told. */
  readonly onUnknown?: 'fail' | 'leave-out'
}

export async function detailsOf(rest: Rest, epics: readonly Epic[], options: ListOptions = {}) {
  return collect<MarketDetails>(epics, options, async chunk => {
    const call = callTo(ROUTES.markets, { query: { epics: chunk.join(',') } })
    return decodeMarketList(await rest.read(call, options))
  })
}

export async function snapshotsOf(rest: Rest, epics: readonly Epic[], options: ListOptions = {}) {
  return collect<MarketSnapshot>(epics, options, async chunk => {
    const call = callTo(ROUTES.markets, { query: { epics: chunk.join(','), filter: 'SNAPSHOT_ONLY' } })
    return decodeMarketSnapshots(await rest.read(call, options))
  })
}

/** IG Labs, REST API reference, "Markets", GET /markets?epics=. */
const EPICS_A_CALL = 50
const UNKNOWN_EPIC = 'error.public-api.epic-not-found'

type Ask<T> = (epics: readonly Epic[]) => Promise<ReadonlyMap<Epic, T>>

async function collect<T>(
  epics: readonly Epic[],
  { onUnknown = 'fail' }: ListOptions,
  ask: Ask<T>,
): Promise<ReadonlyMap<Epic, T>> {
  if (onUnknown !== 'fail' && onUnknown !== 'leave-out') {
    throw new InvalidInputError(`expected fail or leave-out, but got ${String(onUnknown)}; correct onUnknown`)
  }
  const found = new Map<Epic, T>()
  for (const chunk of chunksOf(epics, EPICS_A_CALL)) {
    const markets = onUnknown === 'fail' ? await ask(chunk) : await known(chunk, ask)
    for (const wanted of chunk) {
      const market = markets.get(wanted)
      if (market !== undefined) found.set(wanted, market)
      else if (onUnknown === 'fail') throw missing(wanted)
    }
  }
  return found
}

/** The chunk without the epics that IG does not know; found by halving, because one of them fails a whole call. */
async function known<T>(chunk: readonly Epic[], ask: Ask<T>): Promise<ReadonlyMap<Epic, T>> {
  return (await askUnlessUnknown(chunk, ask)) ?? halves(chunk, ask)
}

/** `chunk` has at least one unknown epic in it: that is known, and not asked again. */
async function halves<T>(chunk: readonly Epic[], ask: Ask<T>): Promise<ReadonlyMap<Epic, T>> {
  if (chunk.length <= 1) return new Map()
  const middle = chunk.length >> 1
  const [left, right] = [chunk.slice(0, middle), chunk.slice(middle)]
  const found = await askUnlessUnknown(left, ask)
  // A good left half says that the unknown one is in the right.
  if (found !== null) return new Map([...found, ...(await halves(right, ask))])
  return new Map([...(await halves(left, ask)), ...(await known(right, ask))])
}

async function askUnlessUnknown<T>(chunk: readonly Epic[], ask: Ask<T>): Promise<ReadonlyMap<Epic, T> | null> {
  try {
    return await ask(chunk)
  } catch (error) {
    if (error instanceof RefusedError && error.code === UNKNOWN_EPIC) return null
    throw error
  }
}

function missing(wanted: Epic): ProtocolError {
  return new ProtocolError(
    'market-missing',
    `expected ${wanted} among the markets of the answer, but it is not there; look it up with markets.search()`,
    { request: { method: ROUTES.markets.method, path: ROUTES.markets.path } },
  )
}
