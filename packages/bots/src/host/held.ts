import type { Decimal } from '@scalpdesk/sdk'
import type { PositionView, WorkingOrderView } from '../strategy/view.ts'
import type { TickNow } from './tick-now.ts'

/** A position as it is told to a host. */
export type Held = Omit<PositionView, 'epic' | 'level' | 'profitPoints'>

export type Resting = Omit<WorkingOrderView, 'epic' | 'level'>

/** What is told of a market when anything of it changed. */
export interface Holdings {
  readonly positions: readonly Held[]
  readonly orders: readonly Resting[]
  readonly isBusy: boolean
}

/** A position that knows the price of now. */
export class PositionNow implements PositionView {
  readonly dealId: string
  readonly direction: 'BUY' | 'SELL'
  readonly size: Decimal
  readonly levelUnits: number
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  readonly isTrailing: boolean
  readonly isGuaranteed: boolean
  readonly openedAtMs: number
  readonly epic: string
  readonly level: number
  readonly #tick: TickNow
  readonly #unitsPerPoint: number

  constructor(held: Held, tick: TickNow, decimals: number, unitsPerPoint: number) {
    this.dealId = held.dealId
    this.direction = held.direction
    this.size = held.size
    this.levelUnits = held.levelUnits
    this.stopUnits = held.stopUnits
    this.limitUnits = held.limitUnits
    this.isTrailing = held.isTrailing
    this.isGuaranteed = held.isGuaranteed
    this.openedAtMs = held.openedAtMs
    this.epic = tick.epic
    this.level = held.levelUnits / 10 ** decimals
    this.#tick = tick
    this.#unitsPerPoint = unitsPerPoint
  }

  get profitPoints(): number {
    const { bidUnits, offerUnits } = this.#tick
    const units = this.direction === 'BUY' ? bidUnits - this.levelUnits : this.levelUnits - offerUnits
    return units / this.#unitsPerPoint
  }
}
