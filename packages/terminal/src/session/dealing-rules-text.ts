import type { DistanceRule, MarketDetails } from '@scalpdesk/sdk'
import type { SessionWords } from './session-words.ts'

type Words = SessionWords['picker']['rules']
type Ruled = Pick<MarketDetails, 'minSize' | 'minStopDistance' | 'bid' | 'offer' | 'pointsPerUnit' | 'state'> & {
  readonly instrument: Pick<MarketDetails['instrument'], 'marginFactor'>
}

/** What a trader has to know before the first order in a market, as one line. */
export function rulesText(market: Ruled, words: Words): string {
  const { minSize, minStopDistance, bid, offer, pointsPerUnit, state, instrument } = market
  const spread = bid && offer ? offer.minus(bid).times(pointsPerUnit) : null
  const margin = instrument.marginFactor
  const parts = [
    words.size(minSize.toFixed()),
    words.stop(distanceText(minStopDistance, words)),
    spread && words.spread(spread.toFixed()),
    margin && words.margin(distanceText(margin, words)),
    words.state(typeof state === 'string' ? state : state.other),
  ]
  return parts.filter(part => part !== null).join(' · ')
}

function distanceText({ unit, value }: DistanceRule, words: Words): string {
  if (unit === 'POINTS') return words.points(value.toFixed())
  return unit === 'PERCENTAGE' ? words.percent(value.toFixed()) : `${value.toFixed()} ${unit.other}`
}
