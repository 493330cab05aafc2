import { expect, it } from 'vitest'
import { madeSession } from '../testing/made-session.ts'
import { inBacktest, inReplay, overSockets } from '../testing/parity-runs.ts'

// At the pace at which it happened it is a proof of its own, because that takes as long: `pnpm bot-parity`.

it('brings the same deals, levels, times and results in a backtest and in a replay', async () => {
  const session = madeSession(12)
  const expected = await inBacktest(session)
  expect(expected.booked.length).toBeGreaterThan(30)
  expect(new Set(expected.heard.map(text => text.split(' ')[0]))).toEqual(
    new Set(['opened', 'closed', 'order-placed', 'order-gone', 'denied']),
  )
  expect(await inReplay(session)).toEqual(expected)
}, 120_000)

it.each([
  ['as fast as it goes', 'max', 6],
  ['slower than it could be', 60, 1.5],
] as const)(
  'brings the same over sockets, the tape played %s',
  async (_pace, speed, minutes) => {
    const session = madeSession(minutes)
    expect(await overSockets(session, speed)).toEqual(await inBacktest(session))
  },
  120_000,
)
