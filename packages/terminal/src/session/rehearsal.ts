import { type Desk, type DeskClock, type DeskSetup, rehearse } from '@scalpdesk/desk'
import { chainedLine, GENESIS, RECORD_VERSION } from '@scalpdesk/desk/journal'
import { profileTable } from '../keys/key-table.ts'
import { sha256 } from './journal-digest.ts'
import { keyDesk } from './key-desk.ts'

/** Enough for the engine to compile the path of a key (measured: the first orders took three times as long without). */
const ROUNDS = 1_500
/** Rounds between two looks at the clock. */
const BATCH = 5
/** The longest that a key or a frame waits for a slice: our choice, a quarter of a frame of 60 a second. */
const SLICE_MS = 4

/**
 * Warms the path from a key's bytes to an order, on parts that are thrown away: nothing is sent, nothing is written. A slice at a time,
 * with as long a pause after each: the whole takes longer than all else that the first picture waits for.
 */
export function startRehearsal(setup: DeskSetup, clock: RehearsalClock): { stop(): void } {
  const stamp = { version: RECORD_VERSION, wallMs: 0 }
  const press = thrownAwayKeys()
  let round = 0
  let next = later()
  function later() {
    return clock.at(clock.monotonicMs() + SLICE_MS, slice)
  }
  function slice(): void {
    const endMs = clock.monotonicMs() + SLICE_MS
    do {
      rehearse(setup, BATCH, record => void chainedLine(record, GENESIS, stamp, sha256))
      for (let read = 0; read < BATCH * READS.length; read++) press()
      round += BATCH
    } while (round < ROUNDS && clock.monotonicMs() < endMs)
    if (round < ROUNDS) next = later()
  }
  return { stop: () => next.cancel() }
}

/** @returns presses a kind of key, another one each time, on a desk that does nothing */
function thrownAwayKeys(): () => void {
  const targets = { act() {}, type() {}, notice() {}, keyboardKnown() {}, focus() {} }
  const table = profileTable('scalper')
  const type = keyDesk(
    { ...targets, context: () => 'trading' },
    { table: () => table, isMultiplexed: false, at: () => ({ cancel() {} }) },
  )
  let pressed = 0
  return () => {
    const read = READS[pressed % READS.length]
    if (read) type(read, pressed * 1_000)
    pressed += 1
  }
}

const READS = [
  '\x1b[?31u',
  '\x1b[98u\x1b[98;1:3u',
  '\x1b[32u\x1b[32;1:3u',
  '\x1b[57448;5u\x1b[57448;5:3u',
  'b',
  ' ',
].map(text => Buffer.from(text))

/**
 * Our choice, as measured: half of what a pause costs a press comes back within 10 ms, nearly all of it within 50. Rehearsing so often
 * takes just below 1 % of a core.
 */
const WARM_MS = 10

type RehearsalClock = Pick<DeskClock, 'at' | 'monotonicMs'>

/** Rehearses the press of a key again and again, from its bytes on, until it is stopped. */
export function keepWarm(desk: Pick<Desk, 'rehearse'>, clock: RehearsalClock): { stop(): void } {
  const press = thrownAwayKeys()
  let next = later()
  function later() {
    return clock.at(clock.monotonicMs() + WARM_MS, () => {
      press()
      desk.rehearse()
      next = later()
    })
  }
  return { stop: () => next.cancel() }
}
