import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** 1,000 changing ticks a second for ten minutes, in the form of Lean's tick files, from 12:00 UTC. */
export function fastTape(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tape-')), 'eurusd-20140508.csv')
  const lines: string[] = []
  for (let index = 0; index < 600_000; index++) {
    const bid = 139_200 + ((index * 7) % 23) + Math.round(30 * Math.sin(index / 5_000))
    lines.push(`${7 * 3_600_000 + index},${price(bid)},${price(bid + 2)}`)
  }
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const price = (units: number): string => `1.${String(units - 100_000).padStart(5, '0')}`
