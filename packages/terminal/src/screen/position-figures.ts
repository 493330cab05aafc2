import type { Freshness, MoneyView, PositionView, ScreenView } from './view.ts'

/** The place of a figure that changes with a tick: which one, and in which row of the positions. */
export interface FigureSlot {
  readonly figure: 'points' | 'r' | 'profit'
  readonly row: number
}

/** `points:2`, `r:2` and `profit:2` are the figures of the third position. */
export function figureSlot(id: string): FigureSlot {
  const [name = '', row] = id.split(':')
  return { figure: name === 'points' || name === 'r' ? name : 'profit', row: Number(row) }
}

export function figureAt({ figure, row }: FigureSlot, { positions }: Pick<ScreenView, 'positions'>): MoneyView | null {
  return positions[row]?.[figure] ?? null
}

/** Of the price behind the figures of a position, which may be in a market that is not looked at. */
export function freshnessAt(
  { row }: FigureSlot,
  view: Pick<ScreenView, 'positions' | 'markets' | 'market' | 'quote'>,
): Freshness {
  const epic: PositionView['epic'] | undefined = view.positions[row]?.epic
  if (epic === view.market.epic) return view.quote.freshness
  return view.markets.find(market => market.epic === epic)?.freshness ?? 'live'
}

export function isSameFigure(one: MoneyView | null, other: MoneyView | null): boolean {
  return one === other || (one !== null && other !== null && one.text === other.text && one.tone === other.tone)
}
