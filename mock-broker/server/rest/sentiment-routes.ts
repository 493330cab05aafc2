import type { SentimentJson, SentimentsJson } from '@scalpdesk/wire'
import { markets } from '../../engine/index.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /clientsentiment?marketIds=, version 1 (IG Labs, REST API reference, "Client sentiment"). */
export function listSentiment({ query }: SignedInRequest): Answer {
  const ids = (query.get('marketIds') ?? '').split(',').filter(id => id !== '')
  if (ids.length > MOST_MARKETS) throw new RestRefusal(400, 'invalid.input.too.many.markets')
  const answer: SentimentsJson = { clientSentiments: (ids.length === 0 ? knownIds : ids).map(sentimentOf) }
  return ok(answer)
}

/** GET /clientsentiment/{marketId}, version 1. */
export function readSentiment({ parameters }: SignedInRequest): Answer {
  return ok(sentimentOf(parameters[0] ?? ''))
}

/** GET /clientsentiment/related/{marketId}, version 1: markets of the same category. */
export function listRelatedSentiment({ parameters }: SignedInRequest): Answer {
  const [id] = parameters
  const category = markets.find(({ marketId }) => marketId === id)?.category
  const related = markets.filter(market => market.category === category && market.marketId !== id)
  const ids = [...new Set(related.map(({ marketId }) => marketId))].slice(0, MOST_RELATED)
  const answer: SentimentsJson = { clientSentiments: ids.map(sentimentOf) }
  return ok(answer)
}

/** A market that nobody knows has 0 and 0, as IG answers. The figures of the others stand still. */
function sentimentOf(marketId: string): SentimentJson {
  if (!knownIds.includes(marketId)) return { marketId, longPositionPercentage: 0, shortPositionPercentage: 0 }
  let sum = 0
  for (const letter of marketId) sum = (sum * 31 + letter.charCodeAt(0)) % 1009
  const long = 20 + (sum % 61)
  return { marketId, longPositionPercentage: long, shortPositionPercentage: 100 - long }
}

const knownIds = [...new Set(markets.map(({ marketId }) => marketId))]
/** IG's own limits are not known: our choice. */
const MOST_MARKETS = 50
const MOST_RELATED = 5
