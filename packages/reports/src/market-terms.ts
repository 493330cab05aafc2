import { type Decimal, type Direction, type Epic, epic } from '@scalpdesk/sdk'
import type { DayFacts, MarketFacts } from './day-facts.ts'
import { Exact, plain } from './exact.ts'

/** What is known of the markets. */
export interface MarketBook {
  of(epic: Epic | null): MarketFacts | null
  /** By the name that an account's rows print; null unless exactly one market is called so. */
  epicNamed(name: string): Epic | null
}

/** @param named further names that the rows themselves give to epics */
export function marketBook(facts: DayFacts, named: Iterable<readonly [name: string, of: Epic]> = []): MarketBook {
  const known = new Map(facts.markets.map(market => [market.epic, market]))
  const byName = new Map<string, Epic | null>()
  const call = (name: string, of: Epic): void => {
    const before = byName.get(name)
    byName.set(name, before === undefined || before === of ? of : null)
  }
  for (const { name, epic: of } of facts.markets) if (name !== null) call(name, of)
  for (const [name, of] of named) call(name, of)
  return {
    of: wanted => (wanted === null ? null : (known.get(wanted) ?? null)),
    epicNamed: name => byName.get(name) ?? null,
  }
}

/** Of a level, so many points on the losing side of it; null: nobody says how long a point is. */
export function stopAway(
  level: Decimal | null,
  direction: Direction,
  points: Decimal | null,
  market: MarketFacts | null,
): Decimal | null {
  if (!level || !points || !market?.pointsPerUnit) return null
  const away = new Exact(points).div(market.pointsPerUnit)
  return plain(direction === 'BUY' ? new Exact(level).minus(away) : new Exact(level).plus(away))
}

/** As {@link stopAway}, on the winning side. */
export const limitAway: typeof stopAway = (level, direction, points, market) =>
  stopAway(level, direction === 'BUY' ? 'SELL' : 'BUY', points, market)

export const epicOf = (text: string): Epic => epic(text)
