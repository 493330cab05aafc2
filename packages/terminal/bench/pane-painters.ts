import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type CellGrid, cellGrid } from '../src/screen/cell-grid.ts'
import { ChartPainter } from '../src/screen/chart-painter.ts'
import { forgetShown, writeDifference } from '../src/screen/grid-difference.ts'
import { LadderPainter } from '../src/screen/ladder-painter.ts'
import type { Box } from '../src/screen/line.ts'
import { textFromScaled } from '../src/screen/scaled-text.ts'
import { TapePainter } from '../src/screen/tape-painter.ts'
import type { PanePainter } from '../src/screen/test/painted-pane.ts'
import { LONG_POSITION, OPEN_VIEW } from '../src/screen/test/sample-view.ts'
import type { ScreenView, TickView, TimeFrame } from '../src/screen/view.ts'
import { spread } from './statistics.ts'

/**
 * What the chart, the ladder and the tape cost for each update at 60 a second, while a tape plays: time, cells that change and bytes on the
 * terminal, beside the same pane drawn from nothing with each update. The fastest tape of ../shared/ticks at 5x, or a made-up one where it
 * is not there. `pnpm exec node packages/terminal/bench/pane-painters.ts [rounds] [seconds]`
 */
const [rounds = '5', seconds = '60'] = process.argv.slice(2)
const TAPE = new URL('../../../../shared/ticks/binance-usdm-btcusdt-20240808.jsonl.gz', import.meta.url)
const [SPEED, UPDATES_PER_SECOND, TICKS_SHOWN] = [5, 60, 20]
const EPIC = OPEN_VIEW.market.epic
const POSITION = { ...LONG_POSITION, level: '61700.0', stop: '61650.0', limit: '61800.0' }

interface Quote {
  readonly atMs: number
  /** Tenths. */
  readonly bid: number
  readonly offer: number
}

const PANES: Readonly<Record<string, { box: Box; timeFrame: TimeFrame; painter(): PanePainter }>> = {
  'chart, ticks': { box: place(120, 24), timeFrame: 'ticks', painter: () => new ChartPainter(true) },
  'chart, 5 s': { box: place(120, 24), timeFrame: '5s', painter: () => new ChartPainter(true) },
  ladder: { box: place(36, 30), timeFrame: 'ticks', painter: () => new LadderPainter(true) },
  tape: { box: place(30, 30), timeFrame: 'ticks', painter: () => new TapePainter(true) },
}

interface Sample {
  readonly nsPerUpdate: number
  readonly cellsPerUpdate: number
  readonly bytesPerUpdate: number
}

const views = viewsOf(existsSync(TAPE) ? recorded() : madeUp())
process.stdout.write(
  `${existsSync(TAPE) ? 'BTCUSDT of 2024-08-08' : 'a made-up tape (../shared/ticks is absent)'} at ${SPEED}x, ${views.length} updates, ${rounds} rounds, node ${process.version}; median (min-max)\n`,
)
row('', 'ns/update', 'from nothing', 'ratio', 'cells', 'from nothing', 'bytes')
for (const [name, pane] of Object.entries(PANES)) {
  const samples = Array.from({ length: Number(rounds) }, () => ({ part: run(pane, false), whole: run(pane, true) }))
  row(
    name,
    spread(
      samples.map(({ part }) => part.nsPerUpdate),
      0,
    ),
    spread(
      samples.map(({ whole }) => whole.nsPerUpdate),
      0,
    ),
    spread(samples.map(({ part, whole }) => part.nsPerUpdate / whole.nsPerUpdate)),
    spread(
      samples.map(({ part }) => part.cellsPerUpdate),
      1,
    ),
    spread(
      samples.map(({ whole }) => whole.cellsPerUpdate),
      0,
    ),
    spread(
      samples.map(({ part }) => part.bytesPerUpdate),
      0,
    ),
  )
}

