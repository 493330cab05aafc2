/**
 * The event log of one made-up day, as a fingerprint. It is compared with the stored one, so that the same ticks, orders and
 * seed give the same log on every machine and after every change that does not mean to change it. After one that does:
 *
 * `pnpm exec node mock-broker/testing/golden-day.ts > mock-broker/testing/golden-day.json`
 */
import { createHash } from 'node:crypto'
import type { EngineEvent } from '../engine/index.ts'
import { tradingDay } from './trading-day.ts'

export interface GoldenDay {
  readonly seed: number
  readonly inputs: number
  readonly events: number
  /** Of the events in order, each as one line of JSON. */
  readonly sha256: string
  /** After so many inputs each: where a changed log first differs. */
  readonly waypoints: readonly string[]
}

export function goldenDay(): GoldenDay {
  const day = tradingDay({ seed: SEED, cash: '20000', conditions: CONDITIONS })
  const hash = createHash('sha256')
  const waypoints: string[] = []
  let events = 0
  for (let count = 1; count <= INPUTS; count++) {
    const happened = day.next().events
    for (const event of happened) hash.update(`${lineOf(event)}\n`)
    events += happened.length
    if (count % WAYPOINT_INPUTS === 0) waypoints.push(hash.copy().digest('hex').slice(0, 12))
  }
  return { seed: SEED, inputs: INPUTS, events, sha256: hash.digest('hex'), waypoints }
}

function lineOf(event: EngineEvent): string {
  return JSON.stringify(event)
}

const SEED = 2024
const INPUTS = 20_000
const WAYPOINT_INPUTS = 1000
const CONDITIONS = { seed: 7, requoteChance: 0.05, slippageChance: 0.2, mostSlippagePoints: 3, partialFillChance: 0.1 }

if (import.meta.main) process.stdout.write(`${JSON.stringify(goldenDay(), null, 2)}\n`)
