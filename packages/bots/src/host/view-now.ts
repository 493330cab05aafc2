import type { CandleSeries } from '../strategy/candle.ts'
import type { ParameterSchema, ParameterValues } from '../strategy/parameter.ts'
import { StrategyError } from '../strategy/strategy-error.ts'
import type {
  MarketSight,
  MarketView,
  PositionView,
  ProfitView,
  TickView,
  View,
  WorkingOrderView,
} from '../strategy/view.ts'
import type { SightNow } from './sight-now.ts'

/** What stays the same in a run. */
export interface ViewParts {
  readonly sights: ReadonlyMap<string, SightNow>
  readonly parameters: ParameterValues<ParameterSchema>
  readonly random: { next(): number }
  readonly profit: ProfitView
}

/** The one view of a run. */
export class ViewNow implements View {
  sight: SightNow
  state: unknown
  readonly parameters: ParameterValues<ParameterSchema>
  readonly random: { next(): number }
  readonly profit: ProfitView
  readonly #sights: ReadonlyMap<string, SightNow>

  constructor({ sights, parameters, random, profit }: ViewParts, first: SightNow, state: unknown) {
    this.sight = first
    this.state = state
    this.parameters = parameters
    this.random = random
    this.profit = profit
    this.#sights = sights
  }

  get tick(): TickView {
    return this.sight.now
  }

  get market(): MarketView {
    return this.sight.market
  }

  get nowMs(): number {
    return this.sight.now.atMs
  }

  get positions(): readonly PositionView[] {
    return this.sight.positions
  }

  get position(): PositionView | null {
    return this.sight.position
  }

  get orders(): readonly WorkingOrderView[] {
    return this.sight.orders
  }

  get isBusy(): boolean {
    return this.sight.isBusy
  }

  get indicators(): unknown {
    return this.sight.indicators
  }

  // Bound: a strategy takes them out of the view as it takes figures.
  readonly candles = (length: string): CandleSeries => this.sight.seriesOf(length)

  readonly in = (epic: string): MarketSight => {
    const sight = this.#sights.get(epic)
    if (sight) return sightOf(sight)
    throw new StrategyError(
      `expected one of the strategy's markets (${[...this.#sights.keys()].join(', ')}), but got ${JSON.stringify(epic)}; add it to markets`,
    )
  }
}

function sightOf(sight: SightNow): MarketSight {
  const { market, tick, positions, position, orders, isBusy } = sight
  return { market, tick, positions, position, orders, isBusy, candles: length => sight.seriesOf(length) }
}
