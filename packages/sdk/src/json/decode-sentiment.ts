import type { Sentiment } from '../sentiment.ts'
import { JsonNode } from './json-node.ts'

/** GET /clientsentiment?marketIds= and GET /clientsentiment/related/{marketId}. @throws {DecodeError} */
export function decodeSentiments(json: unknown): readonly Sentiment[] {
  return new JsonNode(json, '').get('clientSentiments').list().map(sentiment)
}

/** GET /clientsentiment/{marketId}. @throws {DecodeError} */
export function decodeSentiment(json: unknown): Sentiment {
  return sentiment(new JsonNode(json, ''))
}

function sentiment(node: JsonNode): Sentiment {
  const marketId = node.get('marketId').text()
  const long = node.get('longPositionPercentage').decimalOrNull()
  const short = node.get('shortPositionPercentage').decimalOrNull()
  // IG answers a market that it does not know with 0 and 0, which no market with clients can have.
  if (long === null || short === null || (long.isZero() && short.isZero())) {
    return { marketId, longPercentage: null, shortPercentage: null }
  }
  return { marketId, longPercentage: long, shortPercentage: short }
}
