import { InvalidInputError } from '../errors.ts'
import { decodeSentiment, decodeSentiments } from '../json/decode-sentiment.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Sentiment } from '../sentiment.ts'
import { chunksOf, pathPart } from './input-guard.ts'

// See the interface `Markets` for what these do.

/** Our choice: IG limits the list (`invalid.input.too.many.markets`) without publishing at how many. */
const MARKETS_A_CALL = 50

export async function sentimentOf(rest: Rest, marketId: string, options?: ReadOptions): Promise<Sentiment> {
  const path = { marketId: checkedMarketId(marketId) }
  return decodeSentiment(await rest.read(callTo(ROUTES.sentiment, { path }), options))
}

export async function sentimentsOf(
  rest: Rest,
  marketIds: readonly string[],
  options?: ReadOptions,
): Promise<readonly Sentiment[]> {
  if (marketIds.length === 0) {
    throw new InvalidInputError('expected at least one market id, but got none; name the markets')
  }
  const wanted = [...new Set(marketIds.map(checkedMarketId))]
  const found: Sentiment[] = []
  for (const chunk of chunksOf(wanted, MARKETS_A_CALL)) {
    const call = callTo(ROUTES.sentiments, { query: { marketIds: chunk.join(',') } })
    found.push(...decodeSentiments(await rest.read(call, options)))
  }
  return found
}

export async function relatedSentimentsOf(
  rest: Rest,
  marketId: string,
  options?: ReadOptions,
): Promise<readonly Sentiment[]> {
  const path = { marketId: checkedMarketId(marketId) }
  return decodeSentiments(await rest.read(callTo(ROUTES.relatedSentiments, { path }), options))
}

/** A comma would make two of it. */
function checkedMarketId(marketId: string): string {
  const advice = 'take instrument.marketId of the market'
  const text = pathPart('a market id', marketId, advice)
  if (!text.includes(',')) return text
  throw new InvalidInputError(`expected one market id, but got ${JSON.stringify(text.slice(0, 60))}; ${advice}`)
}
