import { type Desk, type DeskClock, type DeskSetup, rehearse } from '@scalpdesk/desk'
import { chainedLine, GENESIS, RECORD_VERSION } from '@scalpdesk/desk/journal'
import { profileTable } from '../keys/key-table.ts'
import { sha256 } from './journal-digest.ts'
import { keyDesk } from './key-desk.ts'

/** Enough for the engine to compile the path of a key (measured: the first orders took three times as long without). */
const ROUNDS = 1_500

/** Warms the path from a key's bytes to an order, on parts that are thrown away: nothing is sent, nothing is written. */
export function rehearseKeys(setup: DeskSetup): void {
  const stamp = { version: RECORD_VERSION, wallMs: 0 }
  rehearse(setup, ROUNDS, record => void chainedLine(record, GENESIS, stamp, sha256))
  const targets = { act() {}, type() {}, notice() {}, keyboardKnown() {}, focus() {} }
  const table = profileTable('scalper')
  const type = keyDesk(
    { ...targets, context: () => 'trading' },
    { table: () => table, isMultiplexed: false, at: () => ({ cancel() {} }) },
  )
  const reads = [
    '\x1b[?31u',
    '\x1b[98u\x1b[98;1:3u',
    '\x1b[32u\x1b[32;1:3u',
    '\x1b[57448;5u\x1b[57448;5:3u',
    'b',
    ' ',
  ].map(text => Buffer.from(text))
  for (let round = 0; round < ROUNDS; round++) for (const read of reads) type(read, round * 1_000)
}

/**
 * Our choice, as measured: half of what a pause costs a press comes back within 10 ms, nearly all of it within 50. Rehearsing so often
 * takes just below 1 % of a core.
 */
const WARM_MS = 10

/** Rehearses the press of a key again and again, until it is stopped. */
export function keepWarm(desk: Pick<Desk, 'rehearse'>, clock: Pick<DeskClock, 'at' | 'monotonicMs'>): { stop(): void } {
  let next = later()
  function later() {
    return clock.at(clock.monotonicMs() + WARM_MS, () => {
      desk.rehearse()
      next = later()
    })
  }
  return { stop: () => next.cancel() }
}
