import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@scalpdesk/testkit'

/** A point of the path that a made-up price keeps to: minutes from the start, points from its first price. */
export type Waypoint = readonly [minutes: number, points: number]

/** Of the pictures in the READMEs: down, up, a little back, up. */
export const PICTURED: readonly Waypoint[] = [
  [0, 8],
  [5, 5],
  [11, -14.5],
  [19, 4],
  [22, 0],
  [29, 11],
  [60, 14],
]

/**
 * A tick file of EUR/USD in the form of Lean's, from 13:00 UTC: a price that wanders along a path, fixed for ever by the seed.
 * @returns the file's path, in a temporary folder of its own.
 */
export function madeUpTape(seed: number, path: readonly Waypoint[]): string {
  const random = seededRandom(seed)
  const lines: string[] = []
  const endMs = (path.at(-1)?.[0] ?? 0) * 60_000
  let [wander, restlessness] = [0, 1]
  for (let atMs = 0; atMs < endMs; atMs += 150 + Math.round(random.next() * 900)) {
    // Busy and quiet stretches follow each other; the wandering is pulled back to the path.
    restlessness = Math.max(0.4, Math.min(2.5, restlessness + (random.next() - 0.5) * 0.3))
    wander = wander * 0.985 + (random.next() - 0.5) * 0.6 * restlessness
    const points = pathAt(path, atMs / 60_000) + wander
    const bid = FIRST_BID + Math.round(points * UNITS_PER_POINT)
    const spread = 4 + Math.floor(random.next() * 4)
    lines.push(`${EIGHT_O_CLOCK_MS + atMs},${price(bid)},${price(bid + spread)}`)
  }
  const file = join(mkdtempSync(join(tmpdir(), 'tape-')), 'eurusd-20260105.csv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** Lean's midnight is that of UTC-5. */
const EIGHT_O_CLOCK_MS = 8 * 3_600_000
const FIRST_BID = 116_842
const UNITS_PER_POINT = 10

/** Eased from one waypoint to the next. */
function pathAt(path: readonly Waypoint[], minutes: number): number {
  const next = path.findIndex(([at]) => at > minutes)
  const [from, to] = [path[next - 1], path[next]]
  if (!from || !to) return path.at(-1)?.[1] ?? 0
  const part = (minutes - from[0]) / (to[0] - from[0])
  return from[1] + ((to[1] - from[1]) * (1 - Math.cos(Math.PI * part))) / 2
}

const price = (units: number): string => `${Math.floor(units / 100_000)}.${String(units % 100_000).padStart(5, '0')}`