/** @param isWhole draws the pane from nothing with each update, into a grid that shows nothing of it */
function run(pane: (typeof PANES)[string], isWhole: boolean): Sample {
  const painter = pane.painter()
  const next = cellGrid(pane.box.width, pane.box.height)
  const shown = cellGrid(pane.box.width, pane.box.height)
  forgetShown(shown, next)
  let [ns, cells, bytes] = [0n, 0, 0]
  for (const [at, view] of views.entries()) {
    const framed = { ...view, appearance: { ...view.appearance, timeFrame: pane.timeFrame } }
    const before = process.hrtime.bigint()
    painter.record(framed, (at * 1000) / UPDATES_PER_SECOND)
    if (isWhole) {
      painter.forget()
      blank(next)
    }
    painter.paint(next, pane.box, framed)
    ns += process.hrtime.bigint() - before
    cells += isWhole ? next.glyphs.length : changedCells(shown, next)
    bytes += Buffer.byteLength(writeDifference(shown, next))
  }
  const count = views.length
  return { nsPerUpdate: Number(ns) / count, cellsPerUpdate: cells / count, bytesPerUpdate: bytes / count }
}

function blank(grid: CellGrid): void {
  grid.glyphs.fill(' ')
  grid.styles.fill(0)
}

function changedCells(shown: CellGrid, next: CellGrid): number {
  let count = 0
  for (let at = 0; at < next.glyphs.length; at += 1)
    if (next.glyphs[at] !== shown.glyphs[at] || next.styles[at] !== shown.styles[at]) count += 1
  return count
}

/** What the session would send: the quotes of each sixtieth of a second as one view. */
function viewsOf(quotes: readonly Quote[]): readonly ScreenView[] {
  const startMs = quotes[0]?.atMs ?? 0
  const count = Number(seconds) * UPDATES_PER_SECOND
  const made: ScreenView[] = []
  let at = 0
  let last = quotes[0]
  for (let update = 1; update <= count && last; update += 1) {
    const untilMs = startMs + (update * 1000 * SPEED) / UPDATES_PER_SECOND
    const since: Quote[] = []
    for (let quote = quotes[at]; quote && quote.atMs < untilMs; quote = quotes[at]) {
      since.push(quote)
      at += 1
    }
    last = since.at(-1) ?? last
    made.push(viewOf(last, since))
  }
  return made
}

function viewOf(last: Quote, since: readonly Quote[]): ScreenView {
  const mids = since.map(({ bid, offer }) => (bid + offer) * 5)
  const [bid, offer] = [textFromScaled(last.bid, 1), textFromScaled(last.offer, 1)]
  const feed = {
    epic: EPIC,
    first: mids[0] ?? 0,
    low: Math.min(...mids),
    high: Math.max(...mids),
    last: mids.at(-1) ?? 0,
    decimals: 2,
    ticks: since.slice(-TICKS_SHOWN).map(tickOf),
  }
  return {
    ...OPEN_VIEW,
    positions: [POSITION],
    quote: { ...OPEN_VIEW.quote, bid, offer, spread: textFromScaled(last.offer - last.bid, 1), high: null, low: null },
    feeds: mids.length === 0 ? [] : [feed],
  }
}

function tickOf({ atMs, bid, offer }: Quote): TickView {
  const time = new Date(atMs).toISOString().slice(11, 19)
  return { time, bid: textFromScaled(bid, 1), offer: textFromScaled(offer, 1), move: 'up' }
}

/** Binance's book ticker as it was recorded: `epoch-ns {"data":{"b":"61,…","a":…}}`. */
function recorded(): readonly Quote[] {
  return gunzipSync(readFileSync(TAPE))
    .toString()
    .split('\n')
    .flatMap(line => {
      const [, ns, bid, offer] = /^(\d+) .*"b":"(\d+\.\d)\d*".*"a":"(\d+\.\d)\d*"/.exec(line) ?? []
      if (ns === undefined || bid === undefined || offer === undefined) return []
      return [
        { atMs: Number(ns.slice(0, -6)), bid: Number(bid.replace('.', '')), offer: Number(offer.replace('.', '')) },
      ]
    })
}

/** 200 ticks a second in a walk that repeats. */
function madeUp(): readonly Quote[] {
  return Array.from({ length: Number(seconds) * SPEED * 200 }, (_, at) => {
    const bid = 617_000 + Math.round(300 * Math.sin(at / 2000)) + ((at * 37) % 23)
    return { atMs: at * 5, bid, offer: bid + 1 }
  })
}

function place(width: number, height: number): Box {
  return { x: 0, y: 0, width, height }
}

function row(name: string, ...figures: readonly string[]): void {
  process.stdout.write(`${name.padEnd(14)}${figures.map(figure => figure.padStart(22)).join('')}\n`)
}
