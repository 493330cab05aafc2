import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { FullScreenDifference } from './frame-floor.ts'

/** The floor in the layout of our screen: told by the desk's thread, drawn on one of its own. */
const { columns, rows }: { columns: number; rows: number } = workerData
const screen = new FullScreenDifference(columns, rows)
parentPort?.on('message', ({ tick, bid }: { tick: number; bid: number }) => {
  writeSync(1, screen.frame(tick, bid))
})
