import type { CellGrid } from './cell-grid.ts'
import { type Box, putLine } from './line.ts'
import type { styleOf } from './looks.ts'
import { tapeForm, tapeLine } from './tape-lines.ts'
import type { PastCandle, ScreenView, TickView, TimeFrame } from './view.ts'

/** Ticks kept of each market: more than the highest terminal has rows; and markets kept (our choice). */
const [TICKS_KEPT, MARKETS_KEPT] = [200, 40]
/** A tape that runs faster than this is a blur, and each run of it moves every row: it is moved on so often (our choice). */
const [MOVED_EVERY_MS, MOVED_CALMLY_EVERY_MS] = [300, 1000]

/** What {@link styleOf} takes. */
type LooksOf = Parameters<typeof styleOf>[1]

interface MarketTape {
  /** The newest last. */
  ticks: readonly TickView[]
  heardMs: number
}

/** Keeps the last ticks of every market and draws those of the chosen one, the newest on top. */
export class TapePainter {
  readonly #looks: LooksOf
  readonly #useColour: boolean
  readonly #markets = new Map<string, MarketTape>()
  #nowMs = 0
  #drawn: {
    readonly epic: string
    readonly box: Box
    readonly ticks: readonly TickView[]
    readonly atMs: number
  } | null = null

  /**
   * @param looks how each meaning looks
   * @param useColour whether colour may go with the move's arrow; else a sign stands in its place
   */
  constructor(looks: LooksOf, useColour: boolean = looks !== false) {
    this.#looks = looks
    this.#useColour = useColour
  }

  /** @param nowMs monotonic time */
  record(view: ScreenView, nowMs: number): void {
    this.#nowMs = nowMs
    for (const { epic, ticks } of view.feeds) if (ticks.length > 0) this.#add(epic, ticks)
  }

  /** Past candles are no ticks. */
  seed(_epic: string, _timeFrame: TimeFrame, _candles: readonly PastCandle[]): void {}

  /** Draws again from nothing: the slot was moved or overwritten. */
  forget(): void {
    this.#drawn = null
  }

  paint(grid: CellGrid, box: Box, view: ScreenView): void {
    const { epic } = view.market
    const ticks = this.#markets.get(epic)?.ticks ?? NO_TICKS
    const drawn = this.#drawn
    if (drawn !== null && drawn.epic === epic && isSameBox(drawn.box, box)) {
      const everyMs = view.appearance.isMotionReduced ? MOVED_CALMLY_EVERY_MS : MOVED_EVERY_MS
      if (drawn.ticks === ticks || this.#nowMs - drawn.atMs < everyMs) return
    }
    const shown = ticks.slice(-box.height).toReversed()
    const form = tapeForm(shown, box.width)
    for (let row = 0; row < box.height; row += 1) {
      const tick = shown[row]
      putLine(grid, box, row, tick ? tapeLine(tick, form, this.#useColour) : [], 'left', this.#looks)
    }
    this.#drawn = { epic, box, ticks, atMs: this.#nowMs }
  }

  #add(epic: string, ticks: readonly TickView[]): void {
    const tape = this.#markets.get(epic)
    if (tape) {
      tape.ticks = [...tape.ticks, ...ticks].slice(-TICKS_KEPT)
      tape.heardMs = this.#nowMs
      return
    }
    if (this.#markets.size >= MARKETS_KEPT) this.#dropLongestUnheard()
    this.#markets.set(epic, { ticks: ticks.slice(-TICKS_KEPT), heardMs: this.#nowMs })
  }

  #dropLongestUnheard(): void {
    let [oldest, sinceMs] = ['', Number.POSITIVE_INFINITY]
    for (const [epic, { heardMs }] of this.#markets) if (heardMs < sinceMs) [oldest, sinceMs] = [epic, heardMs]
    this.#markets.delete(oldest)
  }
}

const NO_TICKS: readonly TickView[] = []

function isSameBox(one: Box, other: Box): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
}
