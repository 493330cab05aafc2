import { writeFileSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { textFromScaled } from '../src/screen/scaled-text.ts'
import { startScreen } from '../src/screen/screen.ts'
import { FULL_VIEW } from '../src/screen/test/full-view.ts'
import { OPEN_VIEW } from '../src/screen/test/sample-view.ts'
import type { ScreenView, TickView } from '../src/screen/view.ts'
import { FullScreenDifference } from './frame-floor.ts'

/**
 * One program of the frame bench: for some seconds, 60 times a second, three numbers change and are drawn, on a screen as large as the
 * pseudo-terminal on which frame.ts runs it; a large screen has all its panes full. Arguments: the way of drawing, the bundled painter, the file for the result, seconds, seconds
 * before them.
 */
const [way = '', painterFile = '', resultFile = '', seconds = '3', warmUpSeconds = '1.5'] = process.argv.slice(2)
const UPDATES_PER_SECOND = 60
const MARK = '\x1b]99;measured\x07'
const FULL_FROM_COLUMNS = 200
const NO_FEEDS: ScreenView['feeds'] = []
const QUIET: ScreenView['appearance'] = { ...OPEN_VIEW.appearance, layout: 'blotter' }
const { columns, rows } = process.stdout

const draw = drawer()
const startMs = performance.now()
let updates = 0
let measured: { cpu: NodeJS.CpuUsage; updates: number; sinceMs: number } | null = null
next()

function next(): void {
  const dueMs = startMs + ((updates + 1) * 1000) / UPDATES_PER_SECOND
  setTimeout(
    () => {
      updates += 1
      draw(updates)
      const nowMs = performance.now()
      if (measured === null && nowMs - startMs > Number(warmUpSeconds) * 1000) begin(nowMs)
      if (measured !== null && nowMs - measured.sinceMs > Number(seconds) * 1000) end(measured)
      else next()
    },
    Math.max(0, dueMs - performance.now()),
  )
}

function begin(nowMs: number): void {
  writeSync(1, MARK)
  measured = { cpu: process.cpuUsage(), updates, sinceMs: nowMs }
}

function end(from: NonNullable<typeof measured>): void {
  const cpu = process.cpuUsage(from.cpu)
  writeSync(1, MARK)
  const count = updates - from.updates
  writeFileSync(resultFile, JSON.stringify({ updates: count, cpuUs: (cpu.user + cpu.system) / count }))
  process.exit(0)
}

function drawer(): (tick: number) => void {
  switch (way) {
    case 'screen':
    case 'screen-moving':
      return screenDrawer(way === 'screen-moving')
    case 'floor-worker':
      return workerDrawer()
    case 'floor':
      return floorDrawer()
    default:
      throw new Error(`expected a way of drawing, but got "${way}"; frame.ts lists them`)
  }
}

function screenDrawer(isMoving: boolean): (tick: number) => void {
  const workerUrl = pathToFileURL(painterFile)
  const screen = startScreen({ workerUrl, columns, rows, useColour: true })
  const base = columns >= FULL_FROM_COLUMNS ? FULL_VIEW : OPEN_VIEW
  return isMoving ? tick => screen.show(movingView(base, tick)) : tick => screen.show(quietView(base, tick))
}

/** Three numbers change, and nothing else is on the screen that would follow them. */
function quietView(base: ScreenView, tick: number): ScreenView {
  return { ...priced(base, bidAt(tick)), feeds: NO_FEEDS, appearance: QUIET }
}

/** Every pane is there, and chart, ladder and tape move with a price that goes as prices go: a point at a time. */
function movingView(base: ScreenView, tick: number): ScreenView {
  const bid = 108500 + Math.abs((tick % 60) - 30)
  const view = priced(base, bid)
  const mid = { first: bid + 4, low: bid + 4, high: bid + 4, last: bid + 4, decimals: 5 }
  const ticks: readonly TickView[] = [
    { time: '12:30:05', bid: view.quote.bid ?? '', offer: view.quote.offer ?? '', move: 'up' },
  ]
  return { ...view, feeds: [{ epic: base.market.epic, ...mid, ticks }] }
}

function priced(base: ScreenView, bid: number): ScreenView {
  const [position, ...others] = base.positions
  const profit = { text: `+${textFromScaled(bid - 108400, 2)} EUR`, tone: 'up' } as const
  return {
    ...base,
    quote: { ...base.quote, bid: textFromScaled(bid, 5), offer: textFromScaled(bid + 9, 5) },
    positions: [{ ...position!, profit }, ...others],
  }
}

function workerDrawer(): (tick: number) => void {
  const worker = new Worker(new URL('./frame-floor-worker.ts', import.meta.url), { workerData: { columns, rows } })
  worker.unref()
  return tick => worker.postMessage({ tick, bid: bidAt(tick) })
}

function floorDrawer(): (tick: number) => void {
  const screen = new FullScreenDifference(columns, rows)
  return tick => writeSync(1, screen.frame(tick, bidAt(tick)))
}

/** A walk that repeats, within a hundred points. */
function bidAt(tick: number): number {
  return 108500 + ((tick * 37) % 101)
}
