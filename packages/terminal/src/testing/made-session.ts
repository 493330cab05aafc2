import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleTape, tapeWriter } from '@scalpdesk/mock-broker/engine'
import { onTestFinished } from 'vitest'
import { EURUSD, MARKET, START_MS } from './bot-rig.ts'

/** A recorded session that the seed made. @returns its file, which goes with the test */
export function madeSession(minutes: number, seed = 11): string {
  return sessionFile([...sampleTape({ markets: MARKET, seed, startMs: START_MS, minutes })].join(''))
}

/** One of these prices, a second after the other. */
export function sessionOf(bidUnits: readonly number[]): string {
  const writer = tapeWriter({ startMs: START_MS, markets: MARKET })
  const lines = bidUnits.map((bid, index) =>
    writer.line({ kind: 'tick', epic: EURUSD, atMs: START_MS + index * 1_000, bidUnits: bid, offerUnits: bid + 6 }),
  )
  return sessionFile(writer.header + lines.join(''))
}

function sessionFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'bots-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'session.tape')
  writeFileSync(file, text)
  return file
}
