import type { Decimal, Direction, Market } from '@scalpdesk/sdk'

/** A contract prepared in advance: one key sends it. Distances are in points of the market. */
export interface Preset {
  readonly market: Market
  readonly size: Decimal
  readonly stopPoints: Decimal | null
  readonly limitPoints: Decimal | null
}

/** What the market's dealing rules have against a preset, each as one sentence; empty when it can be armed. */
export function presetProblems(preset: Preset): readonly string[] {
  const { market, size, stopPoints, limitPoints } = preset
  const problems: string[] = []
  if (!size.gt(0) || size.lt(market.minSize))
    problems.push(`expected a size of at least ${market.minSize} for ${market.name}, but got ${size}`)
  for (const [leg, points] of [
    ['stop', stopPoints],
    ['limit', limitPoints],
  ] as const) {
    if (!points) continue
    const least = leastDistancePoints(market)
    if (!points.gt(0) || (least && points.lt(least)))
      problems.push(`expected a ${leg} at least ${least ?? 0} points away for ${market.name}, but got ${points}`)
  }
  if (!market.allowsMarketOrders)
    problems.push(`${market.name} takes no market orders, and a preset sends one; choose another market`)
  return problems
}

/** The nearest normal stop or limit in points; a rule in percent is taken of the present offer. */
function leastDistancePoints(market: Market): Decimal | null {
  const { unit, value } = market.minStopDistance
  if (unit === 'POINTS') return value
  if (unit === 'PERCENTAGE' && market.offer) return value.times(market.offer).div(100).times(market.pointsPerUnit)
  return null
}

export const opposite = (direction: Direction): Direction => (direction === 'BUY' ? 'SELL' : 'BUY')
