import { writeFileSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { textFromScaled } from '../src/screen/scaled-text.ts'
import { startScreen } from '../src/screen/screen.ts'
import { OPEN_VIEW } from '../src/screen/test/sample-view.ts'
import type { ScreenView } from '../src/screen/view.ts'
import { FullScreenDifference } from './frame-floor.ts'

/**
 * One program of the frame bench: for some seconds, 60 times a second, three numbers change and are drawn. Run on a pseudo-terminal by
 * frame.ts. Arguments: the way of drawing, the bundled painter, the file for the result, seconds.
 */
const [way = '', painterFile = '', resultFile = '', seconds = '3'] = process.argv.slice(2)
const UPDATES_PER_SECOND = 60
const WARM_UP_MS = 1500
const MARK = '\x1b]99;measured\x07'

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
      if (measured === null && nowMs - startMs > WARM_UP_MS) begin(nowMs)
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
    case 'screen-chart':
      return screenDrawer(way === 'screen-chart')
    case 'floor-worker':
      return workerDrawer()
    case 'floor':
      return floorDrawer()
    default:
      throw new Error(`expected a way of drawing, but got "${way}"; frame.ts lists them`)
  }
}

function screenDrawer(isChartMoving: boolean): (tick: number) => void {
  const workerUrl = pathToFileURL(painterFile)
  const screen = startScreen({ workerUrl, columns: 120, rows: 40, useColour: true })
  return tick => screen.show(viewAt(tick, isChartMoving))
}

function viewAt(tick: number, isChartMoving: boolean): ScreenView {
  const bid = bidAt(tick)
  const position = OPEN_VIEW.positions[0]!
  return {
    ...OPEN_VIEW,
    quote: {
      ...OPEN_VIEW.quote,
      bid: textFromScaled(bid, 5),
      offer: textFromScaled(bid + 9, 5),
      chart: isChartMoving ? { low: bid + 4, high: bid + 4, last: bid + 4, decimals: 5 } : null,
    },
    positions: [{ ...position, profit: { text: `+${textFromScaled(bid - 108400, 2)} EUR`, tone: 'up' } }],
  }
}

function workerDrawer(): (tick: number) => void {
  const worker = new Worker(new URL('./frame-floor-worker.ts', import.meta.url))
  worker.unref()
  return tick => worker.postMessage({ tick, bid: bidAt(tick) })
}

function floorDrawer(): (tick: number) => void {
  const screen = new FullScreenDifference()
  return tick => writeSync(1, screen.frame(tick, bidAt(tick)))
}

/** A walk that repeats, within a hundred points. */
function bidAt(tick: number): number {
  return 108500 + ((tick * 37) % 101)
}
