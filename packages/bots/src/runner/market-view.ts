import type { Market } from '@scalpdesk/sdk'
import type { MarketView } from '../strategy/view.ts'

/** A market of the broker as strategies see it. A least distance in percent is none in points: 0. */
export function marketViewOf(market: Market): MarketView {
  const { epic, name, decimals, pointsPerUnit, minSize, minStopDistance, currency } = market
  return {
    epic,
    name,
    decimals,
    unitsPerPoint: 10 ** decimals / pointsPerUnit,
    minSize: minSize.toNumber(),
    minStopPoints: minStopDistance.unit === 'POINTS' ? minStopDistance.value.toNumber() : 0,
    currency,
  }
}
