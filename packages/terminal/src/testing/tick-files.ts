import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Writes a file into a folder of its own. @returns its path */
export function writeTickFile(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tape-')), name)
  writeFileSync(path, content)
  return path
}

/** 7:30 in fixed UTC-5: half past twelve UTC. */
const START_MS = 7.5 * 3_600_000

/** Lines of Lean's tick files (`milliseconds,bid,ask`), 50 ms apart. */
export function leanLines(quotes: readonly (readonly [bid: string, offer: string])[]): string {
  return quotes.map(([bid, offer], index) => `${START_MS + index * 50},${bid},${offer}\n`).join('')
}
