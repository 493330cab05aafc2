import type { CellGrid } from './cell-grid.ts'
import { chartWords } from './chart-words.ts'
import { type LadderColumns, ladderColumns, ladderLine } from './ladder-lines.ts'
import { isSameStep, LadderPlace } from './ladder-place.ts'
import { type LadderScene, ladderScene } from './ladder-scene.ts'
import { LadderSteps } from './ladder-step.ts'
import { type Box, putLine } from './line.ts'
import { span, type styleOf } from './looks.ts'
import { hasSameOwnLevels, type OwnLevel, ownLevels } from './own-levels.ts'
import type { PastCandle, ScreenView, TimeFrame } from './view.ts'

/** What {@link styleOf} takes. */
type LooksOf = Parameters<typeof styleOf>[1]

/** Marks that jump from row to row more often are a blur; the exact prices of the moment stand above (our choice: 20 a second). */
const PRICES_EVERY_MS = 50

/** What is in the grid. */
interface Drawn {
  readonly view: ScreenView
  readonly atMs: number
  readonly box: Box
  /** Null while there is no price. */
  readonly scene: LadderScene | null
  readonly columns: LadderColumns | null
}

/** Draws the price levels around the price of the chosen market, with what is ours on them. Only rows that changed are painted. */
export class LadderPainter {
  readonly #looks: LooksOf
  readonly #steps = new LadderSteps()
  #place: { readonly epic: string; readonly ladder: LadderPlace } | null = null
  #nowMs = 0
  #own: { readonly view: ScreenView; readonly levels: readonly OwnLevel[] } | null = null
  #drawn: Drawn | null = null

  /** @param looks how each meaning looks */
  constructor(looks: LooksOf) {
    this.#looks = looks
  }

  /** A ladder shows the present: the time is all that it keeps. @param nowMs monotonic time */
  record(_view: ScreenView, nowMs: number): void {
    this.#nowMs = nowMs
  }

  /** The past is not on a ladder. */
  seed(_epic: string, _timeFrame: TimeFrame, _candles: readonly PastCandle[]): void {}

  /** Draws again from nothing: the slot was moved or overwritten. */
  forget(): void {
    this.#drawn = null
  }

  paint(grid: CellGrid, box: Box, view: ScreenView): void {
    const before = this.#drawn !== null && isSameBox(this.#drawn.box, box) ? this.#drawn : null
    if (before !== null && !this.#isDue(before, view)) return
    const words = chartWords(view.appearance.language)
    const scene = this.#scene(box.height, view)
    const columns = scene && ladderColumns(scene, box.width)
    const isPart = before?.scene && scene && columns && isMovedOnly(before, { scene, columns, view })
    for (const row of isPart ? movedRows(before.scene, scene) : Array(box.height).keys()) {
      const line =
        scene && columns ? ladderLine(scene, row, columns, words) : row === 0 ? [span(words.waiting, 'label')] : []
      putLine(grid, box, row, line, 'left', this.#looks)
    }
    this.#drawn = { view, atMs: this.#nowMs, box, scene, columns }
  }

  /** Prices alone wait for their turn; what is ours, and whether prices may be traded on, never does. */
  #isDue({ view: shown, atMs }: Drawn, view: ScreenView): boolean {
    if (this.#place?.ladder.isLate(this.#nowMs)) return true
    if (isSameLadder(shown, view)) return false
    return this.#nowMs - atMs >= PRICES_EVERY_MS || !hasSameBesidesPrices(shown, view)
  }

  #scene(rows: number, view: ScreenView): LadderScene | null {
    const { epic } = view.market
    const step = this.#steps.stepFor(epic, view.quote)
    if (step === null || rows < 1) return null
    if (this.#place?.epic !== epic) this.#place = { epic, ladder: new LadderPlace() }
    const top = this.#place.ladder.topFor(view.quote, step, rows, this.#nowMs)
    if (top === null) return null
    return ladderScene({ quote: view.quote, depth: view.depth, own: this.#ownLevels(view) }, step, rows, top)
  }

  #ownLevels(view: ScreenView): readonly OwnLevel[] {
    if (this.#own === null || !hasSameOwnLevels(this.#own.view, view)) this.#own = { view, levels: ownLevels(view) }
    return this.#own.levels
  }
}

/** Whether a ladder of both views is the same: most views change an age or a figure only. */
function isSameLadder(one: ScreenView, other: ScreenView): boolean {
  return (
    one === other ||
    (one.quote.bid === other.quote.bid &&
      one.quote.offer === other.quote.offer &&
      one.quote.spread === other.quote.spread &&
      one.quote.high === other.quote.high &&
      one.quote.low === other.quote.low &&
      one.depth === other.depth &&
      hasSameBesidesPrices(one, other))
  )
}

function hasSameBesidesPrices(one: ScreenView, other: ScreenView): boolean {
  return (
    one.quote.freshness === other.quote.freshness &&
    one.appearance.language === other.appearance.language &&
    hasSameOwnLevels(one, other)
  )
}

function isSameBox(one: Box, other: Box): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
}

/** Whether only best bid and offer and the ends of the session have moved between two ladders. */
function isMovedOnly(
  drawn: Drawn,
  { scene, columns, view }: { scene: LadderScene; columns: LadderColumns; view: ScreenView },
): boolean {
  const [before, old] = [drawn.scene, drawn.columns]
  return (
    before !== null &&
    old !== null &&
    before.top === scene.top &&
    isSameStep(before.step, scene.step) &&
    drawn.view.depth === view.depth &&
    hasSameBesidesPrices(drawn.view, view) &&
    old.market === columns.market &&
    old.level === columns.level &&
    old.own === columns.own
  )
}

/** The rows on which something stood that moves, or stands now. */
function movedRows(before: LadderScene, scene: LadderScene): ReadonlySet<number> {
  const rows = [before, scene].flatMap(({ bid, offer, high, low }) => [bid?.row, offer?.row, high, low])
  return new Set(rows.filter(row => row != null))
}
