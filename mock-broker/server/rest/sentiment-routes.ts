import type { SentimentsJson } from '@scalpdesk/wire'
import { markets } from '../../engine/index.ts'
import { knownIds } from '../sentiment.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import type { RestBroker } from './rest-broker.ts'
import type { SignedInRequest } from './rest-request.ts'

/** GET /clientsentiment?marketIds=, version 1 (IG Labs, REST API reference, "Client sentiment"). */
export function listSentiment({ query }: SignedInRequest, { sentiment }: RestBroker): Answer {
  const ids = (query.get('marketIds') ?? '').split(',').filter(id => id !== '')
  if (ids.length > MOST_MARKETS) throw new RestRefusal(400, 'invalid.input.too.many.markets')
  const answer: SentimentsJson = { clientSentiments: (ids.length === 0 ? [...knownIds] : ids).map(sentiment.of) }
  return ok(answer)
}

/** GET /clientsentiment/{marketId}, version 1. */
export function readSentiment({ parameters }: SignedInRequest, { sentiment }: RestBroker): Answer {
  return ok(sentiment.of(parameters[0] ?? ''))
}

/** GET /clientsentiment/related/{marketId}, version 1: markets of the same category. */
export function listRelatedSentiment({ parameters }: SignedInRequest, { sentiment }: RestBroker): Answer {
  const [id] = parameters
  const category = markets.find(({ marketId }) => marketId === id)?.category
  const related = markets.filter(market => market.category === category && market.marketId !== id)
  const ids = [...new Set(related.map(({ marketId }) => marketId))].slice(0, MOST_RELATED)
  const answer: SentimentsJson = { clientSentiments: ids.map(sentiment.of) }
  return ok(answer)
}

/** IG's own limits are not known: our choice. */
const MOST_MARKETS = 50
const MOST_RELATED = 5
