/**
 * `pnpm bot-parity [--minutes N] [--speed X]`: plays the same strategy on the same ticks in a backtest, and over the mock broker's sockets at the pace
 * at which they happened. Ends with status 1 where a deal, a level, a time or a result is another one. Takes as long as the ticks do.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleTape } from '@scalpdesk/mock-broker/engine'
import { commandFlags, positive } from '@scalpdesk/testkit'
import { MARKET, START_MS } from '../../src/testing/bot-rig.ts'
import { inBacktest, overSockets } from '../../src/testing/parity-runs.ts'

const { minutes, speed } = commandFlags({
  usage: 'pnpm bot-parity [--minutes N] [--speed X]',
  about:
    'Plays a strategy in a backtest and over sockets (3 minutes at 1x); ends with 1 where a deal, a level, a time or a result differs.',
  flags: { minutes: positive(3), speed: positive(1) },
}).flags

const folder = mkdtempSync(join(tmpdir(), 'bot-parity-'))
try {
  const tape = join(folder, 'session.tape')
  writeFileSync(tape, [...sampleTape({ markets: MARKET, seed: 11, startMs: START_MS, minutes })].join(''))
  const expected = await inBacktest(tape)
  const startedMs = performance.now()
  const played = await overSockets(tape, speed)
  const tookS = ((performance.now() - startedMs) / 1000).toFixed(0)
  const found = differences(expected.heard, played.heard, 'heard').concat(
    differences(expected.booked, played.booked, 'booked'),
  )
  console.log(
    `${minutes} minutes of ticks at ${speed}x took ${tookS} s: the strategy heard of ${played.heard.length} things, the broker booked ${played.booked.length} deals`,
  )
  console.log(found.length === 0 ? 'the same as in a backtest' : found.join('\n'))
  process.exitCode = found.length === 0 && played.booked.length > 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

function differences(expected: readonly string[], found: readonly string[], what: string): readonly string[] {
  return Array.from({ length: Math.max(expected.length, found.length) }, (_, at) =>
    expected[at] === found[at]
      ? []
      : [`${what} ${at + 1}: expected ${expected[at] ?? 'nothing'}, but got ${found[at] ?? 'nothing'}`],
  ).flat()
}
