import type { DealtMarket } from '../dealt-market.ts'
import type { Epic } from '../ids.ts'
import { instrumentType, MARKET_STATES, minutes, scalingFactor } from './decode-market-words.ts'
import type { JsonNode } from './json-node.ts'

/** Whatever is missing or strange costs only itself, also the whole of it: a deal is listed as long as it is known. */
export function decodeDealtMarket(node: JsonNode, epic: Epic): DealtMarket {
  const market = node.orEmpty()
  const decimal = (name: string): DealtMarket['bid'] => market.get(name).orNull(value => value.decimal())
  return {
    epic,
    marketName: market.get('instrumentName').orNull(name => name.text()) ?? epic,
    pointsPerUnit: market.get('scalingFactor').orNull(scalingFactor),
    expiry: market.get('expiry').orNull(expiry => expiry.text()),
    instrumentType: market.get('instrumentType').orNull(instrumentType),
    marketState: market.get('marketStatus').orNull(state => state.word(MARKET_STATES)),
    bid: decimal('bid'),
    offer: decimal('offer'),
    high: decimal('high'),
    low: decimal('low'),
    netChange: decimal('netChange'),
    percentageChange: decimal('percentageChange'),
    priceTimeUtc: market.get('updateTimeUTC').orNull(time => time.text()),
    delayMinutes: market.get('delayTime').orNull(minutes),
    isStreamable: market.get('streamingPricesAvailable').orNull(flag => flag.flag()),
    lotSize: decimal('lotSize'),
  }
}
