import type { Candle } from '../strategy/candle.ts'

/** A candle in units of its market, where a half is possible. Changed in place while it forms. */
export class CandleNow implements Candle {
  readonly lengthMs: number
  readonly #scale: number
  startMs = 0
  openUnits = 0
  highUnits = 0
  lowUnits = 0
  closeUnits = 0
  ticks = 0

  constructor(lengthMs: number, scale: number) {
    this.lengthMs = lengthMs
    this.#scale = scale
  }

  get open(): number {
    return this.openUnits / this.#scale
  }

  get high(): number {
    return this.highUnits / this.#scale
  }

  get low(): number {
    return this.lowUnits / this.#scale
  }

  get close(): number {
    return this.closeUnits / this.#scale
  }

  begin(startMs: number, units: number): void {
    this.startMs = startMs
    this.openUnits = units
    this.highUnits = units
    this.lowUnits = units
    this.closeUnits = units
    this.ticks = 1
  }

  add(units: number): void {
    if (units > this.highUnits) this.highUnits = units
    if (units < this.lowUnits) this.lowUnits = units
    this.closeUnits = units
    this.ticks++
  }
}
