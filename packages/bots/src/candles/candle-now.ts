import type { Candle } from '../strategy/candle.ts'
import type { PastBar } from './past-bar.ts'

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
  isWhole = true

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

  begin(startMs: number, units: number, isWhole: boolean): void {
    this.startMs = startMs
    this.isWhole = isWhole
    this.openUnits = units
    this.highUnits = units
    this.lowUnits = units
    this.closeUnits = units
    this.ticks = 1
  }

  /** As the broker's history tells it, or its first part. */
  beginPast(startMs: number, { openUnits, highUnits, lowUnits, closeUnits, ticks }: PastBar, isWhole: boolean): void {
    this.startMs = startMs
    this.isWhole = isWhole
    this.openUnits = openUnits
    this.highUnits = highUnits
    this.lowUnits = lowUnits
    this.closeUnits = closeUnits
    this.ticks = ticks
  }

  addPast({ highUnits, lowUnits, closeUnits, ticks }: PastBar): void {
    if (highUnits > this.highUnits) this.highUnits = highUnits
    if (lowUnits < this.lowUnits) this.lowUnits = lowUnits
    this.closeUnits = closeUnits
    this.ticks += ticks
  }

  add(units: number): void {
    if (units > this.highUnits) this.highUnits = units
    if (units < this.lowUnits) this.lowUnits = units
    this.closeUnits = units
    this.ticks++
  }
}
